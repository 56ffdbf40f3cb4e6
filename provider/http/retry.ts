import { parseHttpDate } from './http-date.ts'

/** How one attempt ended, as far as repeating it is concerned. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly kind: 'failure'; readonly transient: boolean }

/** What to do next: wait and repeat, or stop. */
export type Decision =
  | { readonly repeat: true; readonly delayMs: number }
  | {
      readonly repeat: false
      /** When the server asked to be left alone for longer than there is time to wait. */
      readonly comeBackAt?: Date
    }

/** What is known when the decision is taken. */
export interface RetryMoment {
  /** How many attempts have been made, this one included: 1 after the first. */
  readonly attempt: number
  /** What is left of the operation's deadline, in milliseconds; 0 for what may be sent once only. */
  readonly timeLeftMs: number
  readonly now: Date
  /** A number in [0, 1) that spreads the attempts of many clients. */
  readonly random: number
}

const transientStatuses: ReadonlySet<number> = new Set([
  408, // Request Timeout
  425, // Too Early
  429, // Too Many Requests
  500, // FALHA_…: the PSC's documents give it to internal errors only
  502, // Bad Gateway
  503, // Service Unavailable
  504, // Gateway Timeout
])

/** Whether the same request may be answered otherwise when it is sent again. */
export function isTransientStatus(status: number): boolean {
  return transientStatuses.has(status)
}

const baseDelayMs = 250
const longestDelayMs = 10_000
/** What another attempt needs at least: a server cut off sooner would hide the answer that came before. */
const shortestAttemptMs = 1_000

/**
 * Decides whether an attempt is repeated, and when.
 *
 * A pure function: exponential back-off with full jitter (250 ms doubling up to 10 s), or exactly what
 * `Retry-After` asks for, and only where a second is left after it. A `Retry-After` that leaves less ends the operation
 * at once; one that is over already, or cannot be read, changes nothing.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 Retry-After
 */
export function decide(outcome: Outcome, moment: RetryMoment): Decision {
  const latestMs = moment.timeLeftMs - shortestAttemptMs
  if (outcome.kind === 'failure' && !outcome.transient) return { repeat: false }
  if (outcome.kind === 'response') {
    if (!isTransientStatus(outcome.status)) return { repeat: false }
    const asked = retryAfterMs(outcome.retryAfter, moment.now)
    // Nothing to wait for must not become a request after the other without a pause.
    if (asked > 0) {
      return asked < latestMs
        ? { repeat: true, delayMs: asked }
        : { repeat: false, comeBackAt: new Date(moment.now.getTime() + asked) }
    }
  }
  const ceiling = Math.min(longestDelayMs, baseDelayMs * 2 ** (moment.attempt - 1))
  const delayMs = Math.round(ceiling * moment.random)
  return delayMs < latestMs ? { repeat: true, delayMs } : { repeat: false }
}

/** The longest wait that is passed on, a year: beyond it there may be no such date. */
const longestRetryAfterMs = 365 * 86_400_000

/** 0 for what is absent, over, or neither a number of seconds nor a date. */
function retryAfterMs(value: string | undefined, now: Date): number {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestRetryAfterMs)
  const date = parseHttpDate(text, now)
  if (!date) return 0
  return Math.min(Math.max(date.getTime() - now.getTime(), 0), longestRetryAfterMs)
}
