import { refuse, warn, type Problem } from './problem.ts'
import { isUnknown } from './unknown.ts'

const day = 24 * 60 * 60 * 1000
const defaultWarningDays = 30

/** The moment of a judgement, and when a certificate's end is near. */
export interface ValidityOptions {
  readonly now: Date
  /** Days before the end from which on there is a warning; default 30. */
  readonly certificateExpiryWarningDays?: number | undefined
}

/**
 * Judges a certificate's dates: warnings, because the PSC judges by its names alone, and the
 * application's own users are who will notice.
 */
export function judgeValidity(
  certificate: Readonly<Record<string, unknown>>,
  options: ValidityOptions,
): Problem[] {
  const path = ['certificate']
  const now = options.now.getTime()
  const from = readDate(certificate.notBefore)
  const to = readDate(certificate.notAfter)
  const problems = [
    ...(from === 'invalid' ? [notADate('notBefore')] : []),
    ...(to === 'invalid' ? [notADate('notAfter')] : []),
  ]
  if (typeof from === 'number' && now < from) {
    const message = `The certificate is not valid before ${onDay(from)}, in ${inDays(from - now)}.`
    problems.push(warn(path, message))
  }
  if (typeof to === 'number' && now > to) {
    const message = `The certificate expired on ${onDay(to)}, ${inDays(now - to)} ago. Renew it.`
    problems.push(warn(path, message))
  } else if (typeof to === 'number' && to - now <= warningDays(options) * day) {
    const message = `The certificate expires on ${onDay(to)}, in ${inDays(to - now)}. Renew it in time.`
    problems.push(warn(path, message))
  }
  return problems
}

function warningDays({ certificateExpiryWarningDays: days }: ValidityOptions): number {
  return days === undefined || Number.isNaN(days) ? defaultWarningDays : days
}

function readDate(value: unknown): number | 'invalid' | undefined {
  if (value === undefined || isUnknown(value)) return undefined
  // Date.parse takes much that is no ISO 8601, such as "1" or "May".
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(value)
  ) {
    return 'invalid'
  }
  const time = Date.parse(value)
  return Number.isNaN(time) ? 'invalid' : time
}

function notADate(key: string): Problem {
  const message = 'This must be a date of ISO 8601, as in 2027-01-31T12:00:00Z.'
  return refuse(['certificate', key], message)
}

function onDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function inDays(duration: number): string {
  const days = Math.floor(duration / day)
  if (days === 0) return 'less than a day'
  return days === 1 ? '1 day' : `${days} days`
}
