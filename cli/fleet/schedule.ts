import { setTimeout as wait } from 'node:timers/promises'
import type { ManifestClient } from '../../provider/manifest/index.ts'
import { say } from '../../provider/say.ts'
import type { FleetSettings, KnownStack, Part, StackResult } from './protocol.ts'
import type { Counts } from './outcomes.ts'
import { WorkerProcess } from './worker-process.ts'

/** Receives the events of a run. */
export interface FleetListener {
  started(stack: string): void
  counted(stack: string, counts: Counts): void
  /** The stack is in use by another run; this one tries it again. */
  waiting(stack: string): void
  ended(stack: string, result: StackResult): void
}

export interface ScheduleOptions {
  readonly settings: FleetSettings
  /** The number of concurrent stacks. */
  readonly parallel: number
  /** How long to retry a stack in use by another run, in milliseconds. */
  readonly lockWaitMs: number
  /** Finds clients of the manifest by their keys, in whichever stack. */
  readonly declared: (keys: readonly string[]) => readonly ManifestClient[]
  /** Aborted: no stack begins, and the running ones finish. */
  readonly stop: AbortSignal
  /** Aborted: the running stacks are killed. */
  readonly kill: AbortSignal
}

/** The wait before the next try of a stack in use, in milliseconds. */
const lockPauseMs = 2_000

/**
 * Runs every part, several at once. A failure in one does not end the others.
 *
 * @param first a worker that runs already; it ends with the run.
 */
export async function runParts(
  first: WorkerProcess,
  parts: readonly Part[],
  known: readonly KnownStack[],
  options: ScheduleOptions,
  listener: FleetListener,
): Promise<Map<string, StackResult>> {
  const results = new Map<string, StackResult>()
  const queue = parts.map((part) => ({ part, notBefore: 0, giveUpAt: Infinity }))
  const byName = new Map(known.map((stack) => [stack.name, stack]))

  const work = async (begun?: WorkerProcess) => {
    let worker = begun ?? new WorkerProcess(options.settings)
    const stop = () => {
      worker.stop()
    }
    const kill = () => {
      worker.kill()
    }
    options.stop.addEventListener('abort', stop)
    options.kill.addEventListener('abort', kill)
    try {
      while (!options.stop.aborted) {
        const next = queue.shift()
        if (!next) return
        const pause = Math.max(0, next.notBefore - performance.now())
        if (pause > 0) await wait(pause, undefined, { signal: options.stop })
        if (!worker.isAlive) worker = new WorkerProcess(options.settings)
        const { stack } = next.part
        listener.started(stack)
        const onCount = (counts: Counts) => {
          listener.counted(stack, counts)
        }
        const result = await worker.run(next.part, byName.get(stack), options.declared, onCount)
        const now = performance.now()
        // Counts from the first failed try.
        const giveUpAt = Math.min(next.giveUpAt, now + options.lockWaitMs)
        if (result.outcome === 'locked' && now < giveUpAt) {
          // By then the other run has created or filled it.
          const isOurs = byName.get(stack)?.isOurs ?? false
          byName.set(stack, { name: stack, isEmpty: false, isEmptied: false, isOurs })
          queue.push({ part: next.part, notBefore: now + lockPauseMs, giveUpAt })
          listener.waiting(stack)
          continue
        }
        results.set(stack, result)
        listener.ended(stack, result)
      }
    } catch (error) {
      if (!options.stop.aborted) throw error
    } finally {
      options.stop.removeEventListener('abort', stop)
      options.kill.removeEventListener('abort', kill)
      await worker.end()
    }
  }
  const others = Math.max(0, Math.min(options.parallel, parts.length) - 1)
  await Promise.all([work(first), ...Array.from({ length: others }, () => work())])
  return results
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Turns Ctrl-C into signals. */
export interface Interruption extends Disposable {
  /** Ctrl-C: no stack begins, and the running ones finish. */
  readonly stop: AbortSignal
  /** A second Ctrl-C: the running stacks are killed. */
  readonly kill: AbortSignal
}

export function listenForInterruption(tell: (line: string) => void): Interruption {
  const stop = new AbortController()
  const kill = new AbortController()
  const interrupt = () => {
    if (stop.signal.aborted) kill.abort()
    else tell(say`Stopping after the running stacks finish. Press Ctrl-C again to kill them.`)
    stop.abort()
  }
  for (const signal of signals) process.on(signal, interrupt)
  return {
    stop: stop.signal,
    kill: kill.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, interrupt)
    },
  }
}
