import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killTree } from '../../cli/processes.ts'
import { useFleet } from '../cli/fleet/folder.ts'
import { clientIdOf } from '../cli/fleet/manifest.ts'

const clients = Array.from({ length: 12 }, (_, index) => index)

let onWrite = (): void => undefined

const fixture = useFleet({
  count: clients.length,
  isKilled: true,
  // What the user's environment says of checkpoints must not matter.
  env: { PULUMI_SKIP_CHECKPOINTS: 'true' },
  onRequest(line) {
    if (line.startsWith('PUT')) onWrite()
  },
})

function declare(comments: string): void {
  fixture.declare(Object.fromEntries(clients.map((index) => [index, { comments, stack: 'unica' }])))
}

const commentsAtThePsc = () =>
  clients.map((index) => fixture.emulator.registered('neoid', clientIdOf(index))?.comments)

/** Kills an `up` in the middle of its writes, with its engine and provider. */
async function killedUp(): Promise<void> {
  const { promise: written, resolve } = Promise.withResolvers<undefined>()
  let writes = 0
  onWrite = () => {
    if (++writes === 4) resolve(undefined)
  }
  // All others take effect too, and nobody hears of it.
  const lost = { kind: 'hang', when: 'after', operation: 'clientMaintenance' } as const
  fixture.emulator.faults.add({ ...lost, skip: 4, times: 'always' })
  const runner = fixture.fleet.start('up')
  await Promise.race([written, runner.ended])
  assert.ok(runner.process.pid)
  killTree(runner.process.pid)
  await runner.ended
  assert.equal(runner.process.signalCode, 'SIGKILL')
  await fixture.fleet.pulumi('unica', 'cancel', '--yes')
  const changed = commentsAtThePsc().filter((comments) => comments === 'Dois').length
  assert.ok(changed >= 4, `${changed} were changed before the kill`)
  fixture.emulator.faults.clear()
}

test('A fleet reverts a change at the PSC that a killed run has begun', async () => {
  declare('Um')
  assert.equal((await fixture.fleet.report('up')).code, 0)
  declare('Dois')
  await killedUp()

  declare('Um')
  const again = await fixture.fleet.report('up')
  assert.equal(again.code, 0, JSON.stringify(again.stacks))
  assert.ok(again.summary.changed > 0)
  assert.deepEqual(
    commentsAtThePsc(),
    clients.map(() => 'Um'),
  )
  // No client has left the stack: it was written again.
  assert.doesNotMatch(JSON.stringify(again.stacks), /leaves this stack/)
})
