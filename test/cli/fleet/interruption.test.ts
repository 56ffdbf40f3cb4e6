import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { descendantsOf } from '../../../cli/processes.ts'
import { FleetFolder, type FleetReport } from './folder.ts'
import { clientIdOf, emulatorOf, manifestOf, secret } from './manifest.ts'

const count = 20
const firstWrite = Promise.withResolvers<undefined>()
let onWrite = (): void => undefined

let emulator: Emulator
let fleet: FleetFolder

before(async () => {
  emulator = await startEmulator({
    config: emulatorOf(count),
    onRequest(line) {
      if (!line.startsWith('PUT')) return
      firstWrite.resolve(undefined)
      onWrite()
    },
  })
  fleet = new FleetFolder({ env: { PORTAL_SECRET: secret }, isKilled: true })
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, count))
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

test('Ctrl-C lets what is at work end, begins nothing new, and leaves no lock behind', async () => {
  const { process: child, ended } = fleet.start('up', '--shards', '6', '--parallel', '1', '--json')
  await Promise.race([firstWrite.promise, ended])
  child.kill('SIGINT')
  const { code, stdout } = await ended
  assert.equal(code, 1)
  const { stacks } = JSON.parse(stdout) as { stacks: { outcome: string }[] }
  assert.ok(stacks.some(({ outcome }) => outcome === 'not begun'))

  const again = await fleet.report('up', '--shards', '6')
  assert.equal(again.code, 0, JSON.stringify(again.stacks))
  assert.equal(again.summary.added + again.summary.unchanged, count)
  for (let index = 0; index < count; index++) {
    assert.equal(emulator.registered('neoid', clientIdOf(index))?.redirectUris.length, 2)
  }
})

test('a second Ctrl-C ends everything at once, and says how the stack is freed', async () => {
  emulator.faults.add({ kind: 'hang', operation: 'clientMaintenance', times: 'always' })
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, 1, { 0: { comments: 'Outra' } }))
  const { process: runner, ended } = fleet.start('up', '--shards', '1', '--json')
  const asked = new Promise<void>((resolve) => {
    onWrite = resolve
  })
  await Promise.race([asked, ended])
  runner.kill('SIGINT')
  const { stderr, pid } = runner
  assert.ok(stderr && pid !== undefined)
  await Promise.race([once(stderr, 'data'), ended])
  const started = descendantsOf(pid)
  runner.kill('SIGINT')
  const { code, stdout } = await ended
  assert.equal(code, 1)
  const [stack] = (JSON.parse(stdout) as FleetReport).stacks
  assert.equal(stack?.outcome, 'stopped')
  assert.match(stack.problems[0]?.message ?? '', /pulumi cancel --yes --stack fleet-1/)
  assert.ok(started.some(({ command }) => command.includes('dynamic-provider')))
  assert.deepEqual(started.filter(isRunning), [])
})

test('Ctrl-C while the backend is listed begins nothing', async () => {
  const { process: runner, ended } = fleet.start('up', '--shards', '1')
  const { stderr } = runner
  assert.ok(stderr)
  await Promise.race([once(stderr, 'data'), ended])
  runner.kill('SIGINT')
  const { code, stderr: said } = await ended
  assert.equal(code, 1)
  assert.match(said, /\[ERR_PSC_FLEET_STOPPED\]\n$/)
})

/** Not one that has ended and that nobody has asked about. */
function isRunning({ pid }: { pid: number }): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout)
}
