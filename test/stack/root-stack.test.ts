import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readFileSync } from 'node:fs'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

let emulator: Emulator
let stack: Stack

before(async () => {
  emulator = await startEmulator({ config: join('examples', 'manifest', 'emulator.yaml') })
  stack = await Stack.create({
    files: {},
    config: { 'psc:baseUrls': emulator.baseUrls },
    env: {
      PORTAL_SECRET: 'not-a-secret-portal',
      PROTOCOLO_SECRET: 'not-a-secret-protocolo',
      AGENDA_SECRET: 'not-a-secret-agenda',
    },
  })
  stack.write('Pulumi.yaml', readFileSync('Pulumi.yaml', 'utf8'))
  const example = join('examples', 'manifest')
  cpSync(example, join(stack.folder, example), { recursive: true })
})

after(async () => {
  stack.remove()
  await emulator.close()
})

test('the root stack declares every client of the manifest beside its program', async () => {
  const output = await stack.succeed('preview')
  for (const name of ['portal', 'protocolo', 'agenda']) {
    assert.match(output, new RegExp(`PscClient ${name} +create`))
  }
})

test('psc:manifest is relative to the folder of Pulumi.yaml', async () => {
  const example = join(stack.folder, 'examples', 'manifest')
  const manifest = readFileSync(join(example, 'clients.yaml'), 'utf8')
  cpSync(join(example, 'portal.pem'), join(stack.folder, 'producao', 'portal.pem'))
  stack.write(
    'producao/clients.yaml',
    manifest.replace('  portal:\n    psc', '  entrada:\n    psc'),
  )
  await stack.succeed('config', 'set', 'psc:manifest', 'producao/clients.yaml')
  assert.match(await stack.succeed('preview'), /PscClient entrada +create/)
})
