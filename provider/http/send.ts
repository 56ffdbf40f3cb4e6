import { setTimeout as wait } from 'node:timers/promises'
import { request as exchange, type Dispatcher } from 'undici'
import { connectionsTo } from './connections.ts'
import { HttpFailure, toHttpFailure } from './failure.ts'
import { decide, type Outcome } from './retry.ts'

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
  readonly body: string
  /** When the server asked to be left alone until later than the deadline. */
  readonly comeBackAt?: Date | undefined
}

/** What bounds an operation and who hears of its retries. */
export interface SendOptions {
  /** The end of the whole operation on the clock of `performance.now()`, in milliseconds. */
  readonly deadline: number
  /** Open connections to this server at once. */
  readonly maxConnections: number
  /** Called before each wait, with the reason of the retry and the wait in milliseconds. */
  readonly onRetry?: (reason: string, delayMs: number) => void
}

/** An answer of a PSC is a few hundred bytes; what is longer than this is cut off. */
export const longestBodyBytes = 1_048_576

/**
 * Sends a request until it is answered for good, or until the deadline.
 *
 * Redirects are never followed: the request carries a secret or a token. The last answer is returned whatever
 * its status.
 *
 * @throws {HttpFailure} when there was no answer, or none that could be read whole.
 */
export async function send(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
  const started = performance.now()
  // A server that hangs must leave time for another attempt.
  const attemptLimit = Math.max(5_000, (options.deadline - started) / 3)
  for (let attempt = 1; ; attempt++) {
    const result = await attemptOnce(request, options, attemptLimit)
    const decision =
      request.repeatable === false
        ? { repeat: false as const }
        : decide(toOutcome(result), {
            attempt,
            timeLeftMs: options.deadline - performance.now(),
            now: new Date(),
            random: Math.random(),
          })
    if (!decision.repeat) {
      if (result instanceof HttpFailure) throw result
      return { ...result, comeBackAt: decision.comeBackAt }
    }
    const reason = result instanceof HttpFailure ? result.message : `HTTP ${result.status}`
    options.onRetry?.(reason, decision.delayMs)
    await wait(decision.delayMs)
  }
}

async function attemptOnce(
  request: HttpRequest,
  options: SendOptions,
  attemptLimit: number,
): Promise<HttpResponse | HttpFailure> {
  const { origin } = new URL(request.url)
  const limit = Math.max(1, Math.ceil(Math.min(attemptLimit, options.deadline - performance.now())))
  try {
    const response = await exchange(request.url, {
      method: request.method,
      headers: { accept: 'application/json', 'user-agent': 'pulumi-psc', ...request.headers },
      body: request.body,
      signal: AbortSignal.timeout(limit),
      dispatcher: connectionsTo(origin, options.maxConnections),
    })
    const body = await readBody(response.body, origin)
    return { status: response.statusCode, headers: response.headers, body }
  } catch (error) {
    const failure = toHttpFailure(error, origin, limit)
    if (!failure) throw error
    return failure
  }
}

async function readBody(stream: Dispatcher.ResponseData['body'], origin: string): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > longestBodyBytes) {
      // Leaving the loop destroys the stream and its connection.
      throw new HttpFailure('body', `${origin} answered with more than 1 MiB`, false)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
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
