import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { descendantsOf } from '../../cli/processes.ts'
import { type FleetReport, useFleet } from '../cli/fleet/folder.ts'
import { clientIdOf } from '../cli/fleet/manifest.ts'

const count = 6
const firstWrite = Promise.withResolvers<undefined>()
let onWrite = (): void => undefined

const fixture = useFleet({
  count,
  isKilled: true,
  onRequest(line) {
    if (!line.startsWith('PUT')) return
    firstWrite.resolve(undefined)
    onWrite()
  },
})

test('After Ctrl-C the running stacks finish, no other stack begins, and no lock stays', async () => {
  const { process: child, ended } = fixture.fleet.start(
    'up',
    '--shards',
    '2',
    '--parallel',
    '1',
    '--json',
  )
  await Promise.race([firstWrite.promise, ended])
  child.kill('SIGINT')
  const { code, stdout } = await ended
  assert.equal(code, 1)
  const { stacks } = JSON.parse(stdout) as { stacks: { outcome: string }[] }
  assert.ok(stacks.some(({ outcome }) => outcome === 'not begun'))

  const again = await fixture.fleet.report('up', '--shards', '2')
  assert.equal(again.code, 0, JSON.stringify(again.stacks))
  assert.equal(again.summary.added + again.summary.unchanged, count)
  for (let index = 0; index < count; index++) {
    assert.equal(fixture.emulator.registered('neoid', clientIdOf(index))?.redirectUris.length, 2)
  }
})

test('A second Ctrl-C kills every process at once and says how to unlock the stack', async () => {
  fixture.emulator.faults.add({ kind: 'hang', operation: 'clientMaintenance', times: 'always' })
  fixture.declare({ 0: { comments: 'Outra' } }, 1)
  const { process: runner, ended } = fixture.fleet.start('up', '--shards', '1', '--json')
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

test('After Ctrl-C while the stacks are listed, no stack begins', async () => {
  const { process: runner, ended } = fixture.fleet.start('up', '--shards', '1')
  const { stderr } = runner
  assert.ok(stderr)
  await Promise.race([once(stderr, 'data'), ended])
  runner.kill('SIGINT')
  const { code, stderr: output } = await ended
  assert.equal(code, 1)
  assert.match(output, /\[ERR_PSC_FLEET_STOPPED\]\n$/)
})

/** Not one that has ended and that nobody has asked about. */
function isRunning({ pid }: { pid: number }): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout)
}
