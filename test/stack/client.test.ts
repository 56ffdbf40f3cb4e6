import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

const clientId = '64e587fa-4f30-487d-96f0-44e6b14ff620'
const registered = { clientId, certificate: { hosts: ['portal.exemplo.gov.br'] } }

let emulator: Emulator
let stack: Stack

before(async () => {
  emulator = await startEmulator({
    config: {
      pscs: { neoid: { clients: [{ ...registered, clientSecret: 'not-a-secret-portal' }] } },
    },
  })
  stack = await Stack.create({
    files: {
      'index.ts': "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n",
      'clients.yaml': manifest('https://portal.exemplo.gov.br/callback'),
    },
    config: { 'psc:baseUrls': { neoid: emulator.baseUrls.neoid } },
    env: { PORTAL_SECRET: 'not-a-secret-portal' },
  })
})

after(async () => {
  stack.remove()
  await emulator.close()
})

function manifest(...redirectUris: string[]): string {
  return `clients:
  portal:
    psc: neoid
    clientId: ${clientId}
    clientSecret: { env: PORTAL_SECRET }
    name: Portal do Cidadão
    comments: Assinatura de requerimentos
    email: suporte@exemplo.gov.br
    redirectUris: ${JSON.stringify(redirectUris)}
    certificate: { hosts: [portal.exemplo.gov.br] }
`
}

/** What the PSC was asked by a command. */
async function asked(command: () => Promise<unknown>): Promise<string[]> {
  emulator.requests.clear()
  await command()
  return emulator.requests.list().map(({ method, path, status }) => {
    return `${method} ${path.slice(path.lastIndexOf('/') + 1)} ${status ?? 'no answer'}`
  })
}

const token = 'POST client_token 200'
const write = 'PUT client_maintenance 200'

// One life, in order: each test goes on from the one before it.

test('the first preview proves the client with a token and writes nothing', async () => {
  assert.deepEqual(await asked(() => stack.succeed('preview')), [token])
  assert.deepEqual(emulator.registered('neoid', clientId)?.redirectUris, [])
})

test('the first up writes the client whole, with one token and one PUT', async () => {
  const requests = await asked(() => stack.succeed('up', '--yes', '--skip-preview'))
  assert.deepEqual(requests, [token, write])
  const { name, comments, email, redirectUris } = emulator.registered('neoid', clientId) ?? {}
  assert.deepEqual(
    { name, comments, email, redirectUris },
    {
      name: 'Portal do Cidadão',
      comments: 'Assinatura de requerimentos',
      email: 'suporte@exemplo.gov.br',
      redirectUris: ['https://portal.exemplo.gov.br/callback'],
    },
  )
})

test('a preview without changes asks nothing', async () => {
  assert.deepEqual(await asked(() => stack.succeed('preview', '--expect-no-changes')), [])
})

test('a refresh proves the client with a token and changes no property', async () => {
  const refresh = () => stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  assert.deepEqual(await asked(refresh), [token])
})

test('an up without changes asks nothing', async () => {
  const up = () => stack.succeed('up', '--yes', '--skip-preview', '--expect-no-changes')
  assert.deepEqual(await asked(up), [])
})

test('a changed redirect URI is shown as it was and as it will be', async () => {
  stack.write('clients.yaml', manifest('https://portal.exemplo.gov.br/entrar'))
  const output = await stack.succeed('preview', '--diff')
  assert.match(
    output,
    /"https:\/\/portal\.exemplo\.gov\.br\/callback" => "https:\/\/portal\.exemplo\.gov\.br\/entrar"/,
  )
})

test('an update is one token and one PUT of the five documented fields', async () => {
  const requests = await asked(() => stack.succeed('up', '--yes', '--skip-preview'))
  assert.deepEqual(requests, [token, write])
  const [put] = emulator.requests.list({ method: 'PUT' })
  assert.deepEqual(put?.body, {
    client_id: clientId,
    name: 'Portal do Cidadão',
    comments: 'Assinatura de requerimentos',
    redirect_uris: ['https://portal.exemplo.gov.br/entrar'],
    email: 'suporte@exemplo.gov.br',
  })
})

test('a change whose answer was lost and that is taken back is taken back at the PSC too, in spite of a refresh', async () => {
  const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const
  emulator.faults.add({ ...lost, operation: 'clientMaintenance' })
  stack.write('clients.yaml', manifest('https://portal.exemplo.gov.br/outra'))
  assert.match(await stack.fail('up', '--yes', '--skip-preview'), /is not known: apply again/)
  const uris = () => emulator.registered('neoid', clientId)?.redirectUris
  assert.deepEqual(uris(), ['https://portal.exemplo.gov.br/outra'])
  await stack.succeed('refresh', '--yes', '--skip-preview')

  stack.write('clients.yaml', manifest('https://portal.exemplo.gov.br/entrar'))
  assert.deepEqual(await asked(() => stack.succeed('up', '--yes', '--skip-preview')), [
    token,
    write,
  ])
  assert.deepEqual(uris(), ['https://portal.exemplo.gov.br/entrar'])
  assert.deepEqual(await asked(() => stack.succeed('preview', '--expect-no-changes')), [])
})

test('a redirect URI outside the certificate is refused at preview, with its line and the reason', async () => {
  stack.write('clients.yaml', manifest('https://portal.exemplo.com.br/entrar'))
  const requests = await asked(async () => {
    const output = await stack.fail('preview')
    assert.match(output, /clients\.yaml:9:/)
    assert.match(output, /URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO/)
  })
  assert.deepEqual(requests, [])
})

test('destroying the stack says that the client stays registered, and asks nothing', async () => {
  const requests = await asked(async () => {
    const output = await stack.succeed('destroy', '--yes', '--skip-preview')
    assert.match(output, /"Portal do Cidadão" .* stays registered at neoid/)
  })
  assert.deepEqual(requests, [])
  assert.deepEqual((await stack.state()).deployment.resources ?? [], [])
  const uris = emulator.registered('neoid', clientId)?.redirectUris
  assert.deepEqual(uris, ['https://portal.exemplo.gov.br/entrar'])
})
