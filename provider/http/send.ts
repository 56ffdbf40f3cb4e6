import { type Dispatcher, request as exchange } from 'undici'
import { connectionsTo } from './connections.ts'
import { HttpFailure, noHttp, toHttpFailure } from './failure.ts'
import { type Clock, type HttpRequest, type HttpResponse, systemClock } from './message.ts'
import { decide, mayHaveTakenEffect, type Outcome } from './retry.ts'

/** Holds the limits of an operation, which may send several requests. */
export interface SendOptions {
  /** The remaining time of the operation. Each request uses some of it. Waiting for a connection uses none. */
  readonly time: { leftMs: number }
  /** The limit of connections to this server. */
  readonly maxConnections: number
  /** Called before each wait, with the reason of the retry and its kind, such as `timeout` or `HTTP 503`. */
  readonly onRetry?: (reason: string, kind: string) => void
  /** Called right before each attempt. An error that it throws ends the request. */
  readonly beforeAttempt?: () => void | Promise<void>
  /**
   * Called after each attempt, with its answer; undefined without one.
   *
   * @returns whether it was the last.
   */
  readonly afterAttempt?: (response: HttpResponse | undefined) => boolean
  /** Default: this machine's. */
  readonly clock?: Clock
}

/** The shortest time limit of one attempt, in milliseconds, while there is time for another. */
const shortestLimitMs = 5_000

/**
 * Sends a request until there is a final answer, or until the operation's time is over.
 *
 * The time runs while the request holds a connection, retries and their waits included. Redirects are never followed:
 * the request holds a secret or a token. Returns the last answer, whatever its status.
 *
 * @throws {HttpFailure} without a complete answer.
 */
export async function send(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const { time, clock = systemClock } = options
  const { dispatcher, limit } = connectionsTo(new URL(request.url).origin, options.maxConnections)
  return limit(async () => {
    const began = clock.now()
    const deadline = began + time.leftMs
    try {
      return await sendUntil(deadline, request, dispatcher, { ...options, clock })
    } finally {
      time.leftMs -= clock.now() - began
    }
  })
}

type AttemptOptions = SendOptions & Required<Pick<SendOptions, 'clock'>>

async function sendUntil(
  deadline: number,
  request: HttpRequest,
  dispatcher: Dispatcher,
  options: AttemptOptions,
): Promise<HttpResponse> {
  const { onRetry, afterAttempt, clock } = options
  const { repeatable = true } = request
  const left = () => Math.max(1, deadline - clock.now())
  // A server that hangs leaves time for two more attempts.
  const longest = repeatable ? Math.max(shortestLimitMs, left() / 3) : left()
  let uncertain = false
  for (let count = 1; ; count++) {
    const result = await attempt(request, dispatcher, Math.min(longest, left()), options)
    const isLast = afterAttempt?.(result instanceof HttpFailure ? undefined : result) ?? false
    const decision = decide(toOutcome(result), {
      attempt: count,
      timeLeftMs: repeatable && !isLast ? deadline - clock.now() : 0,
      now: clock.date(),
      random: Math.random(),
    })
    if (!decision.repeat) {
      if (result instanceof HttpFailure) throw result.ofAttempt(count, uncertain)
      const { comeBackAt } = decision
      return { ...result, attempts: count, ...(uncertain && { uncertain }), comeBackAt }
    }
    uncertain ||= isUncertain(result)
    if (result instanceof HttpFailure) onRetry?.(result.message, result.kind)
    else onRetry?.(`HTTP ${result.status}`, `HTTP ${result.status}`)
    await clock.wait(decision.delayMs)
  }
}

function isUncertain(result: HttpResponse | HttpFailure): boolean {
  return result instanceof HttpFailure ? !result.neverSent : mayHaveTakenEffect(result.status)
}

function toOutcome(result: HttpResponse | HttpFailure): Outcome {
  if (result instanceof HttpFailure) return { kind: 'failure', transient: result.transient }
  const retryAfter = [result.headers['retry-after']].flat()[0]
  return { kind: 'response', status: result.status, retryAfter }
}

/** The limit of a body, in bytes. An answer of a PSC has a few hundred. */
export const longestBodyBytes = 1_048_576

/** Sends a request once. Returns a failure without a complete answer. */
async function attempt(
  request: HttpRequest,
  dispatcher: Dispatcher,
  limitMs: number,
  { clock, beforeAttempt }: AttemptOptions,
): Promise<HttpResponse | HttpFailure> {
  const { origin } = new URL(request.url)
  try {
    await beforeAttempt?.()
    const response = await exchange(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        // Without this header, a server may answer in any encoding (RFC 9110, section 12.5.3).
        'accept-encoding': 'identity',
        'user-agent': 'pulumi-psc',
        ...request.headers,
      },
      body: request.body,
      signal: clock.timeout(limitMs),
      dispatcher,
      // undici treats a status below 100 as one below 200, and a later assertion ends the process.
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
  }
}

/** Reads the body as text. Undefined if it exceeds the limit; the rest is not read. */
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
