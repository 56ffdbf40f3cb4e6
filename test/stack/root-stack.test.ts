import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { useStack } from '../support/fixture.ts'

const example = join('examples', 'manifest')

const fixture = useStack({
  emulator: join(example, 'emulator.yaml'),
  files: {},
  env: {
    PORTAL_SECRET: 'not-a-secret-portal',
    PROTOCOLO_SECRET: 'not-a-secret-protocolo',
    AGENDA_SECRET: 'not-a-secret-agenda',
  },
  prepare: (stack) => {
    stack.write('Pulumi.yaml', readFileSync('Pulumi.yaml', 'utf8'))
    cpSync(example, join(stack.folder, example), { recursive: true })
  },
})

test('The root stack declares every client of the manifest beside its program', async () => {
  const output = await fixture.stack.succeed('preview')
  for (const name of ['portal', 'protocolo', 'agenda']) {
    assert.match(output, new RegExp(`PscClient ${name} +create`))
  }
})

test('A warning of the manifest begins on the line of its prefix', async () => {
  const folder = join(fixture.stack.folder, example)
  const manifest = readFileSync(join(folder, 'clients.yaml'), 'utf8')
  fixture.stack.write(
    join(example, 'clients.yaml'),
    manifest.replace('name: Portal do Cidadão', 'name: TODO'),
  )
  const output = await fixture.stack.succeed('preview')
  assert.match(output, /warning: client portal\n.*warning: name: .*\[WARN_PSC_PLACEHOLDER\]/)
  fixture.stack.write(join(example, 'clients.yaml'), manifest)
  assert.doesNotMatch(output, /warning:\s*$/m)
})

test('The path in psc:manifest is relative to the folder of Pulumi.yaml', async () => {
  const folder = join(fixture.stack.folder, example)
  const manifest = readFileSync(join(folder, 'clients.yaml'), 'utf8')
  cpSync(join(folder, 'portal.pem'), join(fixture.stack.folder, 'producao', 'portal.pem'))
  fixture.stack.write(
    'producao/clients.yaml',
    manifest.replace('  portal:\n    psc', '  entrada:\n    psc'),
  )
  await fixture.stack.succeed('config', 'set', 'psc:manifest', 'producao/clients.yaml')
  assert.match(await fixture.stack.succeed('preview'), /PscClient entrada +create/)
})
