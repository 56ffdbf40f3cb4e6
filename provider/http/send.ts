import { type Dispatcher, request as exchange } from 'undici'
import { connectionsTo } from './connections.ts'
import { HttpFailure, noHttp, toHttpFailure } from './failure.ts'
import { type Clock, type HttpRequest, type HttpResponse, systemClock } from './message.ts'
import { decide, mayHaveTakenEffect, type Outcome } from './retry.ts'

/** The limits of an operation, which may send several requests. */
export interface SendOptions {
  /** The operation's time. Each request takes what it used of it; waiting for a connection uses none. */
  readonly time: { leftMs: number }
  /** The most connections to this server at once. */
  readonly maxConnections: number
  /** Called before each wait, with the reason of the retry and the wait in milliseconds. */
  readonly onRetry?: (reason: string, delayMs: number) => void
  /** Called right before each attempt; what it throws ends the request. */
  readonly beforeAttempt?: () => void | Promise<void>
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
 * @throws {HttpFailure} when there was no answer, or none that could be read whole.
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
  const { onRetry, clock } = options
  const { repeatable = true } = request
  const left = () => Math.max(1, deadline - clock.now())
  // A server that hangs leaves time for two more attempts.
  const longest = repeatable ? Math.max(shortestLimitMs, left() / 3) : left()
  let uncertain = false
  for (let count = 1; ; count++) {
    const result = await attempt(request, dispatcher, Math.min(longest, left()), options)
    const decision = decide(toOutcome(result), {
      attempt: count,
      timeLeftMs: repeatable ? deadline - clock.now() : 0,
      now: clock.date(),
      random: Math.random(),
    })
    if (!decision.repeat) {
      if (result instanceof HttpFailure) throw uncertain ? result.afterAnother() : result
      return { ...result, ...(uncertain && { uncertain }), comeBackAt: decision.comeBackAt }
    }
    uncertain ||= isUncertain(result)
    const reason = result instanceof HttpFailure ? result.message : `HTTP ${result.status}`
    onRetry?.(reason, decision.delayMs)
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

/** The longest body that is read: an answer of a PSC has a few hundred bytes. */
export const longestBodyBytes = 1_048_576

/** Sends a request once. Returns the failure when there was no answer, or none that could be read whole. */
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
        // Without it, a server may answer in any encoding (RFC 9110, section 12.5.3).
        'accept-encoding': 'identity',
        'user-agent': 'pulumi-psc',
        ...request.headers,
      },
      body: request.body,
      signal: clock.timeout(limitMs),
      dispatcher,
      // undici takes a status below 100 for one below 200, and later ends the process with an assertion.
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

/** Reads the body as text; undefined for one that is too long, which is not read any further. */
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
