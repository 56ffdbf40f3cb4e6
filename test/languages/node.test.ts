import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portal, useStack } from '../support/fixture.ts'
import { client, nodeProgram, plugins, type Program } from '../support/plugin-stack.ts'

const fixture = useStack({
  files: { 'index.ts': nodeProgram },
  project: { plugins },
  lifetime: 'test',
})

const up = ['up', '--yes', '--skip-preview']

function declare(program: Program): void {
  fixture.emulator.requests.clear()
  fixture.stack.write('program.json', JSON.stringify(program))
}

test('A required verification is one token in the preview and one in the apply', async () => {
  declare({ portal: client({ preflight: 'required' }) })
  await fixture.stack.succeed('preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
  await fixture.stack.succeed(...up)
  assert.deepEqual(fixture.requests().slice(1), ['clientToken 200', 'clientMaintenance 200'])
  await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
})

test('A change whose response was lost stays in the state, and the next up writes it again', async () => {
  const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const
  fixture.emulator.faults.add({ ...lost, operation: 'clientMaintenance' })
  declare({ portal: client({ clientSecret: portal.clientSecret }) })
  const output = await fixture.stack.fail(...up)
  assert.match(output, /psc:index:Client \(portal\):\n\s+error: .*\[ERR_PSC_NOT_SETTLED\]/s)
  const { deployment } = await fixture.stack.state()
  const stored = deployment.resources?.find(({ type }) => type === 'psc:index:Client')
  assert.equal(stored?.outputs?.settled, false)
  assert.ok(!JSON.stringify(deployment).includes(portal.clientSecret))
  fixture.emulator.requests.clear()
  await fixture.stack.succeed(...up)
  assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientMaintenance 200'])
  await fixture.stack.succeed('preview', '--expect-no-changes')
})

test('A secret in the configuration of the project is explained, and one under psc: arrives', async () => {
  declare({ portal: client({ clientSecret: { config: 'portalSecret' } }) })
  const output = await fixture.stack.fail('preview')
  assert.match(
    output,
    /config set --secret 'psc:portalSecret'.*\[ERR_PSC_CONFIGURATION_NAMESPACE\]/,
  )
  assert.deepEqual(fixture.requests(), [])
  await fixture.stack.succeed('config', 'set', '--secret', 'psc:portalSecret', portal.clientSecret)
  declare({ portal: client({ clientSecret: { config: 'psc:portalSecret' } }) })
  await fixture.stack.succeed(...up)
  assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientMaintenance 200'])
  assert.ok(!JSON.stringify(await fixture.stack.state()).includes(portal.clientSecret))
})

test('A wrong setting of the stack ends the preview before a request, and no destroy', async () => {
  declare({ portal: client() })
  await fixture.stack.succeed(...up)
  fixture.emulator.requests.clear()
  await fixture.stack.succeed('config', 'set', 'psc:preflight', 'never')
  assert.match(await fixture.stack.fail('preview'), /psc:preflight.*\[ERR_PSC_CONFIGURATION\]/)
  assert.deepEqual(fixture.requests(), [])
  await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
})

test('Two resources with the same client are refused, and one that is replaced is not', async () => {
  declare({ portal: client(), outro: client({ name: 'Outro' }) })
  assert.match(await fixture.stack.fail('preview'), /\[ERR_PSC_DUPLICATE_CLIENT\]/)
  declare({ portal: client() })
  await fixture.stack.succeed(...up)
  declare({ portal: client({ clientId: 'vizinho', name: 'Nome do Vizinho' }) })
  const output = await fixture.stack.succeed(...up, '--diff')
  assert.match(output, new RegExp(`clientId: "${portal.clientId}" => "vizinho"`))
  assert.match(output, /1 replaced/)
})
