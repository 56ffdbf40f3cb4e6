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

/** Tells whether the server may have carried out a request that it answered with a status. */
export function mayHaveTakenEffect(status: number): boolean {
  return status < 300 || status === 408 || status >= 500
}

const baseDelayMs = 250

const longestDelayMs = 10_000

/** What another attempt needs at least, after its wait: a server cut off sooner would hide the answer that came before. */
const shortestAttemptMs = 1_000

/**
 * Decides whether an attempt is repeated, and when.
 *
 * A pure function: exponential back-off with full jitter (250 ms doubling up to 10 s, or to what leaves a second), or
 * exactly what `Retry-After` asks for. A `Retry-After` that leaves less than a second ends the operation at once; one
 * that is over already, or cannot be read, changes nothing.
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
  // Without room for even the shortest wait, the last attempts would follow one another without a pause.
  if (latestMs < baseDelayMs) return { repeat: false }
  const ceiling = Math.min(longestDelayMs, baseDelayMs * 2 ** (moment.attempt - 1), latestMs)
  return { repeat: true, delayMs: Math.round(ceiling * moment.random) }
}

/** The last date that HTTP can write; a number of seconds may go beyond it. */
const lastDate = Date.UTC(9999, 11, 31, 23, 59, 59)

/** 0 for what is absent, over, or neither a number of seconds nor a date. */
function retryAfterMs(value: string | undefined, now: Date): number {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, lastDate - now.getTime())
  const date = parseHttpDate(text, now)
  return date ? Math.max(date.getTime() - now.getTime(), 0) : 0
}

const imfFixdate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/

const rfc850 = /^[A-Z][a-z]+day, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/

const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/

/**
 * Reads a date in any of HTTP's three formats; undefined for everything else.
 *
 * `Date.parse` would take `-5` and `1.5` for dates, and the third format for local time.
 *
 * @param now a year of two digits is the one that is at most 50 years ahead.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string, now: Date): Date | undefined {
  const fixed = imfFixdate.exec(text)
  if (fixed) return toDate(fixed[3], fixed[2], fixed[1], fixed.slice(4))
  const old = rfc850.exec(text)
  if (old) {
    const century = Math.floor(now.getUTCFullYear() / 100) * 100
    const year = century + Number(old[3])
    const ahead = year > now.getUTCFullYear() + 50
    return toDate(String(ahead ? year - 100 : year), old[2], old[1], old.slice(4))
  }
  const c = asctime.exec(text)
  return c ? toDate(c[6], c[1], c[2]?.trim(), c.slice(3, 6)) : undefined
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function toDate(year = '', month = '', day = '', time: readonly string[] = []): Date | undefined {
  const number = String(months.indexOf(month) + 1).padStart(2, '0')
  const date = new Date(`${year}-${number}-${day.padStart(2, '0')}T${time.join(':')}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
