import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
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
}

/** A text in a certificate's place that cannot be used as one. Its message says why. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
  readonly code = 'ERR_PSC_CERTIFICATE'
}

/**
 * Reads the names, the validity and the fingerprint of a certificate in PEM form. Of several, the
 * leaf counts: the first that names hosts and is not a certification authority's. Chains begin with
 * their leaf, but not all that people keep in files do.
 *
 * @throws CertificateError if there is no certificate, one is damaged, or the leaf names no host
 */
export function readCertificate(pem: string): CertificateNames {
  const found = findCertificates(pem)
  if ('reason' in found) throw new CertificateError(found.reason)
  const certificates = found.blocks.map((block, index) => parse(block, index, found.blocks.length))
  const leaf = findLeaf(certificates)
  const hosts = readHosts(leaf)
  if (hosts.length === 0) throw new CertificateError(whyNoHosts(leaf))
  return {
    hosts,
    notBefore: leaf.validFromDate.toISOString(),
    notAfter: leaf.validToDate.toISOString(),
    fingerprint256: leaf.fingerprint256,
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
  const leaf = candidates.find((certificate) => readHosts(certificate).length > 0) ?? candidates[0]
  if (leaf === undefined) throw new CertificateError('There is no certificate.')
  return leaf
}

function readHosts(certificate: X509Certificate): string[] {
  return readAlternativeNames(certificate.subjectAltName).flatMap(({ type, value }) => {
    // A DNS name that reads as an IP address is none: it is kept marked, and covers nothing.
    if (type === 'DNS') return isIP(value) === 0 ? [value] : [`DNS:${value}`]
    return type === 'IP Address' ? [readIp(value)] : []
  })
}

function readIp(value: string): string {
  const name = readHostName(value)
  return name.kind === 'ip' ? name.ascii : `IP Address:${value}`
}

function whyNoHosts(leaf: X509Certificate): string {
  const kinds = new Set(readAlternativeNames(leaf.subjectAltName).map(({ type }) => type))
  const commonName = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
  const instead =
    commonName === undefined
      ? ''
      : `, only the common name ${quote(commonName)}, which counts for nothing`
  const has =
    kinds.size > 0
      ? `its subject alternative names are of other kinds (${enumerate([...kinds])})`
      : `it has no subject alternative names${instead}`
  return `The certificate names no host: ${has}. The PSC compares redirect URIs with the subject alternative names. Give the TLS certificate that the application was registered with.`
}
