import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestOf, portal, useStack } from '../support/fixture.ts'

const uri = (path: string): string => `https://www.aplicacao-exemplo.com/${path}`

/** The example of the NeoID document with this redirect URI. */
const manifest = (redirectUri: string): string =>
  manifestOf({ portal: { redirectUris: [redirectUri] } })

const fixture = useStack({ manifest: manifest(uri('callback')) })

/** Runs a command that has to succeed, and answers what the PSC was asked meanwhile. */
async function requestsOf(...command: string[]): Promise<string[]> {
  fixture.emulator.requests.clear()
  await fixture.stack.succeed(...command)
  return fixture.requests()
}

const uris = () => fixture.emulator.registered('neoid', portal.clientId)?.redirectUris

const up = ['up', '--yes', '--skip-preview']
const token = 'clientToken 200'
const write = 'clientMaintenance 200'

// One life, in order: each test goes on from the one before it.

test('The first preview verifies a client with one token and writes nothing', async () => {
  assert.deepEqual(await requestsOf('preview'), [token])
  assert.deepEqual(uris(), [])
})

test('The first up writes the whole client with one token and one PUT', async () => {
  assert.deepEqual(await requestsOf(...up), [token, write])
  const client = fixture.emulator.registered('neoid', portal.clientId)
  const { name, comments, email } = portal
  assert.deepEqual(
    { name: client?.name, comments: client?.comments, email: client?.email },
    { name, comments, email },
  )
  assert.deepEqual(uris(), [uri('callback')])
})

test('A refresh verifies the client with one token and changes no property', async () => {
  const refresh = ['refresh', '--yes', '--skip-preview', '--expect-no-changes']
  assert.deepEqual(await requestsOf(...refresh), [token])
})

test('An update shows the old and the new redirect URI and is one token and one PUT', async () => {
  fixture.emulator.requests.clear()
  fixture.stack.write('clients.yaml', manifest(uri('entrar')))
  const output = await fixture.stack.succeed(...up, '--diff')
  assert.ok(output.includes(`"${uri('callback')}" => "${uri('entrar')}"`), output)
  assert.deepEqual(fixture.requests(), [token, write])
  assert.deepEqual(uris(), [uri('entrar')])
})

test('The engine reverts a change whose response was lost, even after a refresh', async () => {
  const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const
  fixture.emulator.faults.add({ ...lost, operation: 'clientMaintenance' })
  fixture.stack.write('clients.yaml', manifest(uri('outra')))
  assert.match(await fixture.stack.fail(...up), /ERR_PSC_NOT_SETTLED/)
  assert.deepEqual(uris(), [uri('outra')])
  await fixture.stack.succeed('refresh', '--yes', '--skip-preview')

  fixture.stack.write('clients.yaml', manifest(uri('entrar')))
  assert.deepEqual(await requestsOf(...up), [token, write])
  assert.deepEqual(uris(), [uri('entrar')])
})

test('A preview refuses a redirect URI outside the certificate, with its line', async () => {
  fixture.emulator.requests.clear()
  fixture.stack.write('clients.yaml', manifest('https://portal.exemplo.com.br/entrar'))
  const output = await fixture.stack.fail('preview')
  assert.match(output, /clients\.yaml:1:\d+/)
  assert.match(output, /URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO/)
  assert.deepEqual(fixture.requests(), [])
})

test('A destroy says that the client stays registered and sends no request', async () => {
  fixture.emulator.requests.clear()
  const output = await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
  assert.match(output, /"Nome da Aplicação" .* stays registered at neoid/)
  assert.deepEqual(fixture.requests(), [])
  assert.deepEqual((await fixture.stack.state()).deployment.resources ?? [], [])
  assert.deepEqual(uris(), [uri('entrar')])
})
