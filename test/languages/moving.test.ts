import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portal, useStack } from '../support/fixture.ts'
import { client, nodeProgram, plugins } from '../support/plugin-stack.ts'

const dynamicProgram = `import { PscClient } from 'pulumi-psc'

new PscClient('portal', ${JSON.stringify(client().properties)})
`

const fixture = useStack({ files: { 'index.ts': dynamicProgram }, project: { plugins } })

const up = ['up', '--yes', '--skip-preview']

test('One up moves a stack of dynamic resources to the plugin, and writes each client once, as declared', async () => {
  await fixture.stack.succeed(...up)
  const before = fixture.emulator.registered('neoid', portal.clientId)
  fixture.emulator.requests.clear()
  fixture.stack.write('index.ts', nodeProgram)
  fixture.stack.write('program.json', JSON.stringify({ portal: client() }))
  await fixture.stack.succeed(...up)
  assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientMaintenance 200'])
  const after = fixture.emulator.registered('neoid', portal.clientId)
  assert.deepEqual(after, { ...before, revision: 2 })
  const { deployment } = await fixture.stack.state()
  const types = deployment.resources?.map(({ type }) => type).filter((type) => /psc/i.test(type))
  assert.deepEqual(types?.sort(), ['psc:index:Client', 'pulumi:providers:psc'])
})

test('After the move, a preview finds no change and a refresh finds the client', async () => {
  fixture.emulator.requests.clear()
  await fixture.stack.succeed('preview', '--expect-no-changes')
  assert.deepEqual(fixture.requests(), [])
  await fixture.stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
})
