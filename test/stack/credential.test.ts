import assert from 'node:assert/strict'
import { test } from 'node:test'
import { motorRce, useStack } from '../support/fixture.ts'
import type { State } from '../support/stack.ts'

const partner = { clientId: 'parceiro', clientSecret: 'not-a-secret-partner' }

/** A release that depends on the credential: it begins only after the PSC has given a token. */
const program = `import * as pulumi from '@pulumi/pulumi'
import { TokenCredential } from 'pulumi-psc'

const config = new pulumi.Config()
const credential = new TokenCredential('rce', {
  issuer: 'motor-rce',
  authBaseUrl: config.require('authBaseUrl'),
  clientId: 'motor-rce',
  clientSecret: { env: config.get('secretIn') ?? 'WRONG_SECRET' },
})

class Release extends pulumi.ComponentResource {
  constructor(name, opts) {
    super('test:Release', name, {}, opts)
    new TokenCredential(name + '-second', {
      issuer: 'motor-rce',
      authBaseUrl: config.require('authBaseUrl'),
      clientId: 'parceiro',
      clientSecret: { env: 'PARTNER_SECRET' },
    }, { parent: this, dependsOn: [credential] })
  }
}
new Release('release', {})

export const tokenType = credential.tokenType
export const expiresIn = credential.expiresIn
export const scope = credential.scope
`

const fixture = useStack({
  emulator: { motorRce: { clients: [motorRce, partner] } },
  files: { 'index.ts': program },
  config: ({ url }) => ({ 'psc:authBaseUrl': url }),
  env: {
    RCE_SECRET: motorRce.clientSecret,
    WRONG_SECRET: 'not-a-secret-wrong',
    PARTNER_SECRET: partner.clientSecret,
  },
})

/** Whose token was asked for, and the status. */
const tokens = (): string[] => {
  const requests = fixture.emulator.requests.list()
  fixture.emulator.requests.clear()
  return requests.map(({ clientId, status }) => `${clientId} ${status}`)
}

const types = ({ deployment }: State) => (deployment.resources ?? []).map(({ type }) => type)

const up = ['up', '--yes', '--skip-preview']

// One life, in order: each test goes on from the one before it.

test('An up fails for a wrong secret and does not begin what depends on the credential', async () => {
  const output = await fixture.stack.fail(...up)
  assert.deepEqual(tokens(), ['motor-rce 401'])
  assert.match(output, /unauthorized_client .*The credential is not valid/)
  const state = await fixture.stack.state()
  assert.ok(!types(state).includes('pulumi-nodejs:dynamic/psc:TokenCredential'))
})

test('An up with the right secret goes on, with one token for each credential', async () => {
  await fixture.stack.succeed(...up, '--config', 'psc:secretIn=RCE_SECRET')
  assert.deepEqual(tokens(), ['motor-rce 200', 'parceiro 200'])
})

test('The outputs of a credential are those of the document, and the state holds no token', async () => {
  const outputs = JSON.parse(await fixture.stack.succeed('stack', 'output', '--json')) as unknown
  assert.deepEqual(outputs, { tokenType: 'Bearer', expiresIn: 7200, scope: 'profile email' })
  const state = JSON.stringify(await fixture.stack.state())
  assert.ok(!state.includes('not-a-secret'))
  assert.ok(!/access_?token/i.test(state))
})

test('A refresh verifies a credential again and ignores a new lifetime and scope', async () => {
  const set = { expires_in: 7199, scope: 'email profile' }
  fixture.emulator.faults.add({ kind: 'rewrite', operation: 'motorRce', times: 2, set })
  await fixture.stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  assert.deepEqual(tokens().toSorted(), ['motor-rce 200', 'parceiro 200'])
})

test('A destroy of credentials sends no request', async () => {
  await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
  assert.deepEqual(tokens(), [])
})
