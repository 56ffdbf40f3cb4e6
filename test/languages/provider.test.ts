import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, type Declared, type Program, yamlProgram } from '../support/plugin-stack.ts'

const ids = ['a', 'b', 'c', 'd']
const pscs = { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } }

const fixture = useStack({ emulator: { pscs }, prepare: () => ensureLanguageHost('yaml') })

let other: Emulator
before(async () => {
  other = await startEmulator({ config: { pscs } })
})
after(() => other.close())

const provider = (properties: Declared['properties']): Declared => ({
  type: 'pulumi:providers:psc',
  properties,
})

/** A client of a provider of the program, or of the settings of the stack. */
function of(name: string | undefined, clientId: string, change = {}): Declared {
  const options = name === undefined ? {} : { provider: `\${${name}}` }
  return client({ clientId, name: `Nome ${clientId}`, ...change }, options)
}

async function run(verb: 'succeed' | 'fail', program: Program, ...args: string[]): Promise<string> {
  fixture.stack.write('Pulumi.yaml', yamlProgram(program))
  fixture.emulator.requests.clear()
  other.requests.clear()
  return fixture.stack[verb](...args)
}

/** How many requests of each operation the two servers have answered. */
function asked(operation: string): [number, number] {
  const count = ({ requests }: Emulator) =>
    requests.list().filter((request) => request.operation === operation).length
  return [count(fixture.emulator), count(other)]
}

const up = ['up', '--yes', '--skip-preview']

/** Two providers with different settings; the address of `later` is known only after an apply. */
const program = (change: { timeoutSeconds?: number; baseUrls?: unknown } = {}): Program => ({
  own: provider({ timeoutSeconds: change.timeoutSeconds ?? 5 }),
  elsewhere: provider({ baseUrls: change.baseUrls ?? { neoid: other.baseUrls.neoid } }),
  later: provider({ baseUrls: { neoid: '${d.baseUrl}' }, preflight: { 'fn::secret': 'required' } }),
  a: of('own', 'a', { clientSecret: { config: 'psc:portalSecret' } }),
  b: of('elsewhere', 'b'),
  c: of('later', 'c'),
  d: of(undefined, 'd'),
})

// One life, in order: each test goes on from the one before it.

test('A provider of the program with unusable settings ends a preview with every reason, and without a request', async () => {
  const wrong = provider({ preflight: 'never', timeoutSeconds: 0 })
  const output = await run('fail', { wrong, a: of('wrong', 'a') }, 'preview')
  const reasons = output.slice(output.indexOf('Diagnostics:'))
  assert.match(reasons, /preflight must be auto, required or off.*\[ERR_PSC_CONFIGURATION\]/)
  assert.match(reasons, /timeoutSeconds must be .*\[ERR_PSC_CONFIGURATION\]/)
  assert.deepEqual(asked('clientToken'), [0, 0])
})

test('Providers with different settings verify at their own addresses, and one with an unknown address waits', async () => {
  const { stack } = fixture
  await stack.succeed('config', 'set', '--secret', 'psc:portalSecret', portal.clientSecret)
  await run('succeed', program(), 'preview')
  assert.deepEqual(asked('clientToken'), [2, 1])
})

test('An up writes each client at the address of its provider, and a secret setting is stored encrypted', async () => {
  await run('succeed', program(), ...up)
  assert.deepEqual(asked('clientMaintenance'), [3, 1])
  const { deployment } = await fixture.stack.state()
  const later = deployment.resources?.find(({ urn }) => urn.endsWith('::later'))
  assert.equal(typeof later?.inputs?.preflight, 'object')
  assert.ok(!JSON.stringify(deployment).includes(portal.clientSecret))
  assert.ok(!JSON.stringify(later).includes('required'))
  await fixture.stack.succeed('preview', '--expect-no-changes')
})

test('Another setting of a provider is shown, and changes none of its clients', async () => {
  const shown = await run('succeed', program({ timeoutSeconds: 6 }), 'preview', '--diff')
  assert.match(shown, /~ timeoutSeconds: 5 => 6/)
  assert.match(shown, /~ 1 to update\n\s+7 unchanged/)
  assert.deepEqual(asked('clientToken'), [0, 0])
})

test('Another address of a provider updates its clients and says so, and a client that gets another provider stays as it is', async () => {
  const { baseUrls } = fixture.emulator
  const changed = { ...program({ baseUrls: { neoid: baseUrls.neoid } }), d: of('own', 'd') }
  const shown = await run('succeed', changed, 'preview', '--diff')
  assert.match(shown, /\[WARN_PSC_MOVED\]/)
  assert.match(shown, /~ 2 to update\n\s+6 unchanged/)
  await run('succeed', changed, ...up)
  assert.deepEqual(asked('clientMaintenance'), [1, 0])
  assert.equal(fixture.emulator.registered('neoid', 'b')?.name, 'Nome b')
})
