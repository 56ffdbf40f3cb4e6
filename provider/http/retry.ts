/** Holds the end of an attempt, as the decision about a retry needs it. */
export type Outcome =
  | { readonly kind: 'response'; readonly status: number; readonly retryAfter?: string | undefined }
  | { readonly kind: 'failure'; readonly transient: boolean }

/** Names the next step: wait and repeat, or stop. */
export type Decision =
  | { readonly repeat: true; readonly delayMs: number }
  | {
      readonly repeat: false
      /** When the server accepts the next request, if that is after the deadline. */
      readonly comeBackAt?: Date
    }

/** Holds the input of the decision. */
export interface RetryMoment {
  /** The number of attempts so far: 1 after the first. */
  readonly attempt: number
  /** The rest of the operation's time, in milliseconds; 0 for a request that is sent only once. */
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

/** Tells whether the server may answer a repeated request differently. */
export function isTransientStatus(status: number): boolean {
  return transientStatuses.has(status)
}

/** Tells whether the server may have carried out a request that it answered with a status. */
export function mayHaveTakenEffect(status: number): boolean {
  return status < 300 || status === 408 || status >= 500
}

const baseDelayMs = 250

const longestDelayMs = 10_000

/** The least time for another attempt. A shorter one would only hide the earlier answer behind a timeout. */
const shortestAttemptMs = 1_000

/**
 * Decides whether an attempt is repeated, and when.
 *
 * A pure function: exponential back-off with full jitter (250 ms doubling up to 10 s, or to what leaves a second), or
 * exactly the wait that `Retry-After` asks for. A `Retry-After` that leaves less than a second ends the operation at once;
 * one that is over or unreadable is ignored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 Retry-After
 */
export function decide(outcome: Outcome, moment: RetryMoment): Decision {
  const latestMs = moment.timeLeftMs - shortestAttemptMs
  if (outcome.kind === 'failure' && !outcome.transient) return { repeat: false }
  if (outcome.kind === 'response') {
    if (!isTransientStatus(outcome.status)) return { repeat: false }
    const asked = retryAfterMs(outcome.retryAfter, moment.now)
    // Without a wait, requests would follow one another without a pause.
    if (asked > 0) {
      return asked < latestMs
        ? { repeat: true, delayMs: asked }
        : { repeat: false, comeBackAt: new Date(moment.now.getTime() + asked) }
    }
  }
  // Without room for even the shortest wait, the last attempts would follow one another without a pause.
  if (latestMs < baseDelayMs) return { repeat: false }
  const ceiling = Math.min(longestDelayMs, baseDelayMs * 2 ** (moment.attempt - 1), latestMs)
  return { repeat: true, delayMs: Math.round(ceiling * moment.random) }
}

/** The last date that HTTP can write; a number of seconds may go beyond it. */
const lastDate = Date.UTC(9999, 11, 31, 23, 59, 59)

/** Reads `Retry-After` as milliseconds: 0 if it is missing, over or unreadable. */
function retryAfterMs(value = '', now: Date): number {
  const text = value.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, lastDate - now.getTime())
  return Math.max((parseHttpDate(text) || 0) - now.getTime(), 0)
}

/**
 * The three formats of HTTP's dates. `Date.parse` alone would take `-5` and `1.5` for dates, and would read the third
 * format as local time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
const httpDate = /^[A-Z][a-z]+,? [\w -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/

function parseHttpDate(text: string): number {
  const zone = httpDate.exec(text)?.[1]
  return zone === undefined ? NaN : Date.parse(zone === 'GMT' ? text : `${text} GMT`)
}
