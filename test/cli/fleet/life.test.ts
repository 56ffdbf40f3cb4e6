import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { noCounts } from '../../../cli/fleet/tally.ts'
import { FleetFolder, type FleetReport } from './folder.ts'
import { clientIdOf, emulatorOf, type FleetClient, manifestOf, secret } from './manifest.ts'

const count = 12

let emulator: Emulator
let fleet: FleetFolder

before(async () => {
  const { pscs } = emulatorOf(count)
  const [first] = pscs?.neoid?.clients ?? []
  if (!first || !pscs?.neoid) throw new Error('no clients')
  const clients = [
    ...(pscs.neoid.clients ?? []),
    { ...first, clientId: 'vizinho', name: 'Nome do Vizinho' },
  ]
  emulator = await startEmulator({ config: { pscs: { neoid: { clients } } } })
  fleet = new FleetFolder({ env: { PORTAL_SECRET: secret } })
  declare()
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

function declare(special: Readonly<Record<number, FleetClient>> = {}): void {
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, count, special))
}

/** How often each kind of request was made since the last time that this was asked. */
function asked(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { operation } of emulator.requests.list()) {
    counts[String(operation)] = (counts[String(operation)] ?? 0) + 1
  }
  emulator.requests.clear()
  return counts
}

const none = { ...noCounts, notReached: 0 }
const everyone = Array.from({ length: count }, (_, index) => `app-${index}`).sort()
const special = { 0: { stack: 'especial' }, 1: { stack: 'especial' } }

// One life, in order: each test goes on from the one before it.

test('a preview counts what would be added, and writes nothing', async () => {
  declare(special)
  const { code, summary } = await fleet.report('preview', '--shards', '3')
  assert.equal(code, 0)
  assert.deepEqual(summary, { ...none, added: count })
  assert.deepEqual(asked(), { clientToken: count })
})

test('an error in one stack does not keep the others from being applied', async () => {
  declare({
    ...special,
    0: { stack: 'especial', name: 'Nome do Vizinho' },
    5: { secret: 'ABSENT' },
  })
  const { code, summary, stacks } = await fleet.report('up', '--shards', '3')
  assert.equal(code, 1)
  assert.deepEqual(summary, { ...none, added: count - 2, refused: 1, failed: 1 })
  const problems = stacks.flatMap((stack) => stack.problems)
  assert.deepEqual(problems.map(({ entry, kind }) => `${entry}: ${kind}`).sort(), [
    'app-0: refused',
    'app-5: failed',
  ])
  const messages = problems.map(({ message }) => message).join('\n')
  assert.match(messages, /APLICACAO_OAUTH_NOME_JA_CADASTRADO/)
  assert.match(messages, /the environment variable ABSENT is not set here/)
})

test('the next run applies what is missing, and asks nothing about the rest', async () => {
  declare(special)
  asked()
  const { code, summary } = await fleet.report('up', '--shards', '3')
  assert.equal(code, 0)
  assert.deepEqual(summary, { ...none, added: 2, unchanged: count - 2 })
  assert.deepEqual(asked(), { clientToken: 2, clientMaintenance: 2 })
  assert.deepEqual(Object.values(fleet.states()).flat().sort(), everyone)
})

test('one change among all is one token and one PUT', async () => {
  declare({ ...special, 7: { comments: 'Outra descrição' } })
  const { summary } = await fleet.report('up', '--shards', '3')
  assert.deepEqual(summary, { ...none, changed: 1, unchanged: count - 1 })
  assert.deepEqual(asked(), { clientToken: 1, clientMaintenance: 1 })
})

