import { setTimeout as wait } from 'node:timers/promises'

/** A request, whole: what is sent does not depend on the attempt. */
export interface HttpRequest {
  readonly method: 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** False for what may be sent once only, such as an authorization code (default true). */
  readonly repeatable?: boolean
}

/** An answer, whole. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Empty when it was too long. */
  readonly body: string
  /** More than 1 MiB was sent: reading ended there, and nothing of it was kept. */
  readonly tooLong?: boolean
  /** This answer, or that of an attempt before it, leaves open whether the request was carried out. */
  readonly uncertain?: true
  /** Until when the server asked to be left alone, where that is beyond the deadline or the request is sent once only. */
  readonly comeBackAt?: Date | undefined
}

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
