import { type Dispatcher, request as exchange } from 'undici'
import { type Connections, connectionsTo } from './connections.ts'
import { HttpFailure, noHttp, toHttpFailure } from './failure.ts'
import { type Clock, type HttpRequest, type HttpResponse, systemClock } from './message.ts'
import { decide, mayHaveTakenEffect, type Outcome } from './retry.ts'

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
  return mayHaveTakenEffect(result.status)
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

/** What bounds one attempt. */
export interface AttemptLimits {
  readonly clock: Clock
  /** The end of the whole operation on the clock's `now`, in milliseconds. */
  readonly deadline: number
  /** How long a server may take to answer once the request is on its way, in milliseconds. */
  readonly limitMs: number
  readonly maxConnections: number
  /** Asked right before the request goes out; false ends the operation. */
  readonly stillWanted: () => boolean | Promise<boolean>
}

/** An answer of a PSC is a few hundred bytes; what is longer than this is cut off. */
export const longestBodyBytes = 1_048_576

/**
 * Sends a request once.
 *
 * Waiting for a free connection takes from the operation's time, not from the server's.
 *
 * @returns the failure when there was no answer, or none that could be read whole.
 */
export async function attempt(
  request: HttpRequest,
  limits: AttemptLimits,
): Promise<HttpResponse | HttpFailure> {
  const { origin } = new URL(request.url)
  const { clock, deadline, maxConnections } = limits
  const left = () => Math.max(1, deadline - clock.now())
  let connections: Connections
  try {
    connections = connectionsTo(origin, maxConnections)
    await connections.slots.take(() => clock.timeout(left()))
  } catch (error) {
    if (error instanceof HttpFailure) return error
    const message = `no connection to ${origin} was free in time: raise psc:maxConnections (now ${maxConnections}) or psc:timeoutSeconds`
    return new HttpFailure('timeout', message, false, true)
  }
  const limitMs = Math.min(limits.limitMs, left())
  try {
    if (!(await limits.stillWanted())) {
      const message = `nobody waits for an answer of ${origin} any more`
      return new HttpFailure('abandoned', message, false, true)
    }
    const response = await exchange(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        // Without it, a server may answer in any encoding (RFC 9110, section 12.5.3).
        'accept-encoding': 'identity',
        'user-agent': 'pulumi-psc',
        ...request.headers,
      },
      body: request.body,
      signal: clock.timeout(limitMs),
      dispatcher: connections.dispatcher,
      // undici takes what is below 100 for what is below 200, and later ends the process with an assertion.
      onInfo({ statusCode }) {
        if (statusCode < 100) throw noHttp(origin)
      },
    })
    const { statusCode: status, headers } = response
    const body = await readBody(response.body)
    return body === undefined
      ? { status, headers, body: '', tooLong: true }
      : { status, headers, body }
  } catch (error) {
    const failure = toHttpFailure(error, origin, limitMs)
    if (!failure) throw error
    return failure
  } finally {
    connections.slots.release()
  }
}

/** The body as text; undefined for one that is too long, which is not read any further. */
async function readBody(stream: Dispatcher.ResponseData['body']): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    // Leaving the loop destroys the stream and its connection.
    if (size > longestBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
