import { say } from '../say.ts'
import { validateExact } from './debris.ts'
import { createCoverage, readHostName } from './host-name.ts'
import {
  isUnknown,
  missing,
  type Problem,
  type PropertyPath,
  refuse,
  warn,
  wrongType,
} from './problem.ts'
import { enumerate, isRecord, quote } from './text.ts'

/** Holds a certificate's problems, and its known names. */
export interface ValidatedCertificate {
  readonly problems: readonly Problem[]
  readonly hosts: readonly string[]
  /** Whether `hosts` are all names. If not, no redirect URI can be refused yet. */
  readonly complete: boolean
}

/** Validates `certificate: { hosts, notBefore?, notAfter?, fingerprint256? }` at a moment. */
export function validateCertificate(
  certificate: unknown,
  options: ValidityOptions,
): ValidatedCertificate {
  if (isUnknown(certificate)) return namesUnknown()
  if (!isRecord(certificate)) {
    return namesUnknown(wrongType(['certificate'], certificate, say`an object { hosts: [NAME] }`))
  }
  const { fingerprint256, besidePrivateKey } = certificate
  const issued = typeof fingerprint256 === 'string' || isUnknown(fingerprint256)
  const names = validateHosts(certificate.hosts, issued)
  const problems = [...names.problems, ...validateDates(certificate, options)]
  if (besidePrivateKey === true) {
    const message = say`a private key stands beside the certificate. It is neither sent nor stored. Give the certificate alone.`
    problems.push(warn(['certificate'], message, 'WARN_PSC_PRIVATE_KEY'))
  }
  if (typeof certificate.servers === 'number') {
    const message = say`there are ${certificate.servers} certificates of servers. Only the first counts, with the names ${enumerate(names.hosts)}. Give the one that registered the client alone.`
    problems.push(warn(['certificate'], message, 'WARN_PSC_SEVERAL_CERTIFICATES'))
  }
  return { ...names, problems }
}

/** @param issued whether the names come, or may come, from a real certificate: then the author cannot correct them */
function validateHosts(hosts: unknown, issued: boolean): ValidatedCertificate {
  const path = ['certificate', 'hosts']
  if (isUnknown(hosts)) return namesUnknown()
  if (!Array.isArray(hosts)) {
    return namesUnknown(wrongType(path, hosts, say`a list of strings`))
  }
  if (hosts.length === 0) {
    return namesUnknown(missing(path, hosts, say`list the subject alternative names`))
  }
  const problems: Problem[] = []
  const known: string[] = []
  const elements = Array.from(hosts as readonly unknown[])
  for (const [index, host] of elements.entries()) {
    if (isUnknown(host)) continue
    if (typeof host === 'string') known.push(host)
    problems.push(...validateHost(host, [...path, index], issued))
  }
  return { problems, hosts: known, complete: !elements.some(isUnknown) }
}

function namesUnknown(...problems: Problem[]): ValidatedCertificate {
  return { problems, hosts: [], complete: false }
}

function validateHost(host: unknown, path: PropertyPath, issued: boolean): Problem[] {
  if (typeof host !== 'string') return [wrongType(path, host, say`a string`)]
  const debris = issued ? [] : validateExact(path, host)
  if (debris.length > 0) return debris
  const name = readHostName(host)
  if (name.kind === 'none' && issued && host.startsWith('DNS:')) {
    const message = say`the name ${quote(host)} covers no redirect URI: a DNS name is in ASCII and not an IP address.`
    return [warn(path, message, 'WARN_PSC_CERTIFICATE_NAME')]
  }
  if (name.kind === 'none' && issued) {
    const message = say`the name ${quote(host)} covers no redirect URI: it ${name.reason}.`
    return [warn(path, message, 'WARN_PSC_CERTIFICATE_NAME')]
  }
  if (name.kind === 'none') {
    const needed = say`a DNS name, one with "*" as its whole first label, or an IP address`
    const message = say`the name ${quote(host)} ${name.reason}. Give ${needed}.`
    return [refuse(path, message, 'ERR_PSC_CERTIFICATE_NAME')]
  }
  if (registry.test(name.ascii)) {
    const message = say`the name ${quote(host)} covers a whole public registry, and such certificates are rare. Compare it with the certificate.`
    return [warn(path, message, 'WARN_PSC_CERTIFICATE_NAME')]
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

/** Sets the moment of the validation, and when a certificate's end is near. */
export interface ValidityOptions {
  readonly now: Date
  /** Days before the end from which on there is a warning; default 30. */
  readonly certificateExpiryWarningDays?: number | undefined
}

/** Validates a certificate's dates. Warns only: the PSC looks at its names alone; the users of the application notice. */
function validateDates(
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
    const message = say`the certificate is not valid before ${onDay(from)}, in ${inDays(from - now)}. Check that it is the right one.`
    problems.push(warn(path, message, 'WARN_PSC_CERTIFICATE_NOT_YET_VALID'))
  }
  if (typeof to === 'number' && now > to) {
    const message = say`the certificate expired on ${onDay(to)}, ${inDays(now - to)} ago. Renew it.`
    problems.push(warn(path, message, 'WARN_PSC_CERTIFICATE_EXPIRED'))
  } else if (typeof to === 'number' && to - now <= warningDays(options) * day) {
    const message = say`the certificate expires on ${onDay(to)}, in ${inDays(to - now)}. Renew it in time.`
    problems.push(warn(path, message, 'WARN_PSC_CERTIFICATE_EXPIRES'))
  }
  return problems
}

function warningDays({ certificateExpiryWarningDays: days }: ValidityOptions): number {
  return days === undefined || Number.isNaN(days) ? defaultWarningDays : days
}

function readDate(value: unknown): number | 'invalid' | undefined {
  if (value === undefined || isUnknown(value)) return undefined
  // Date.parse accepts other texts too, such as "1" or "May".
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
  const message = say`\`${key}\` is not a date of ISO 8601. Write it as in 2027-01-31T12:00:00Z.`
  return refuse(['certificate', key], message, 'ERR_PSC_CERTIFICATE_DATE')
}

function onDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function inDays(duration: number): string {
  const days = Math.floor(duration / day)
  if (days === 0) return say`less than a day`
  return days === 1 ? say`1 day` : say`${days} days`
}

/**
 * Compares a renewed certificate with the one before it. Warns about new hosts, because the PSC decides by the
 * certificate of the registration. (A URI that is no longer covered is an error of `validateClient`, which says so
 * when it gets `previousHosts`.)
 *
 * @param redirectUris the declared ones; the warning names those that only a new host covers
 */
export function validateCertificateRenewal(
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
  const message = [
    say`the certificate covers hosts that the one before it did not: ${enumerate(added)}. The PSC decides by the certificate of the registration, not by the declared one.`,
    ...(depending.length > 0 ? [say`The PSC will probably refuse ${depending.join(', ')}.`] : []),
    say`Register again for new hosts, or ask the PSC's support.`,
  ].join(' ')
  return [warn(['certificate'], message, 'WARN_PSC_CERTIFICATE_NEW_HOSTS')]
}

function ascii(host: string): string | undefined {
  const name = readHostName(host)
  return name.kind === 'none' ? undefined : name.ascii
}
