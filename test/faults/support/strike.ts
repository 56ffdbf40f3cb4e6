import { setImmediate as turn } from 'node:timers/promises'
import type { Emulator } from '../../../emulator/index.ts'
import { closeConnections } from '../../../provider/http/connections.ts'
import { ManualClock } from '../../http/support/clock.ts'
import type { Fault } from './faults.ts'
import { type Operation, startServer } from './operations.ts'

/** What became of an operation that a fault struck. */
export interface Outcome {
  readonly requests: number
  /** Every line, in order; the last one is the error, if there is one. */
  readonly seen: readonly string[]
  readonly atTheServer: string
  readonly inTheState: string
}

/** Lets a fault strike an operation; no time passes but that of the operation's own clock. */
export async function strike(
  operation: Operation,
  fault: Fault,
  listen: (heard: (line: string) => void) => void,
): Promise<Outcome> {
  const emulator = await startServer()
  const clock = new ManualClock()
  const seen: string[] = []
  try {
    const prepared = await operation.prepare(emulator, clock)
    listen((line) => seen.push(line))
    if (fault.script) emulator.faults.add({ ...fault.script, operation: operation.asked })
    else await emulator.close()
    const running = prepared.run().catch((error: unknown) => {
      seen.push(error instanceof Error ? error.message : String(error))
      return prepared.afterFailure(error)
    })
    if (fault.hangs) await endHangs(running, emulator, clock)
    const inTheState = await running
    const requests = emulator.requests.list({ operation: operation.asked }).length
    emulator.faults.clear()
    return {
      requests,
      seen: seen.map((line) => withoutChance(line, emulator.url)),
      inTheState,
      atTheServer: fault.script ? await prepared.left() : 'nothing arrived',
    }
  } finally {
    await closeConnections()
    await emulator.close()
  }
}

/** Every request that was struck waits until the time limit ends it. */
async function endHangs(
  running: Promise<unknown>,
  emulator: Emulator,
  clock: ManualClock,
): Promise<void> {
  let ended = 0
  let over = false
  void running.then(() => (over = true))
  const isOver = (): boolean => over
  while (!isOver()) {
    await turn()
    const struck = emulator.requests.list().filter((request) => request.fault !== undefined).length
    if (struck === ended) continue
    ended = struck
    clock.expire()
  }
}

/** Ports, and which of several codes a lost connection shows, are not the same every time. */
function withoutChance(line: string, url: string): string {
  return line
    .replaceAll(url, 'https://psc.exemplo')
    .replace(/\((ECONNRESET|UND_ERR_SOCKET|EPIPE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)\)/, '(…)')
}
