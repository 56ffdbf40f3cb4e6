import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, afterEach, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

const secret = 'not-a-secret-portal'
const wrongSecret = 'not-the-secret'
const hosts = ['portal.exemplo.gov.br']
const names = ['um', 'dois', 'tres', 'quatro']
const env = { RIGHT: secret, WRONG: wrongSecret }
const files = {
  'index.ts': "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n",
}

/** A module of a program: what it declares of a client, whose secret is in the environment. */
const args = `export const argsOf = (clientId: string) => ({
  psc: 'neoid',
  clientId,
  clientSecret: { env: 'SECRET' },
  name: 'Portal ' + clientId,
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ['portal.exemplo.gov.br'] },
})
`

function startPsc(): Promise<Emulator> {
  const clients = names.map((clientId) => ({
    clientId,
    clientSecret: secret,
    certificate: { hosts },
  }))
  return startEmulator({ config: { pscs: { neoid: { clients } } } })
}

/** Entry → where its secret is, and another client id than the entry's name. */
type Entries = Readonly<
  Record<string, { readonly env?: string; readonly config?: string; readonly clientId?: string }>
>

function manifest(clients: Entries, credentials: Entries = {}): string {
  const of = (entries: Entries, rest: (key: string) => object) =>
    Object.fromEntries(
      Object.entries(entries).map(([key, { env = 'RIGHT', config, clientId = key }]) => [
        key,
        { clientId, clientSecret: config === undefined ? { env } : { config }, ...rest(key) },
      ]),
    )
  return JSON.stringify({
    clients: of(clients, (key) => ({
      psc: 'neoid',
      name: `Portal ${key}`,
      comments: 'Assinatura de requerimentos',
      email: 'suporte@exemplo.gov.br',
      redirectUris: ['https://portal.exemplo.gov.br/callback'],
      certificate: { hosts },
    })),
    credentials: of(credentials, () => ({ issuer: 'neoid' })),
  })
}

