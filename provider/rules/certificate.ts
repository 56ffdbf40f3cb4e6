import { X509Certificate } from 'node:crypto'
import { readAlternativeNames } from './alternative-names.ts'
import { readHostName } from './host-name.ts'
import { findCertificates } from './pem.ts'
import { enumerate, quote } from './text.ts'

/** What is kept of a certificate. */
export interface CertificateNames {
  /** DNS names (wildcards as in the certificate) and IP addresses, as text. */
  readonly hosts: readonly string[]
  /** ISO 8601; not kept in the state. */
  readonly notBefore?: string
  /** ISO 8601. */
  readonly notAfter?: string
  /** `AB:CD:…`, as Node gives it. */
  readonly fingerprint256?: string
  /** The text that it was read from holds a private key too; not kept in the state. */
  readonly besidePrivateKey?: true
}

/** A text in a certificate's place that cannot be used as one. Its message says why. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
  readonly code = 'ERR_PSC_CERTIFICATE'
}

/**
 * Reads the names, the validity and the fingerprint of a certificate in PEM form. Of several, the
 * leaf counts: the first that is not a certification authority's. Chains begin with their leaf, but
 * not all that people keep in files do.
 *
 * @throws CertificateError if there is no certificate, one is damaged, or the leaf names no host
 */
export function readCertificate(pem: string): CertificateNames {
  const found = findCertificates(pem)
  if ('reason' in found) throw new CertificateError(found.reason)
  const certificates = found.blocks.map((block, index) => parse(block, index, found.blocks.length))
  const leaf = findLeaf(certificates)
  const hosts = readHosts(leaf)
  if (!hosts.some(isUsable)) throw new CertificateError(whyNoHosts(leaf, hosts))
  return {
    hosts,
    notBefore: toIso(leaf.validFromDate),
    notAfter: toIso(leaf.validToDate),
    fingerprint256: leaf.fingerprint256,
    ...(found.besidePrivateKey && { besidePrivateKey: true }),
  }
}

function parse(block: string, index: number, count: number): X509Certificate {
  try {
    return new X509Certificate(block)
  } catch {
    // The cause is left out: it says nothing that helps, in the words of a C library.
    const which = count === 1 ? 'The certificate' : `Certificate ${index + 1} of ${count}`
    throw new CertificateError(`${which} is damaged or cut off. Copy it again from its source.`)
  }
}

function findLeaf(certificates: readonly X509Certificate[]): X509Certificate {
  const entities = certificates.filter((certificate) => !certificate.ca)
  // A self-signed certificate of a server often says that it is an authority's.
  const candidates = entities.length > 0 ? entities : certificates
  const [leaf] = candidates
  if (leaf === undefined) throw new CertificateError('There is no certificate.')
  return leaf
}

function readHosts(certificate: X509Certificate): string[] {
  return readAlternativeNames(certificate.subjectAltName).flatMap(({ type, value }) => {
    const name = readHostName(value)
    if (type === 'IP Address') return [name.kind === 'ip' ? name.ascii : `IP Address:${value}`]
    if (type !== 'DNS') return []
    // What a declared name may be and a DNS name of a certificate may not is kept with its type in
    // front, and so covers nothing: IP addresses, and letters outside ASCII in whatever encoding.
    return [name.kind === 'ip' || /[^\0-\x7F]/.test(value) ? `DNS:${value}` : value]
  })
}

function isUsable(host: string): boolean {
  return readHostName(host).kind !== 'none'
}

function toIso(date: Date): string {
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  throw new CertificateError('The certificate has dates that cannot be read. Copy it again.')
}

function whyNoHosts(leaf: X509Certificate, hosts: readonly string[]): string {
  const kinds = new Set(readAlternativeNames(leaf.subjectAltName).map(({ type }) => type))
  const commonName = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
  const instead =
    commonName === undefined
      ? ''
      : `, only the common name ${quote(commonName)}, which does not count`
  const has =
    hosts.length > 0
      ? `no name of it is a host's (${enumerate(hosts)})`
      : kinds.size > 0
        ? `its subject alternative names are of other kinds (${enumerate([...kinds])})`
        : `it has no subject alternative names${instead}`
  return `The certificate names no host: ${has}. The PSC compares redirect URIs with the subject alternative names. Give the TLS certificate that the application was registered with.`
}
