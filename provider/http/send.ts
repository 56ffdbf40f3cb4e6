import { attempt } from './attempt.ts'
import { type Clock, systemClock } from './clock.ts'
import { HttpFailure } from './failure.ts'
import type { HttpRequest, HttpResponse } from './message.ts'
import { decide, type Outcome } from './retry.ts'

export type { HttpRequest, HttpResponse } from './message.ts'

/** What bounds an operation and who hears of its retries. */
export interface SendOptions {
  /** The end of the whole operation on the clock's `now`, in milliseconds. */
  readonly deadline: number
  /** Open connections to this server at once. */
  readonly maxConnections: number
  /** Called before each wait, with the reason of the retry and the wait in milliseconds. */
  readonly onRetry?: (reason: string, delayMs: number) => void
  /** Asked before each attempt; false ends the operation. Default: true. */
  readonly stillWanted?: () => boolean | Promise<boolean>
  /** Default: this machine's. */
  readonly clock?: Clock
}

/** A server that hangs leaves time for another attempt, unless there is none: a third of it, at least this, in milliseconds. */
const shortestLimitMs = 5_000

/**
 * Sends a request until it is answered for good, or until the deadline.
 *
 * Redirects are never followed: the request carries a secret or a token. The last answer is returned whatever
 * its status.
 *
 * @throws {HttpFailure} when there was no answer, or none that could be read whole.
 */
export async function send(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { deadline, maxConnections, onRetry, clock = systemClock } = options
  const { stillWanted = () => true } = options
  const repeatable = request.repeatable ?? true
  const limitMs = repeatable
    ? Math.max(shortestLimitMs, (deadline - clock.now()) / 3)
    : deadline - clock.now()
  let uncertain = false
  for (let count = 1; ; count++) {
    const result = await attempt(request, {
      clock,
      deadline,
      limitMs,
      maxConnections,
      stillWanted,
    })
    const wasUncertain = uncertain
    uncertain ||= isUncertain(result)
    const decision = decide(toOutcome(result), {
      attempt: count,
      timeLeftMs: repeatable ? deadline - clock.now() : 0,
      now: clock.date(),
      random: Math.random(),
    })
    if (!decision.repeat) {
      if (result instanceof HttpFailure) throw wasUncertain ? result.afterAnother() : result
      return { ...result, ...(uncertain && { uncertain }), comeBackAt: decision.comeBackAt }
    }
    const reason = result instanceof HttpFailure ? result.message : `HTTP ${result.status}`
    onRetry?.(reason, decision.delayMs)
    await clock.wait(decision.delayMs)
  }
}

/** Whether the server may have carried the request out, though its answer does not say so. */
function isUncertain(result: HttpResponse | HttpFailure): boolean {
  if (result instanceof HttpFailure) return !result.neverSent
  return result.status >= 500 || result.status === 408
}

function toOutcome(result: HttpResponse | HttpFailure): Outcome {
  if (result instanceof HttpFailure) return { kind: 'failure', transient: result.transient }
  const retryAfter = result.headers['retry-after']
  return {
    kind: 'response',
    status: result.status,
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
  }
}
