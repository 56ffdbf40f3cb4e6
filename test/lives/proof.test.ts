import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { afterEach, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { manifestOf, portal, registered, useStack } from '../support/fixture.ts'

const secret = portal.clientSecret
const wrongSecret = 'not-the-secret'

const emulator = {
  pscs: {
    neoid: {
      clients: ['um', 'dois', 'tres', 'quatro'].map((clientId) => ({
        ...registered(portal),
        clientId,
      })),
    },
  },
}

/** Entry → where its secret is, and another client id than the entry's name. */
type Entries = Readonly<
  Record<string, { readonly env?: string; readonly config?: string; readonly clientId?: string }>
>

function manifest(clients: Entries, credentials: Entries = {}): string {
  const keysOf = (entries: Entries) =>
    Object.entries(entries).map(([key, { env = 'RIGHT', config, clientId = key }]) => {
      const clientSecret = config === undefined ? { env } : { config }
      return [key, { clientId, clientSecret }] as const
    })
  const named = keysOf(clients).map(([key, keys]) => [key, { ...keys, name: `Portal ${key}` }])
  const issued = keysOf(credentials).map(([key, keys]) => [key, { ...keys, issuer: 'neoid' }])
  return manifestOf(Object.fromEntries(named) as Entries, {
    credentials: Object.fromEntries(issued) as Entries,
  })
}

describe('The preview of what is new', () => {
  const fixture = useStack({
    emulator,
    env: { RIGHT: secret, WRONG: wrongSecret },
  })
  afterEach(() => {
    fixture.emulator.requests.clear()
  })
  const declare = (...entries: Parameters<typeof manifest>) => {
    fixture.stack.write('clients.yaml', manifest(...entries))
  }

  it('A preview reports each refused secret under its resource, and up applies nothing', async () => {
    declare(
      { um: {}, dois: { env: 'WRONG' }, tres: { env: 'WRONG' } },
      { quatro: { env: 'WRONG' } },
    )
    const output = await fixture.stack.fail('up', '--yes')
    const refused = [...output.matchAll(/:Psc\w+ \((\w+)\):\s+error: \[POST\] "[^"]*": 401 \w+/g)]
    assert.deepEqual(refused.map(([, name]) => name).sort(), ['dois', 'tres'])
    assert.match(output, /:TokenCredential \(quatro\):\s+error: \[POST\] "[^"]*": 401 \w+/)
    const [right, wrong] = ['clientToken 200', 'clientToken 401']
    assert.deepEqual(fixture.requests().sort(), [right, wrong, wrong, wrong])
    assert.doesNotMatch(output, /\bat .*:\d+:\d+/)
    assert.ok(!output.includes(wrongSecret))
  })

  it('A preview of one target verifies that target alone', async () => {
    declare({ um: {}, dois: { env: 'WRONG' } })
    const type = 'pulumi-nodejs:dynamic/psc:PscClient'
    await fixture.stack.succeed('preview', '--target', `urn:pulumi:test::psc::${type}::um`)
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('An up keeps to the plan of a preview, with secrets of the configuration', async () => {
    const setting = `psc:portalSecret=${secret}`
    // With and without the namespace of the key.
    declare({ um: { config: 'portalSecret' } }, { quatro: { config: 'psc:portalSecret' } })
    await fixture.stack.succeed('preview', '--save-plan', 'plan.json', '--config', setting)
    assert.deepEqual(fixture.requests(), ['clientToken 200', 'clientToken 200'])
    await fixture.stack.succeed('up', '--yes', '--skip-preview', '--plan', 'plan.json')
  })

  it('A preview verifies once what replaces another resource', async () => {
    declare(
      { um: { clientId: 'tres', env: 'WRONG' } },
      { quatro: { clientId: 'dois', config: 'portalSecret' } },
    )
    assert.match(await fixture.stack.fail('preview'), /PscClient \(um\):\s+error: .*": 401 /)
    assert.deepEqual(fixture.requests().sort(), ['clientToken 200', 'clientToken 401'])
  })
})

/** A module of a program: the arguments of a client, whose secret is in the environment. */
const args = `export const argsOf = (clientId: string, env = 'SECRET') => ({
  ...${JSON.stringify(portal)},
  clientId,
  name: 'Portal ' + clientId,
  clientSecret: { env },
})
`

describe('The preview of a program of its own', () => {
  const fixture = useStack({
    emulator,
    files: {
      'args.ts': args,
      'index.ts': `import { output } from '@pulumi/pulumi'
import { PscClient } from 'pulumi-psc'
import { argsOf } from './args.ts'

process.env.WRONG = '${wrongSecret}'
process.env.ONLY_HERE = '${secret}'
const preflight = output(undefined)
const previousClientSecret = Promise.resolve(undefined)
new PscClient('um', { ...argsOf('um', 'WRONG'), preflight, previousClientSecret })
const off = ({ props, opts }) => ({ props: { ...props, preflight: 'off' }, opts })
new PscClient('dois', argsOf('dois', 'WRONG'), { transformations: [off] })
new PscClient('tres', argsOf('tres', 'ONLY_HERE'))
new PscClient('quatro', argsOf('quatro', 'NOWHERE'))
`,
    },
  })
  let output = ''
  before(async () => {
    output = await fixture.stack.fail('preview')
  })
  const clientIds = () => fixture.emulator.requests.list().map(({ clientId }) => clientId)

  it('An optional argument that turns out to be undefined counts as left out', () => {
    assert.match(output, /PscClient \(um\):\s+error: .*": 401 /)
  })

  it('The preview verifies what a transformation makes of a resource', () => {
    assert.ok(!clientIds().includes('dois'))
  })

  it('The preview verifies a secret that only the program has and warns once that up will miss it', () => {
    assert.ok(clientIds().includes('tres'))
    assert.equal([...output.matchAll(/^ *warning: .*ONLY_HERE is not set here/gm)].length, 1)
  })

  it('The preview warns once of a secret that neither the program nor the provider has', () => {
    assert.ok(!clientIds().includes('quatro'))
    assert.equal([...output.matchAll(/^ *warning: .*NOWHERE is not set here/gm)].length, 1)
  })

  it('The provider verifies where programs of the Automation API share a process', async () => {
    fixture.emulator.requests.clear()
    fixture.stack.write(
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
        await stack.setConfig('psc:baseUrls', { value: '${JSON.stringify(fixture.emulator.baseUrls)}' })
        stacks.push(stack)
      }
      const previews = await Promise.allSettled(stacks.map((stack) => stack.preview()))
      console.log(JSON.stringify(previews.map(({ status }) => status)))
      `,
    )
    const { stdout } = await promisify(execFile)(process.execPath, ['deploy.ts'], {
      cwd: fixture.stack.folder,
      env: fixture.stack.env,
    })
    assert.deepEqual(JSON.parse(stdout), ['rejected', 'fulfilled'])
    assert.deepEqual(fixture.requests().sort(), ['clientToken 200', 'clientToken 401'])
  })
})
