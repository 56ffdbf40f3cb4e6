import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { manifestOf, portal, registered, useStack } from '../support/fixture.ts'

const clients = Array.from({ length: 20 }, (_, index) => ({
  clientId: `64e587fa-4f30-487d-96f0-${String(index).padStart(12, '0')}`,
  name: `Nome da Aplicação ${index}`,
}))

const program = `import { declareManifest } from 'pulumi-psc/manifest'

const { clients } = declareManifest()
export const endpoints = clients['client-0'].endpoints
export const registered = clients['client-0'].registered
`

const fixture = useStack({
  emulator: {
    pscs: { neoid: { clients: clients.map((client) => ({ ...registered(portal), ...client })) } },
  },
  files: { 'index.ts': program },
  manifest: manifestOf(
    Object.fromEntries(clients.map((client, index) => [`client-${index}`, client])),
  ),
  prepare: (stack) => stack.succeed('up', '--yes', '--skip-preview'),
})

test('The state of a client with two redirect URIs has at most 2,000 bytes', () => {
  const file = join(fixture.stack.folder, 'state', '.pulumi', 'stacks', 'psc', 'test.json')
  const bytes = readFileSync(file).length / clients.length
  assert.ok(bytes <= 2000, `${bytes} bytes`)
})

test('The state of a client names neither the machine nor the run that wrote it', async () => {
  const { resources = [] } = (await fixture.stack.state()).deployment
  const kept = resources.filter(({ type }) => type.endsWith(':PscClient'))
  assert.equal(kept.length, clients.length)
  assert.doesNotMatch(JSON.stringify(kept), /sourcePosition|stackTrace/)
  for (const { inputs, outputs } of kept)
    assert.doesNotMatch(JSON.stringify([inputs, outputs]), /dryRun/)
})

test('A program sees the whole endpoints and the whole echo of a client', async () => {
  const outputs = JSON.parse(await fixture.stack.succeed('stack', 'output', '--json')) as unknown
  const base = fixture.emulator.baseUrls.neoid
  assert.deepEqual(outputs, {
    endpoints: {
      authorize: `${base}/authorize`,
      token: `${base}/token`,
      clientToken: `${base}/client_token`,
      clientMaintenance: `${base}/client_maintenance`,
    },
    registered: {
      ...clients[0],
      comments: portal.comments,
      email: portal.email,
      redirectUris: portal.redirectUris,
    },
  })
})

test('A preview without changes knows every output that the program sees', async () => {
  await fixture.stack.succeed('preview', '--expect-no-changes')
})
