import { setTimeout as wait } from 'node:timers/promises'

/** Time, as everything that waits or gives up sees it; a test brings its own. */
export interface Clock {
  /** A clock that only ever goes forward, in milliseconds: deadlines are points on it. */
  now(): number
  /** The time of day. */
  date(): Date
  /** Fulfilled after so many milliseconds. */
  wait(milliseconds: number): Promise<unknown>
  /** Aborted after so many milliseconds, with a `TimeoutError` as its reason. */
  timeout(milliseconds: number): AbortSignal
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  wait: (milliseconds) => wait(milliseconds),
  timeout: (milliseconds) => AbortSignal.timeout(Math.ceil(milliseconds)),
}