describe('the preview of what is new', () => {
  let emulator: Emulator
  let stack: Stack
  before(async () => {
    emulator = await startPsc()
    // The project's name is psc too.
    const config = { 'psc:baseUrls': emulator.baseUrls, 'psc:portalSecret': secret }
    stack = await Stack.create({ files, config, env })
  })
  after(async () => {
    stack.remove()
    await emulator.close()
  })
  afterEach(() => {
    emulator.requests.clear()
  })
  const declare = (...entries: Parameters<typeof manifest>) => {
    stack.write('clients.yaml', manifest(...entries))
  }
  const statuses = () => emulator.requests.list().map(({ status }) => status)

  it('tells everything that the PSC refuses, each under its resource, and no secret', async () => {
    declare(
      { um: {}, dois: { env: 'WRONG' }, tres: { env: 'WRONG' } },
      { quatro: { env: 'WRONG' } },
    )
    const output = await stack.fail('preview')
    const refused = [...output.matchAll(/:Psc\w+ \((\w+)\):\s+error: \[POST\] "[^"]*": 401 \w+/g)]
    assert.deepEqual(refused.map(([, name]) => name).sort(), ['dois', 'tres'])
    assert.match(output, /:TokenCredential \(quatro\):\s+error: \[POST\] "[^"]*": 401 \w+/)
    assert.deepEqual(statuses().sort(), [200, 401, 401, 401])
    assert.doesNotMatch(output, /\bat .*:\d+:\d+/)
    assert.ok(!output.includes(wrongSecret))
  })

  it('finds a secret in the configuration, with and without its namespace', async () => {
    declare({ um: { config: 'portalSecret' } }, { quatro: { config: 'psc:portalSecret' } })
    await stack.succeed('preview')
    assert.deepEqual(statuses(), [200, 200])
  })

  it('keeps `up` from applying any of it', async () => {
    declare({ um: {}, dois: { env: 'WRONG' } })
    await stack.fail('up', '--yes')
    assert.deepEqual(emulator.requests.list({ operation: 'clientMaintenance' }), [])
  })

  it('asks nothing of what is not targeted', async () => {
    declare({ um: {}, dois: { env: 'WRONG' } })
    const type = 'pulumi-nodejs:dynamic/psc:PscClient'
    await stack.succeed('preview', '--target', `urn:pulumi:test::psc::${type}::um`)
    assert.deepEqual(statuses(), [200])
  })

  it('is a plan that its apply keeps to', async () => {
    declare({ um: {} }, { quatro: {} })
    await stack.succeed('preview', '--save-plan', 'plan.json')
    assert.deepEqual(statuses(), [200, 200])
    await stack.succeed('up', '--yes', '--skip-preview', '--plan', 'plan.json')
    emulator.requests.clear()
    await stack.succeed('preview', '--expect-no-changes')
    assert.deepEqual(statuses(), [])
  })

  it('proves what takes the place of another once', async () => {
    declare({ um: { clientId: 'tres' } }, { quatro: { clientId: 'dois' } })
    await stack.succeed('preview')
    assert.deepEqual(statuses(), [200, 200])
    declare({ um: { clientId: 'tres', env: 'WRONG' } }, { quatro: {} })
    assert.match(await stack.fail('preview'), /PscClient \(um\):\s+error: .*": 401 /)
  })
})

describe('the preview of what is new, by a program of its own', () => {
  let emulator: Emulator
  let stack: Stack
  before(async () => {
    emulator = await startPsc()
    stack = await Stack.create({
      files: { 'args.ts': args },
      config: { 'psc:baseUrls': emulator.baseUrls },
    })
  })
  after(async () => {
    stack.remove()
    await emulator.close()
  })
  afterEach(() => {
    emulator.requests.clear()
  })
  const statuses = () => emulator.requests.list().map(({ status }) => status)

  it('takes an optional argument that turns out to be nothing for one that was left out', async () => {
    stack.write(
      'index.ts',
      `import { output } from '@pulumi/pulumi'
      import { PscClient } from 'pulumi-psc'
      import { argsOf } from './args.ts'
      process.env.SECRET = '${wrongSecret}'
      const preflight = output(undefined)
      const previousClientSecret = Promise.resolve(undefined)
      new PscClient('um', { ...argsOf('um'), preflight, previousClientSecret })
      `,
    )
    assert.match(await stack.fail('preview'), /PscClient \(um\):\s+error: .*": 401 /)
    assert.deepEqual(statuses(), [401])
  })

  it('proves what a transformation makes of it', async () => {
    stack.write(
      'index.ts',
      `import { PscClient } from 'pulumi-psc'
      import { argsOf } from './args.ts'
      process.env.SECRET = '${wrongSecret}'
      const off = ({ props, opts }) => ({ props: { ...props, preflight: 'off' }, opts })
      new PscClient('um', argsOf('um'), { transformations: [off] })
      `,
    )
    await stack.succeed('preview')
    assert.deepEqual(statuses(), [])
  })

  for (const [who, assignment, asked] of [
    ['nobody', '', []],
    ['only the program', `process.env.SECRET = '${secret}'`, [200]],
  ] as const) {
    it(`says once that the apply will not find a secret that ${who} has`, async () => {
      stack.write(
        'index.ts',
        `import { PscClient } from 'pulumi-psc'
        import { argsOf } from './args.ts'
        ${assignment}
        new PscClient('um', argsOf('um'))
        `,
      )
      const output = await stack.succeed('preview')
      assert.equal([...output.matchAll(/^ *warning: .*SECRET is not set here/gm)].length, 1)
      assert.deepEqual(statuses(), asked)
    })
  }

  it('is the provider’s where programs of the Automation API share a process', async () => {
    stack.write(
      'deploy.ts',
      `import { automation } from '@pulumi/pulumi'
      import { PscClient } from 'pulumi-psc'
      import { argsOf } from './args.ts'
      const stacks = []
      for (const [name, SECRET] of [['um', '${wrongSecret}'], ['dois', '${secret}']]) {
        const program = async () => void new PscClient(name, { ...argsOf(name), preflight: 'required' })
        const stack = await automation.LocalWorkspace.createOrSelectStack(
          { stackName: name, projectName: 'psc', program },
          { workDir: '.', envVars: { SECRET } },
        )
        await stack.setConfig('psc:baseUrls', { value: '${JSON.stringify(emulator.baseUrls)}' })
        stacks.push(stack)
      }
      const previews = await Promise.allSettled(stacks.map((stack) => stack.preview()))
      console.log(JSON.stringify(previews.map(({ status }) => status)))
      `,
    )
    const { stdout } = await promisify(execFile)(process.execPath, ['deploy.ts'], {
      cwd: stack.folder,
      env: stack.env,
    })
    assert.deepEqual(JSON.parse(stdout), ['rejected', 'fulfilled'])
    assert.deepEqual(statuses().sort(), [200, 401])
  })
})
