import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExample } from './support.ts'

test('The example registers an application once and maintains it', async (t) => {
  const { stack, emulator, close } = await openExample('registration')
  t.after(close)
  await stack.succeed('up', '--yes')
  const [client, ...others] = emulator.clients('birdid')
  assert.deepEqual(others, [])
  assert.deepEqual(client?.redirectUris, [
    'https://portal.exemplo.gov.br/callback',
    'https://portal.exemplo.gov.br/renovar/callback',
  ])
  assert.equal((await stack.succeed('stack', 'output', 'clientId')).trim(), client.clientId)
  emulator.requests.clear()
  await stack.succeed('up', '--yes', '--expect-no-changes')
  assert.deepEqual(emulator.requests.list(), [])
})
