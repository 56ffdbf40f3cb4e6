import { judgeValidity, type ValidityOptions } from './certificate-validity.ts'
import { readHostName } from './host-name.ts'
import { refuse, warn, type Problem, type PropertyPath } from './problem.ts'
import { describeType, isRecord, quote } from './text.ts'
import { isUnknown } from './unknown.ts'

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
