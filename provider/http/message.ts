import { setTimeout as wait } from 'node:timers/promises'

/** Holds a complete request. Every attempt sends the same. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** False for a request that is sent only once, such as one with an authorization code. Default: true. */
  readonly repeatable?: boolean
}

/** Holds a complete answer. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Empty when it was too long. */
  readonly body: string
  /** Whether the body had more than 1 MiB. Then it was dropped. */
  readonly tooLong?: boolean
  /** Whether the server may have carried out an earlier attempt. */
  readonly uncertain?: true
  /** How often the request was sent. Default: 1. */
  readonly attempts?: number
  /** When the server accepts the next request, if that is after the deadline or the request is sent only once. */
  readonly comeBackAt?: Date | undefined
}

/** Abstracts time for everything that waits or gives up. A test brings its own. */
export interface Clock {
  /** Milliseconds of a clock that only goes forward. */
  now(): number
  /** The time of day. */
  date(): Date
  wait(milliseconds: number): Promise<unknown>
  /** Aborts after so many milliseconds, with a `TimeoutError` as its reason. */
  timeout(milliseconds: number): AbortSignal
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  wait: (milliseconds) => wait(milliseconds),
  timeout: (milliseconds) => AbortSignal.timeout(Math.ceil(milliseconds)),
}
