/** How one attempt ended, as far as repeating it is concerned. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly kind: 'failure'; readonly transient: boolean }

/** What to do next: wait and repeat, or stop. */
export type Decision =
  | { readonly repeat: true; readonly delayMs: number }
  | {
      readonly repeat: false
      /** When the server asked to be left alone for longer than the time that is left. */
      readonly comeBackAt?: Date
    }

/** What is known when the decision is taken. */
export interface RetryMoment {
  /** How many attempts have been made, this one included: 1 after the first. */
  readonly attempt: number
  /** What is left of the operation's deadline, in milliseconds. */
  readonly timeLeftMs: number
  readonly now: Date
  /** A number in [0, 1) that spreads the attempts of many clients. */
  readonly random: number
}

const retriedStatuses: ReadonlySet<number> = new Set([
  408, // Request Timeout
  425, // Too Early
  429, // Too Many Requests
  500, // FALHA_…: the PSC's documents give it to internal errors only
  502, // Bad Gateway
  503, // Service Unavailable
  504, // Gateway Timeout
])

const baseDelayMs = 250
const longestDelayMs = 10_000

/**
 * Decides whether an attempt is repeated, and when.
 *
 * A pure function: exponential back-off with full jitter (250 ms doubling up to 10 s), or exactly what
 * `Retry-After` asks for. A `Retry-After` beyond the time that is left ends the operation at once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 Retry-After
 */
export function decide(outcome: Outcome, moment: RetryMoment): Decision {
  if (outcome.kind === 'failure' && !outcome.transient) return { repeat: false }
  if (outcome.kind === 'response') {
    if (!retriedStatuses.has(outcome.status)) return { repeat: false }
    const asked = retryAfterMs(outcome.retryAfter, moment.now)
    if (asked !== undefined) {
      return asked < moment.timeLeftMs
        ? { repeat: true, delayMs: asked }
        : { repeat: false, comeBackAt: new Date(moment.now.getTime() + asked) }
    }
  }
  const ceiling = Math.min(longestDelayMs, baseDelayMs * 2 ** (moment.attempt - 1))
  const delayMs = Math.round(ceiling * moment.random)
  return delayMs < moment.timeLeftMs ? { repeat: true, delayMs } : { repeat: false }
}

/** The longest wait that is taken at its word: a day. Beyond it the value is a mistake or an attack. */
const longestRetryAfterMs = 86_400_000

function retryAfterMs(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime()
  // Number('9'.repeat(400)) is Infinity, which is no date either.
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs)
}
