import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { Stack } from '../support/stack.ts'

test('The example in YAML is previewed and applied, and finds no change afterwards', async (t) => {
  await ensureLanguageHost('yaml')
  const emulator = await startEmulator({ config: 'examples/yaml/emulator.yaml' })
  t.after(() => emulator.close())
  const example = readFileSync('examples/yaml/Pulumi.yaml', 'utf8')
  const stack = await Stack.create({
    files: { 'Pulumi.yaml': example.replace('../../node_modules', resolve('node_modules')) },
    config: {
      'psc:baseUrls': emulator.baseUrls,
      motorUrl: emulator.url,
    },
    env: { PORTAL_NEOID_SECRET: 'not-a-secret-neoid', MOTOR_RCE_SECRET: 'not-a-secret-motor' },
  })
  t.after(() => {
    stack.remove()
  })
  await stack.succeed('preview')
  await stack.succeed('up', '--yes', '--skip-preview')
  const client = emulator.registered('neoid', '64e587fa-4f30-487d-96f0-44e6b14ff620')
  assert.deepEqual(client?.redirectUris, ['https://portal.exemplo.gov.br/callback'])
  const address = (await stack.succeed('stack', 'output', 'registeredAt')).trim()
  assert.equal(address, emulator.baseUrls.neoid)
  await stack.succeed('preview', '--expect-no-changes')
})
