import { X509Certificate } from 'node:crypto'
import { CertificateError } from '../errors.ts'
import { say } from '../say.ts'
import { readHostName } from './host-name.ts'
import { explainOther, findBoundaries, isPrivateKey, repairPem, toBlock } from './pem.ts'
import { enumerate, quote } from './text.ts'

/** Holds the facts of a certificate. */
export interface CertificateNames {
  /** DNS names (wildcards as in the certificate) and IP addresses, as text. */
  readonly hosts: readonly string[]
  /** ISO 8601; not stored in the state. */
  readonly notBefore?: string
  /** ISO 8601. */
  readonly notAfter?: string
  /** `AB:CD:…`, as Node gives it. */
  readonly fingerprint256?: string
  /** The text has a private key too; not stored in the state. */
  readonly besidePrivateKey?: true
  /** How many different certificates of servers the text has, if more than one. The first counts. Not stored in the state. */
  readonly servers?: number
}

/**
 * Reads the names, the validity and the fingerprint of a certificate in PEM form. Of several, the
 * leaf counts: the first that is not a certification authority's. Chains begin with their leaf, but
 * some files do not.
 *
 * @throws CertificateError if there is no certificate, one is damaged, or the leaf names no host
 */
export function readCertificate(pem: string): CertificateNames {
  const found = findCertificates(pem)
  if ('reason' in found) throw new CertificateError(found.reason)
  const certificates = found.blocks.map((block, index) => parse(block, index, found.blocks.length))
  const { leaf, servers } = findLeaf(certificates)
  const hosts = readHosts(leaf)
  if (!hosts.some(isUsable)) throw new CertificateError(whyNoHosts(leaf, hosts))
  return {
    hosts,
    notBefore: toIso(leaf.validFrom),
    notAfter: toIso(leaf.validTo),
    fingerprint256: leaf.fingerprint256,
    ...(found.besidePrivateKey && { besidePrivateKey: true }),
    ...(servers > 1 && { servers }),
  }
}

function parse(block: string, index: number, count: number): X509Certificate {
  try {
    return new X509Certificate(block)
  } catch {
    // The cause is left out: the words of a C library do not help.
    const which = count === 1 ? say`the certificate` : say`certificate ${index + 1} of ${count}`
    throw new CertificateError(say`${which} is damaged or cut off. Copy it again from its source.`)
  }
}

function findLeaf(certificates: readonly X509Certificate[]): {
  readonly leaf: X509Certificate
  readonly servers: number
} {
  const entities = certificates.filter((certificate) => !certificate.ca)
  // A self-signed certificate of a server often claims to be an authority's.
  const candidates = entities.length > 0 ? entities : certificates
  const [leaf] = candidates
  if (leaf === undefined)
    throw new CertificateError(say`there is no certificate. Give one in PEM form.`)
  return { leaf, servers: new Set(entities.map(({ fingerprint256 }) => fingerprint256)).size }
}

function readHosts(certificate: X509Certificate): string[] {
  return readAlternativeNames(certificate.subjectAltName).flatMap(({ type, value }) => {
    const name = readHostName(value)
    if (type === 'IP Address') return [name.kind === 'ip' ? name.ascii : `IP Address:${value}`]
    if (type !== 'DNS') return []
    // A DNS name of a certificate is in ASCII and not an IP address. Any other keeps its type in front,
    // and so covers nothing; a declared name may be either.
    return [name.kind === 'ip' || /[^\0-\x7F]/.test(value) ? `DNS:${value}` : value]
  })
}

function isUsable(host: string): boolean {
  return readHostName(host).kind !== 'none'
}

/** Reads a date as OpenSSL prints it. For one that is none, Node's `validToDate` is now and then a date of garbage. */
function toIso(printed: string): string {
  const date = new Date(printed)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  throw new CertificateError(
    say`the certificate has dates that cannot be read. Copy it again from its source.`,
  )
}

function whyNoHosts(leaf: X509Certificate, hosts: readonly string[]): string {
  const kinds = new Set(readAlternativeNames(leaf.subjectAltName).map(({ type }) => type))
  const commonName = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
  const has =
    hosts.length > 0
      ? say`none of its names is the name of a host (${enumerate(hosts)})`
      : kinds.size > 0
        ? say`its subject alternative names are of other kinds (${enumerate([...kinds])})`
        : commonName === undefined
          ? say`it has no subject alternative names`
          : say`it has no subject alternative names, only the common name ${quote(commonName)}, which does not count`
  return say`the certificate names no host: ${has}. The PSC compares redirect URIs with the subject alternative names. Give the TLS certificate of the registration.`
}

/** Holds the certificates of a PEM text, each as its own block, or why it has none. */
export type FoundCertificates =
  | { readonly blocks: readonly string[]; readonly besidePrivateKey: boolean }
  | { readonly reason: string }

const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])

/**
 * Finds the certificates of a PEM text. Ignores what stands before, between or after them: keys of a
 * combined file, comments, line ends of any system, indentation. The reason never repeats the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function findCertificates(given: string): FoundCertificates {
  const text = repairPem(given)
  if (text.trim() === '') return { reason: say`the text is empty. Give a certificate in PEM form.` }
  const boundaries = findBoundaries(text)
  const blocks: string[] = []
  for (const [index, boundary] of boundaries.entries()) {
    if (!certificateLabels.has(boundary.label)) continue
    const other = boundaries[boundary.begins ? index + 1 : index - 1]
    if (other?.label !== boundary.label || other.begins === boundary.begins) {
      const missing = boundary.begins ? 'END' : 'BEGIN'
      return {
        reason: say`the certificate is cut off: its ${missing} line is missing. Copy it again from its source.`,
      }
    }
    if (boundary.begins) blocks.push(toBlock(boundary.label, text.slice(boundary.to, other.from)))
  }
  if (blocks.length === 0) return { reason: explainOther(text, 'certificate') }
  return { blocks, besidePrivateKey: boundaries.some(({ label }) => isPrivateKey(label)) }
}

/** One subject alternative name: `{ type: 'DNS', value: 'portal.exemplo.gov.br' }`. */
export interface AlternativeName {
  readonly type: string
  readonly value: string
}

/**
 * Reads `X509Certificate.subjectAltName`. Node quotes a name that holds a comma, a quote or a
 * control character as a JSON string, so that no name can pretend to be two.
 *
 * @see https://nodejs.org/api/crypto.html#x509subjectaltname (CVE-2021-44532)
 */
export function readAlternativeNames(text: string | undefined): AlternativeName[] {
  const names: AlternativeName[] = []
  const pattern = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy
  for (const [, type = '', value = ''] of (text ?? '').matchAll(pattern)) {
    names.push({ type, value: value.startsWith('"') ? unquote(value) : value })
  }
  return names
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
