import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

const clients = Array.from({ length: 20 }, (_, index) => ({
  clientId: `64e587fa-4f30-487d-96f0-${String(index).padStart(12, '0')}`,
  name: `Nome da Aplicação ${index}`,
}))
const [first] = clients
const uris = [
  'https://www.aplicacao-exemplo.com/callback/certificado_nuvem',
  'https://www.aplicacao-exemplo.com/outro-callback',
]
const registered = {
  clientSecret: 'not-a-secret-portal',
  certificate: { hosts: ['www.aplicacao-exemplo.com'] },
}

let emulator: Emulator
let stack: Stack

before(async () => {
  emulator = await startEmulator({
    config: {
      pscs: { neoid: { clients: clients.map((client) => ({ ...client, ...registered })) } },
    },
  })
  stack = await Stack.create({
    files: { 'index.ts': program },
    config: { 'psc:baseUrls': { neoid: emulator.baseUrls.neoid } },
    env: { PORTAL_SECRET: 'not-a-secret-portal' },
  })
  await stack.succeed('up', '--yes', '--skip-preview')
})

after(async () => {
  stack.remove()
  await emulator.close()
})

const program = `import { PscClient } from 'pulumi-psc'

const clients = ${JSON.stringify(clients)}.map(
  ({ clientId, name }, index) =>
    new PscClient('client-' + index, {
      psc: 'neoid',
      clientId,
      clientSecret: { env: 'PORTAL_SECRET' },
      name,
      comments: 'Descrição da Aplicação',
      email: 'suporte@aplicacao-exemplo.com',
      redirectUris: ${JSON.stringify(uris)},
      certificate: { hosts: ['www.aplicacao-exemplo.com'] },
    }),
)

export const endpoints = clients[0].endpoints
export const registered = clients[0].registered
`

test('a client with two redirect URIs keeps at most 2,000 bytes of state', () => {
  const file = join(stack.folder, 'state', '.pulumi', 'stacks', 'psc', 'test.json')
  const bytes = readFileSync(file).length / clients.length
  assert.ok(bytes <= 2000, `${bytes} bytes`)
})

test('a client keeps nothing of the machine that wrote it, nor of the run', async () => {
  const { resources = [] } = (await stack.state()).deployment
  const kept = resources.filter(({ type }) => type.endsWith(':PscClient'))
  assert.equal(kept.length, clients.length)
  assert.doesNotMatch(JSON.stringify(kept), /sourcePosition|stackTrace/)
  for (const { inputs, outputs } of kept)
    assert.doesNotMatch(JSON.stringify([inputs, outputs]), /dryRun/)
})

test('a program sees the endpoints and the echo, whole', async () => {
  const outputs = JSON.parse(await stack.succeed('stack', 'output', '--json')) as unknown
  const base = emulator.baseUrls.neoid
  assert.deepEqual(outputs, {
    endpoints: {
      authorize: `${base}/authorize`,
      token: `${base}/token`,
      clientToken: `${base}/client_token`,
      clientMaintenance: `${base}/client_maintenance`,
    },
    registered: {
      clientId: first?.clientId,
      name: first?.name,
      comments: 'Descrição da Aplicação',
      email: 'suporte@aplicacao-exemplo.com',
      redirectUris: uris,
    },
  })
})

test('what a program sees is known at a preview without changes', async () => {
  await stack.succeed('preview', '--expect-no-changes')
})
