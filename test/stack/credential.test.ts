import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { Stack, type State } from '../support/stack.ts'

const secret = 'not-a-secret-motor'

let emulator: Emulator
let stack: Stack

/** A release that waits for the credential: what it stands for is created only after a token was obtained. */
const program = `import * as pulumi from '@pulumi/pulumi'
import { TokenCredential } from 'pulumi-psc'

const config = new pulumi.Config()
const credential = new TokenCredential('rce', {
  issuer: 'motor-rce',
  authBaseUrl: config.require('authBaseUrl'),
  clientId: 'motor-rce',
  clientSecret: { env: config.require('secretIn') },
  preflight: 'off',
})

class Release extends pulumi.ComponentResource {
  constructor(name, opts) {
    super('test:Release', name, {}, opts)
    new TokenCredential(name + '-second', {
      issuer: 'motor-rce',
      authBaseUrl: config.require('authBaseUrl'),
      clientId: 'parceiro',
      clientSecret: { env: 'PARTNER_SECRET' },
      preflight: 'off',
    }, { parent: this, dependsOn: [credential] })
  }
}
new Release('release', {})

export const tokenType = credential.tokenType
export const expiresIn = credential.expiresIn
export const scope = credential.scope
`

before(async () => {
  emulator = await startEmulator({
    config: {
      motorRce: {
        clients: [
          { clientId: 'motor-rce', clientSecret: secret },
          { clientId: 'parceiro', clientSecret: 'not-a-secret-partner' },
        ],
      },
    },
  })
  stack = await Stack.create({
    files: { 'index.ts': program },
    config: { 'psc:authBaseUrl': emulator.url, 'psc:secretIn': 'WRONG_SECRET' },
    env: {
      RCE_SECRET: secret,
      WRONG_SECRET: 'not-a-secret-wrong',
      PARTNER_SECRET: 'not-a-secret-partner',
    },
  })
})

after(async () => {
  stack.remove()
  await emulator.close()
})

/** Whose token was asked for by a command, and what became of it. */
async function asked(command: () => Promise<unknown>): Promise<string[]> {
  emulator.requests.clear()
  await command()
  return emulator.requests.list().map(({ clientId, status }) => `${clientId} ${status}`)
}

/** Declares where the secret of the first credential is. */
function secretIn(variable: string): Promise<string> {
  return stack.succeed('config', 'set', 'psc:secretIn', variable)
}

const types = ({ deployment }: State) => (deployment.resources ?? []).map(({ type }) => type)

// One life, in order: each test goes on from the one before it.

test('a wrong secret fails the apply, and what depends on the credential is held back', async () => {
  let output = ''
  const requests = await asked(async () => {
    output = await stack.fail('up', '--yes', '--skip-preview')
  })
  assert.deepEqual(requests, ['motor-rce 401'])
  assert.match(output, /unauthorized_client .*The credential is not valid/)
  assert.ok(!types(await stack.state()).includes('pulumi-nodejs:dynamic/psc:TokenCredential'))
})

test('the right one lets it go on, with one token for each', async () => {
  await secretIn('RCE_SECRET')
  const requests = await asked(() => stack.succeed('up', '--yes', '--skip-preview'))
  assert.deepEqual(requests, ['motor-rce 200', 'parceiro 200'])
})

test('the outputs are those of the document, and the token is nowhere', async () => {
  const outputs = JSON.parse(await stack.succeed('stack', 'output', '--json')) as unknown
  assert.deepEqual(outputs, { tokenType: 'Bearer', expiresIn: 7200, scope: 'profile email' })
  const state = JSON.stringify(await stack.state())
  assert.ok(!state.includes('not-a-secret'))
  assert.ok(!/access_?token/i.test(state))
})

test('a preview without changes asks nobody', async () => {
  assert.deepEqual(await asked(() => stack.succeed('preview', '--expect-no-changes')), [])
})

test('a preview fails with a wrong secret once the proof is switched on', async () => {
  stack.write('index.ts', program.replaceAll("'off'", "'auto'"))
  await secretIn('WRONG_SECRET')
  const output = await stack.fail('preview')
  assert.match(output, /unauthorized_client .*The credential is not valid/)
  await secretIn('RCE_SECRET')
  assert.deepEqual(await asked(() => stack.succeed('up', '--yes', '--skip-preview')), [
    'motor-rce 200',
    'parceiro 200',
  ])
})

test('a refresh proves it again; a lifetime and a scope that vary are no difference', async () => {
  const set = { expires_in: 7199, scope: 'email profile' }
  emulator.faults.add({ kind: 'rewrite', operation: 'motorRce', times: 2, set })
  const requests = await asked(() =>
    stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes'),
  )
  assert.deepEqual(requests.toSorted(), ['motor-rce 200', 'parceiro 200'])
  assert.deepEqual(await asked(() => stack.succeed('preview', '--expect-no-changes')), [])
})

test('destroying asks nobody', async () => {
  assert.deepEqual(await asked(() => stack.succeed('destroy', '--yes', '--skip-preview')), [])
})