test('clients move between stacks: one forgets them, one adopts them, and none is lost or doubled', async () => {
  // Both ways of moving at once: another `stack:`, and fewer shards.
  declare({ 1: { stack: 'outra' }, 7: { comments: 'Outra descrição' } })
  const before = fleet.states()
  const { code, summary } = await fleet.report('up', '--shards', '2')
  assert.equal(code, 0)
  const states = fleet.states()
  assert.deepEqual(Object.values(states).flat().sort(), everyone)
  assert.deepEqual(states.outra, ['app-1'])
  assert.deepEqual([states['fleet-3'], states.especial?.includes('app-1')], [[], false])
  const moved = Object.entries(states).flatMap(([stack, keys]) =>
    keys.filter((key) => !before[stack]?.includes(key)),
  )
  assert.deepEqual(summary, {
    ...none,
    added: moved.length,
    removed: moved.length,
    unchanged: count - moved.length,
  })
  for (const [index] of everyone.entries()) {
    const client = emulator.registered('neoid', clientIdOf(index))
    const comments = index === 7 ? 'Outra descrição' : 'Assinatura de requerimentos'
    assert.equal(client?.comments, comments)
  }
})

test('a refresh proves every client with a token and writes nothing', async () => {
  asked()
  const { code, summary } = await fleet.report('refresh', '--shards', '2')
  assert.equal(code, 0)
  assert.deepEqual(summary, { ...none, unchanged: count })
  assert.deepEqual(asked(), { clientToken: count })
})

test('a job runs its part of the stacks alone', async () => {
  const jobs = [
    await fleet.report('preview', '--shards', '2', '--shard', '1/2'),
    await fleet.report('preview', '--shards', '2', '--shard', '2/2'),
  ]
  const [first, second] = jobs.map(({ stacks }) => stacks.map(({ stack }) => stack))
  assert.ok(first && second && first.length > 0 && second.length > 0)
  assert.deepEqual(
    first.filter((stack) => second.includes(stack)),
    [],
  )
  assert.equal(
    jobs.reduce((sum, { summary }) => sum + summary.unchanged, 0),
    count,
  )
})

test('a secret that is refused at a preview is told, and so is how many entries it kept from being looked at', async () => {
  declare({ 7: { comments: 'Outra descrição', secret: 'HOME' }, 1: { stack: 'outra' } })
  const { code, summary, stacks } = await fleet.report('preview', '--shards', '2')
  assert.equal(code, 1)
  assert.equal(summary.refused, 1)
  const { removed: _, ...told } = summary
  assert.equal(
    Object.values(told).reduce((sum, number) => sum + number, 0),
    count,
  )
  const [problem] = stacks.flatMap(({ problems }) => problems)
  assert.match(problem?.message ?? '', /AUTENTICACAO_INVALIDA_CLIENT_OAUTH/)
})

test('a PSC that is down is a warning of the preview, and a failure where the proof is required', async () => {
  const nobody = 'http://127.0.0.1:9/psc/v0/oauth'
  fleet.write('clients.yaml', manifestOf(nobody, 1, { 0: { stack: 'nova' } }))
  const config = { 'psc:timeoutSeconds': 1 }
  fleet.write('Pulumi.nova.yaml', JSON.stringify({ config }))
  const { code, stacks } = await fleet.report('preview')
  assert.equal(code, 0)
  const said = stacks.flatMap(({ warnings }) => warnings.map(({ message }) => message))
  assert.match(said.join(), /neoid could not prove/)
  fleet.write('shared.yaml', JSON.stringify({ config: { ...config, 'psc:preflight': 'required' } }))
  const strict = await fleet.report('preview', '--config-file', 'shared.yaml')
  assert.deepEqual([strict.code, strict.summary.failed, strict.summary.refused], [1, 1, 0])
})

test('a client that is declared twice, in two stacks, is refused before anything starts', async () => {
  const manifest = manifestOf(emulator.baseUrls.neoid, count, {
    0: { stack: 'a' },
    1: { stack: 'b' },
  })
  fleet.write('clients.yaml', manifest.replaceAll(clientIdOf(1), clientIdOf(0)))
  asked()
  const { code, stdout, stderr } = await fleet.run('up', '--shards', '3')
  assert.equal(code, 1)
  assert.match(stderr, /client app-1[\s\S]*clientId: .*\[ERR_PSC_DUPLICATE_CLIENT\]/)
  assert.equal(stdout, '')
  assert.deepEqual(asked(), {})
  assert.equal(fleet.states().a, undefined)
})

