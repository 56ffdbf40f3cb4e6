import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { noCounts } from '../../../cli/fleet/tally.ts'
import { killTree } from '../../../cli/processes.ts'
import { FleetFolder } from './folder.ts'
import { clientIdOf, emulatorOf, manifestOf, secret } from './manifest.ts'

const count = 12
const clients = Array.from({ length: count }, (_, index) => index)

let emulator: Emulator
let fleet: FleetFolder
let onWrite = (): void => undefined

before(async () => {
  emulator = await startEmulator({
    config: emulatorOf(count),
    onRequest(line) {
      if (line.startsWith('PUT')) onWrite()
    },
  })
  // What the user's environment says of checkpoints must not matter.
  const env = { PORTAL_SECRET: secret, PULUMI_SKIP_CHECKPOINTS: 'true' }
  fleet = new FleetFolder({ env, isKilled: true })
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

function declare(comments: string, stack = 'fleet-1'): void {
  const special = Object.fromEntries(clients.map((index) => [index, { comments, stack }]))
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, count, special))
}

const atThePsc = () => clients.map((index) => emulator.registered('neoid', clientIdOf(index)))

/** Kills an `up` in the middle of its writes, with its engine and provider. */
async function killedUp(): Promise<void> {
  const { promise: written, resolve } = Promise.withResolvers<undefined>()
  let writes = 0
  onWrite = () => {
    if (++writes === 4) resolve(undefined)
  }
  // All others take effect too, and nobody hears of it.
  const lost = { kind: 'hang', when: 'after', operation: 'clientMaintenance' } as const
  emulator.faults.add({ ...lost, skip: 4, times: 'always' })
  const runner = fleet.start('up')
  await Promise.race([written, runner.ended])
  assert.ok(runner.process.pid)
  killTree(runner.process.pid)
  await runner.ended
  assert.equal(runner.process.signalCode, 'SIGKILL')
  await fleet.pulumi('fleet-1', 'cancel', '--yes')
  const changed = atThePsc().filter((client) => client?.comments === 'Dois').length
  assert.ok(changed >= 4, `${changed} were changed before the kill`)
  emulator.faults.clear()
}

function assertDeclared(comments: string): void {
  assert.deepEqual(
    atThePsc().map((client) => client?.comments),
    clients.map(() => comments),
  )
}

test('a change that was cut short and is taken back is taken back at the PSC too', async () => {
  declare('Um')
  assert.equal((await fleet.report('up')).code, 0)
  declare('Dois')
  await killedUp()

  declare('Um')
  const again = await fleet.report('up')
  assert.equal(again.code, 0, JSON.stringify(again.stacks))
  assert.ok(again.summary.changed > 0)
  assertDeclared('Um')
  // No client has left the stack: it was written again.
  assert.doesNotMatch(JSON.stringify(again.stacks), /leaves this stack/)
  const { summary } = await fleet.report('preview')
  assert.deepEqual(summary, { ...noCounts, notReached: 0, unchanged: count })
})

test('so it is if the clients are declared in another stack meanwhile', async () => {
  declare('Dois')
  await killedUp()
  declare('Um', 'outra')
  const { code, stacks } = await fleet.report('up')
  assert.equal(code, 0, JSON.stringify(stacks))
  assertDeclared('Um')
  const states = fleet.states()
  assert.deepEqual([states['fleet-1']?.length, states.outra?.length], [0, count])
})
