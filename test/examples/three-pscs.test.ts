import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openExample } from './support.ts'

test('The example declares one application once and keeps it the same at three PSCs', async (t) => {
  const { stack, emulator, close } = await openExample('three-pscs', {
    PORTAL_SERPROID_SECRET: 'not-a-secret-serproid',
    PORTAL_VIDAAS_SECRET: 'not-a-secret-vidaas',
    PORTAL_BIRDID_SECRET: 'not-a-secret-birdid',
  })
  t.after(close)
  await stack.succeed('up', '--yes', '--skip-preview')
  for (const psc of ['serproid', 'vidaas', 'birdid'] as const) {
    const [client, ...others] = emulator.clients(psc)
    assert.deepEqual(others, [])
    assert.equal(client?.name, 'Portal do Cidadão')
    assert.equal(client.redirectUris[0], 'https://portal.exemplo.gov.br/callback')
  }
  await stack.succeed('preview', '--expect-no-changes')
  const [put] = emulator.requests.list({ psc: 'birdid', operation: 'clientToken' })
  assert.equal(put?.headers['content-type'], 'application/json')
})
