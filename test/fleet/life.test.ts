import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noCounts } from '../../cli/fleet/outcomes.ts'
import { useFleet } from '../cli/fleet/folder.ts'
import { clientIdOf } from '../cli/fleet/manifest.ts'

// Two of them in a stack of their own; of the others, three are in the first shard and one is in the second.
const count = 6
const special = { 0: { stack: 'especial' }, 1: { stack: 'especial' } }

// The PSC knows one more.
const fixture = useFleet({ count: count + 1 })
const { countRequests } = fixture
const declare = (special: Parameters<typeof fixture.declare>[0]): void => {
  fixture.declare(special, count)
}

const none = { ...noCounts, notReached: 0 }
const everyone = Array.from({ length: count }, (_, index) => `app-${index}`)
const declaredIn = (states: Record<string, string[]>) => Object.values(states).flat().sort()

// One life, in order: each test goes on from the one before it.

test('Two jobs preview disjoint parts of a new fleet, count what they would add and write nothing', async () => {
  declare(special)
  const jobs = [
    await fixture.fleet.report('preview', '--shards', '2', '--shard', '1/2'),
    await fixture.fleet.report('preview', '--shards', '2', '--shard', '2/2'),
  ]
  const stacks = jobs.map((job) => job.stacks.map(({ stack }) => stack))
  assert.deepEqual(stacks.flat().sort(), ['especial', 'fleet-1', 'fleet-2'])
  assert.ok(stacks.every(({ length }) => length > 0))
  for (const { code, summary, stacks } of jobs) {
    const added = stacks.reduce((sum, stack) => sum + stack.added, 0)
    assert.deepEqual([code, summary], [0, { ...none, added }])
  }
  assert.equal(
    jobs.reduce((sum, { summary }) => sum + summary.added, 0),
    count,
  )
  assert.deepEqual(countRequests(), { clientToken: count })
  assert.deepEqual(fixture.fleet.states(), {}, 'a preview creates no stack')
})

test('A refresh fails where nothing was applied yet, whether the stack exists or not', async () => {
  await fixture.fleet.pulumi('fleet-1', 'stack', 'init', '--no-select')
  for (const prefix of ['fleet', 'nova']) {
    const args = ['--shards', '1', '--prefix', prefix]
    const { code, summary, stacks } = await fixture.fleet.report('refresh', ...args)
    assert.deepEqual([code, summary], [1, { ...none, notReached: count }])
    assert.deepEqual(
      stacks.map(({ problems }) => problems.map(({ code }) => code)),
      stacks.map(() => ['ERR_PSC_FLEET_NOT_APPLIED']),
    )
  }
  assert.deepEqual(countRequests(), {})
})

test('An up applies the other clients when two of them fail', async () => {
  declare({
    ...special,
    // The name of the other client at the PSC.
    0: { stack: 'especial', name: 'Aplicação 6' },
    4: { secret: 'ABSENT' },
  })
  const { code, summary, stacks } = await fixture.fleet.report('up', '--shards', '1')
  assert.equal(code, 1)
  assert.deepEqual(summary, { ...none, added: count - 2, refused: 1, failed: 1 })
  const problems = stacks.flatMap((stack) => stack.problems)
  assert.deepEqual(problems.map(({ entry, kind, code }) => [entry, kind, code]).sort(), [
    ['app-0', 'refused', 'APLICACAO_OAUTH_NOME_JA_CADASTRADO'],
    ['app-4', 'failed', 'ERR_PSC_SECRET_UNAVAILABLE'],
  ])
})

test('The next up applies what is missing and what has changed, and sends nothing about the rest', async () => {
  declare({ ...special, 3: { comments: 'Outra descrição' } })
  countRequests()
  const { code, summary } = await fixture.fleet.report('up', '--shards', '1')
  assert.equal(code, 0)
  assert.deepEqual(summary, { ...none, added: 2, changed: 1, unchanged: count - 3 })
  assert.deepEqual(countRequests(), { clientToken: 3, clientMaintenance: 3 })
  assert.deepEqual(declaredIn(fixture.fleet.states()), everyone)
})

test('Clients move between stacks: one stack forgets them, one adopts them, none is lost or doubled', async () => {
  // Both ways to move at once: another `stack:`, and more shards.
  declare({ 1: { stack: 'outra' }, 3: { comments: 'Outra descrição' } })
  const before = fixture.fleet.states()
  const { code, summary, stacks } = await fixture.fleet.report('up', '--shards', '2')
  assert.equal(code, 0)
  const states = fixture.fleet.states()
  assert.deepEqual(declaredIn(states), everyone)
  assert.deepEqual(
    [states.outra, states.especial, states['fleet-2']],
    [['app-1'], [], ['app-0', 'app-4']],
  )
  const moved = Object.entries(states).flatMap(([stack, keys]) =>
    keys.filter((key) => !before[stack]?.includes(key)),
  )
  assert.deepEqual(summary, {
    ...none,
    added: moved.length,
    removed: moved.length,
    unchanged: count - moved.length,
  })
  const warnings = stacks.flatMap((stack) => stack.warnings)
  assert.deepEqual(
    warnings.map(({ entry, code }) => [entry, code]).sort(),
    [
      [undefined, 'WARN_PSC_STACK_EMPTIED'],
      ...moved.map((key) => [key, 'WARN_PSC_STAYS_REGISTERED']),
    ].sort(),
  )
  for (const [index] of everyone.entries()) {
    const client = fixture.emulator.registered('neoid', clientIdOf(index))
    const comments = index === 3 ? 'Outra descrição' : 'Assinatura de requerimentos'
    assert.equal(client?.comments, comments)
  }
})

test('A refresh verifies every client with a token, writes nothing and leaves out emptied stacks', async () => {
  countRequests()
  const { code, summary, stacks } = await fixture.fleet.report('refresh', '--shards', '2')
  assert.equal(code, 0)
  assert.deepEqual(summary, { ...none, unchanged: count })
  assert.deepEqual(
    stacks.map(({ stack }) => stack),
    ['fleet-1', 'fleet-2', 'outra'],
  )
  assert.deepEqual(countRequests(), { clientToken: count })
})
