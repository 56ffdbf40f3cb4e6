import { createCoverage, readHostName } from './host-name.ts'
import { isUnknown, type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { describeType, enumerate, isRecord, quote } from './text.ts'

/** A certificate's problems, and its names as far as they are known. */
export interface JudgedCertificate {
  readonly problems: readonly Problem[]
  readonly hosts: readonly string[]
  /** Whether `hosts` are all the names that there are; if not, no redirect URI is outside yet. */
  readonly complete: boolean
}

/** Judges `certificate: { hosts, notBefore?, notAfter?, fingerprint256? }` at a moment. */
export function judgeCertificate(
  certificate: unknown,
  options: ValidityOptions,
): JudgedCertificate {
  if (isUnknown(certificate)) return namesUnknown()
  if (!isRecord(certificate)) {
    const message = `This must be an object with the names that the PSC knows, { hosts: [...] }, and is ${describeType(certificate)}.`
    return namesUnknown(refuse(['certificate'], message))
  }
  const { fingerprint256, besidePrivateKey } = certificate
  const issued = typeof fingerprint256 === 'string' || isUnknown(fingerprint256)
  const judged = judgeHosts(certificate.hosts, issued)
  const problems = [...judged.problems, ...judgeValidity(certificate, options)]
  if (besidePrivateKey === true) problems.push(warn(['certificate'], privateKey))
  return { ...judged, problems }
}

const privateKey =
  'A private key stands beside the certificate. It is neither sent nor kept, and belongs in no declaration: give the certificate alone.'

/** `issued`: the names were, or may have been, read from a certificate: nobody here can correct them. */
function judgeHosts(hosts: unknown, issued: boolean): JudgedCertificate {
  const path = ['certificate', 'hosts']
  if (isUnknown(hosts)) return namesUnknown()
  if (!Array.isArray(hosts)) {
    return namesUnknown(refuse(path, `This must be a list of texts and is ${describeType(hosts)}.`))
  }
  if (hosts.length === 0) {
    const message = 'There is no name. List the subject alternative names of the certificate.'
    return namesUnknown(refuse(path, message))
  }
  const problems: Problem[] = []
  const known: string[] = []
  const elements = Array.from(hosts as readonly unknown[])
  for (const [index, host] of elements.entries()) {
    if (isUnknown(host)) continue
    if (typeof host === 'string') known.push(host)
    problems.push(...judgeHost(host, [...path, index], issued))
  }
  return { problems, hosts: known, complete: !elements.some(isUnknown) }
}

function namesUnknown(...problems: Problem[]): JudgedCertificate {
  return { problems, hosts: [], complete: false }
}

function judgeHost(host: unknown, path: PropertyPath, issued: boolean): Problem[] {
  if (typeof host !== 'string') {
    return [refuse(path, `A name must be a text and this is ${describeType(host)}.`)]
  }
  const name = readHostName(host)
  if (name.kind === 'none' && issued && host.startsWith('DNS:')) {
    const message = `The name ${quote(host)} covers no redirect URI: DNS names are in ASCII and are no IP addresses.`
    return [warn(path, message)]
  }
  if (name.kind === 'none' && issued) {
    return [warn(path, `The name ${quote(host)} covers no redirect URI: it ${name.reason}.`)]
  }
  if (name.kind === 'none') {
    const needed = 'a DNS name, one with "*" as its whole first label, or an IP address'
    return [refuse(path, `The name ${quote(host)} ${name.reason}. Give ${needed}.`)]
  }
  if (registry.test(name.ascii)) {
    const message = `The name ${quote(host)} covers everything in a public registry, for which hardly anybody gets a certificate. Check that it is what the certificate says.`
    return [warn(path, message)]
  }
  return []
}

/**
 * A wildcard over the second level in which registries of countries sell names. Not refused,
 * because Node's matching takes it, and a government can hold such a certificate for `*.gov.br`.
 */
const registry = /^\*\.(?:ac|co|com|edu|gob|gov|ind|jus|leg|mil|mp|net|org)\.[a-z]{2}$/

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

/**
 * Judges a renewed certificate against the one before it: a warning if it names new hosts, because the
 * PSC judges by the certificate that the application was registered with. (A URI that is no longer
 * covered is an error of `judgeClient`, which says so when it is given `previousHosts`.)
 *
 * @param redirectUris the declared ones; those that only a new host covers are named
 */
export function judgeCertificateRenewal(
  oldHosts: readonly string[],
  newHosts: readonly string[],
  redirectUris: readonly unknown[],
): Problem[] {
  const before = createCoverage(oldHosts)
  const old = new Set(oldHosts.map(ascii))
  const added = newHosts.filter((host) => {
    const name = ascii(host)
    return name !== undefined && !old.has(name) && !before.covers(name)
  })
  if (added.length === 0) return []
  const after = createCoverage(newHosts)
  const depending = redirectUris.flatMap((uri, index) => {
    const host = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).hostname : ''
    return host !== '' && after.covers(host) && !before.covers(host)
      ? [`redirectUris[${index}]`]
      : []
  })
  const which = depending.length === 0 ? '' : ` ${depending.join(', ')} will probably be refused.`
  return [
    warn(
      ['certificate'],
      `The certificate covers hosts that the one before it did not: ${enumerate(added)}. The PSC judges by the certificate that the application was registered with, whatever is declared here.${which} New hosts need another registration, or the PSC's support.`,
    ),
  ]
}

function ascii(host: string): string | undefined {
  const name = readHostName(host)
  return name.kind === 'none' ? undefined : name.ascii
}