test('a stack that another program manages too is left alone', async () => {
  await fleet.pulumi('dados', 'stack', 'init', '--no-select')
  await addStranger(fleet, 'dados')
  declare({ 3: { stack: 'dados' } })
  const { code, stacks } = await fleet.report('preview', '--shards', '2')
  assert.equal(code, 1)
  assertLeftAlone(stacks, 'dados')
})

test('so is one of the fleet, whether anything is declared in it or not', async () => {
  await addStranger(fleet, 'fleet-1')
  await addStranger(fleet, 'outra')
  const { code, stacks } = await fleet.report('up', '--shards', '2')
  assert.equal(code, 1)
  for (const stack of ['fleet-1', 'outra']) {
    assertLeftAlone(stacks, stack)
    assert.match(await fleet.pulumi(stack, 'stack', 'export'), /::banco"/)
  }
})

test('with --json, what keeps a run from beginning is one document too', async () => {
  fleet.write('wrong.yaml', '{ "clients": { "a": {} } }')
  for (const [args, expected, says] of [
    [['preview', 'wrong.yaml', '--shards', '1'], 1, /client a[^]*clientId/],
    [['preview', '--shards', '1', '--config-file', 'none.yaml'], 2, /none\.yaml cannot be read/],
  ] as const) {
    const { code, stdout } = await fleet.run(...args, '--json')
    const { status, error } = JSON.parse(stdout) as { status: string; error: { message: string } }
    assert.deepEqual([code, status], [expected, 'failed'])
    assert.match(error.message, says)
  }
})

test('a PSC whose address is in the settings that the stacks share is known when the manifest is judged', async () => {
  const own = { novo: { extends: 'standard' } }
  const manifest = JSON.parse(manifestOf(emulator.baseUrls.neoid, 1, { 0: { stack: 'nova' } })) as {
    clients: Record<string, object>
  }
  const clients = { 'app-0': { ...manifest.clients['app-0'], psc: 'novo' } }
  fleet.write('clients.yaml', JSON.stringify({ ...manifest, pscs: own, clients }))
  assert.match((await fleet.run('preview')).stderr, /"novo" needs a baseUrl/)
  const baseUrls = { novo: emulator.baseUrls.standard }
  const config = { 'psc:baseUrls': baseUrls, 'psc:preflight': 'off' }
  fleet.write('shared.yaml', JSON.stringify({ config }))
  const { stacks } = await fleet.report('preview', '--config-file', 'shared.yaml')
  const nova = stacks.find(({ stack }) => stack === 'nova')
  assert.deepEqual([nova?.outcome, nova?.added], ['done', 1])
  declare()
})

test('entries without a stack need a number of shards', async () => {
  const { code, stderr } = await fleet.run('preview')
  assert.equal(code, 2)
  assert.match(stderr, /12 of the entries name no stack.*--shards 1/)
})

/** Adds a resource of another program to the state of a stack. */
async function addStranger(folder: FleetFolder, stack: string): Promise<void> {
  const state = JSON.parse(await folder.pulumi(stack, 'stack', 'export')) as {
    deployment: { resources?: object[] }
  }
  const type = 'random:index/randomId:RandomId'
  const urn = `urn:pulumi:${stack}::psc::${type}::banco`
  state.deployment.resources = [...(state.deployment.resources ?? []), { urn, custom: false, type }]
  folder.write('state.json', JSON.stringify(state))
  await folder.pulumi(stack, 'stack', 'import', '--file', 'state.json')
}

function assertLeftAlone(stacks: FleetReport['stacks'], name: string): void {
  const { outcome, problems } = stacks.find(({ stack }) => stack === name) ?? {}
  assert.equal(outcome, 'failed')
  assert.match(problems?.[0]?.message ?? '', /also has .*::banco.*another program manages it/)
}
