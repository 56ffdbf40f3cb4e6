import { readHostName } from './host-name.ts'
import { refuse, warn, type Problem } from './problem.ts'
import { describeType, isRecord, quote } from './text.ts'
import { isUnknown } from './unknown.ts'

const day = 24 * 60 * 60 * 1000

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
  options: { readonly now: Date; readonly certificateExpiryWarningDays?: number },
): JudgedCertificate {
  if (isUnknown(certificate)) return { problems: [], hosts: [], complete: false }
  const path = ['certificate']
  if (!isRecord(certificate)) {
    const message = `must be an object with the names that the PSC knows, { hosts: […] }, and is ${describeType(certificate)}`
    return { problems: [refuse(path, message)], hosts: [], complete: false }
  }
  const judged = judgeHosts(certificate.hosts, certificate.fingerprint256 !== undefined)
  return { ...judged, problems: [...judged.problems, ...judgeValidity(certificate, options)] }
}

/** `issued`: the names were read from a certificate, so that nobody here can correct them. */
function judgeHosts(hosts: unknown, issued: boolean): JudgedCertificate {
  const path = ['certificate', 'hosts']
  if (isUnknown(hosts)) return { problems: [], hosts: [], complete: false }
  if (!Array.isArray(hosts) || hosts.length === 0) {
    const message = Array.isArray(hosts)
      ? 'names no host: list the subject alternative names of the certificate'
      : `must be a list of texts and is ${describeType(hosts)}`
    return { problems: [refuse(path, message)], hosts: [], complete: false }
  }
  const problems: Problem[] = []
  const known: string[] = []
  const elements = Array.from(hosts as readonly unknown[])
  for (const [index, host] of elements.entries()) {
    if (isUnknown(host)) continue
    if (typeof host !== 'string') {
      problems.push(refuse([...path, index], `must be a text and is ${describeType(host)}`))
      continue
    }
    known.push(host)
    const problem = judgeHost(host, [...path, index], issued)
    if (problem !== undefined) problems.push(problem)
  }
  return { problems, hosts: known, complete: !elements.some(isUnknown) }
}

function judgeHost(
  host: string,
  path: readonly (string | number)[],
  issued: boolean,
): Problem | undefined {
  const name = readHostName(host)
  if (name.kind === 'none') {
    return issued
      ? warn(
          path,
          `the certificate's name ${quote(host)} ${name.reason}: it covers no redirect URI`,
        )
      : refuse(
          path,
          `${name.reason} (a DNS name, a wildcard as its whole left-most label, or an IP address is needed)`,
        )
  }
  if (name.kind === 'wildcard' && registrySuffix.test(name.ascii)) {
    return warn(
      path,
      `${quote(host)} covers every name of a public registry, which a certification authority issues only to who controls all of it: check the certificate`,
    )
  }
  return undefined
}

/** Second levels under which registries of countries sell names: com.br, org.br, co.uk. */
const registrySuffix =
  /^\*\.(?:ac|adv|art|blog|co|com|edu|eng|gob|gov|ind|jus|leg|mil|mp|net|org)\.[a-z]{2}$/

function judgeValidity(
  certificate: Readonly<Record<string, unknown>>,
  options: { readonly now: Date; readonly certificateExpiryWarningDays?: number },
): Problem[] {
  const problems: Problem[] = []
  const notBefore = readDate(certificate, 'notBefore', problems)
  const notAfter = readDate(certificate, 'notAfter', problems)
  const now = options.now.getTime()
  const days = options.certificateExpiryWarningDays ?? 30
  const path = ['certificate']
  if (notBefore !== undefined && now < notBefore) {
    problems.push(
      warn(
        path,
        `is not valid yet: it begins on ${onDay(notBefore)}, in ${inDays(notBefore - now)}`,
      ),
    )
  }
  if (notAfter !== undefined && now > notAfter) {
    problems.push(
      warn(path, `expired on ${onDay(notAfter)}, ${inDays(now - notAfter)} ago: renew it`),
    )
  } else if (notAfter !== undefined && notAfter - now <= days * day) {
    problems.push(
      warn(path, `expires on ${onDay(notAfter)}, in ${inDays(notAfter - now)}: renew it in time`),
    )
  }
  return problems
}

function readDate(
  certificate: Readonly<Record<string, unknown>>,
  key: 'notBefore' | 'notAfter',
  problems: Problem[],
): number | undefined {
  const value = certificate[key]
  if (value === undefined || isUnknown(value)) return undefined
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  if (!Number.isNaN(time)) return time
  problems.push(
    refuse(['certificate', key], 'must be a date in ISO 8601, as in 2027-01-31T12:00:00Z'),
  )
  return undefined
}

function onDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function inDays(duration: number): string {
  const days = Math.floor(duration / day)
  if (days === 0) return 'less than a day'
  return days === 1 ? '1 day' : `${days} days`
}
