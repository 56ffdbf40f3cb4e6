import assert from 'node:assert/strict'
import { killTree } from '../../cli/processes.ts'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { FleetFolder } from '../cli/fleet/folder.ts'
import { clientIdOf, emulatorOf, manifestOf, secret } from '../cli/fleet/manifest.ts'
import type { Backend } from './backend.ts'

export interface Size {
  readonly clients: number
  readonly stacks: number
}

/** Two runners apply the same fleet through the same backend at the same time; one is killed half-way and run again. */
export async function runTwoRunners(backend: Backend, size: Size): Promise<void> {
  const watch = await watchWrites(size.clients)
  const { emulator } = watch
  const options = { backend: backend.url, env: { ...backend.env, PORTAL_SECRET: secret } }
  const [first, second] = [new FleetFolder(options), new FleetFolder(options)]
  try {
    const manifest = manifestOf(emulator.baseUrls.neoid, size.clients)
    const shards = ['--shards', String(size.stacks), '--parallel', '2']
    for (const runner of [first, second]) runner.write('clients.yaml', manifest)

    // The CLI makes its table in a new PostgreSQL database, which two cannot do at the same time.
    assert.equal((await first.run('preview', ...shards)).code, 0)

    const killed = first.start('up', ...shards)
    const survivor = second.start('up', ...shards, '--json', '--lock-wait', '0')
    await Promise.race([watch.halfWay, killed.ended])
    // As when its machine goes away: the runner, its engines and their providers at once.
    if (killed.process.pid !== undefined) killTree(killed.process.pid)
    assert.deepEqual(watch.written(2), [], 'at the same time')
    await killed.ended
    // One that had finished was not killed in the middle, and would prove nothing.
    assert.equal(killed.process.signalCode, 'SIGKILL')
    const { stdout, stderr } = await survivor.ended
    assert.ok(stdout.startsWith('{'), stderr)

    // What the killed runner was at is locked, and stays so until somebody says that it is gone.
    // The survivor need not have met each lock: it may have left a stack before the killed runner came to it.
    for (const stack of stacksIn(stdout)) await first.pulumi(stack, 'cancel', '--yes')
    const again = await first.report('up', ...shards)
    assert.equal(again.code, 0, JSON.stringify(again.stacks.flatMap(({ problems }) => problems)))
    assert.equal(again.summary.added + again.summary.unchanged, size.clients)
    assertDeclared(emulator, size.clients)
    // The killed runner may have written what it could not record: that, and only that, is written once more.
    assert.deepEqual(watch.written(3), [])

    emulator.requests.clear()
    const { code, summary } = await second.report('preview', ...shards)
    assert.deepEqual([code, summary.unchanged], [0, size.clients])
    assert.deepEqual(emulator.requests.list(), [])
  } finally {
    first.remove()
    second.remove()
    await emulator.close()
  }
}

/** An emulator that tells when half of the clients are written, and which were written how often. */
async function watchWrites(count: number): Promise<{
  readonly emulator: Emulator
  readonly halfWay: Promise<undefined>
  /** The clients that were written at least so often. */
  written(times: number): string[]
}> {
  const half = Promise.withResolvers<undefined>()
  const writes = new Map<string, number>()
  const emulator = await startEmulator({
    config: emulatorOf(count),
    onRequest(line) {
      const clientId = /^PUT .*\(neoid, ([^),]+)/.exec(line)?.[1]
      if (clientId === undefined) return
      writes.set(clientId, (writes.get(clientId) ?? 0) + 1)
      if (writes.size >= count / 2) half.resolve(undefined)
    },
  })
  return {
    emulator,
    halfWay: half.promise,
    written: (times) =>
      [...writes].filter(([, number]) => number >= times).map(([clientId]) => clientId),
  }
}

function assertDeclared(emulator: Emulator, count: number): void {
  for (let index = 0; index < count; index++) {
    const client = emulator.registered('neoid', clientIdOf(index))
    assert.deepEqual(client?.redirectUris, [
      `https://portal.exemplo.gov.br/app-${index}/callback`,
      `https://portal.exemplo.gov.br/app-${index}/outro-callback`,
    ])
  }
}

function stacksIn(report: string): string[] {
  const { stacks } = JSON.parse(report) as { stacks: { stack: string }[] }
  return stacks.map(({ stack }) => stack)
}
