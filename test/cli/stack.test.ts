import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { soundEntry } from '../manifest/support.ts'
import { folderWith, type Outcome, psc } from './psc.ts'

const portal = {
  ...soundEntry,
  clientSecret: { env: 'PSC_TEST_PORTAL' },
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
}

let emulator: Emulator

before(async () => {
  const { clientId, name, redirectUris, certificate } = portal
  const clientSecret = 'not-a-secret-portal'
  const client = { clientId, clientSecret, name, redirectUris, certificate }
  emulator = await startEmulator({ config: { pscs: { neoid: { clients: [client] } } } })
})

after(() => emulator.close())

interface Contents {
  readonly config?: Readonly<Record<string, unknown>>
  readonly clients?: Readonly<Record<string, object>>
}

/** Runs a command in a project whose stack `dev` has the emulator's addresses and a manifest of its own. */
function run(args: readonly string[], { config, clients = { portal } }: Contents = {}) {
  const settings = {
    'psc:manifest': 'dev.yaml',
    'psc:baseUrls': { neoid: emulator.baseUrls.neoid },
    ...config,
  }
  const cwd = folderWith({
    'Pulumi.yaml': JSON.stringify({ name: 'portal', runtime: 'nodejs' }),
    'Pulumi.dev.yaml': JSON.stringify({ config: settings }),
    'dev.yaml': JSON.stringify({ clients }),
  })
  return psc(args, { cwd, env: { PSC_TEST_PORTAL: 'not-a-secret-portal' } })
}

const verify = (contents?: Contents): Promise<Outcome> =>
  run(['verify', '--stack', 'dev'], contents)

test("Verify --stack asks the stack's addresses for the clients of its manifest", async () => {
  const { code, stdout, stderr } = await verify()
  assert.equal(stderr, '')
  assert.match(stdout, /^portal +neoid +ok /m)
  assert.equal(code, 0)
})

test('Verify --stack leaves out the entries of other stacks', async () => {
  const other = { ...portal, clientId: 'other', name: 'Outro', stack: 'prod' }
  const { stdout } = await verify({ clients: { portal: { ...portal, stack: 'dev' }, other } })
  assert.match(stdout, /^1 ok, 0 failed$/m)
  assert.doesNotMatch(stdout, /other/)
})

test('Verify --stack retries for psc:timeoutSeconds and no longer', async () => {
  emulator.faults.add({ kind: 'hang', operation: 'clientToken' })
  const { code, stdout } = await verify({ config: { 'psc:timeoutSeconds': 1 } })
  assert.match(stdout, /^portal +neoid +failed /m)
  assert.match(stdout, /within 1 s/)
  assert.equal(code, 1)
})

test('Verify --stack refuses a wrong setting with the command that corrects it', async () => {
  for (const config of [{ 'psc:baseurls': {} }, { 'portal:manifest': 'dev.yaml' }]) {
    const { code, stderr } = await verify({ config })
    assert.match(stderr, /^pulumi-psc verify: .*pulumi config set.*\[ERR_PSC_CONFIGURATION\]\n$/)
    assert.equal(code, 1)
  }
})

test('Verify and login --stack name the stacks that there are', async () => {
  for (const command of [['verify'], ['login', 'portal']]) {
    const { code, stderr } = await run([...command, '--stack', 'prod'])
    assert.match(stderr, /there is no Pulumi\.prod\.yaml\. There is one of dev\. \[ERR_PSC_USAGE\]/)
    assert.equal(code, 2)
  }
})

test("Login --stack begins the sign-in at the stack's address", async () => {
  const { stderr } = await run(['login', 'portal', '--stack', 'dev', '--callback-url', '-'])
  assert.ok(stderr.includes(`${emulator.baseUrls.neoid}/authorize?`), stderr)
})
