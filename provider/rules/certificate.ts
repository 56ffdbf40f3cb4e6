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
 * Reads the names, the validity and the fingerprint of a certificate in PEM form. Of a chain, the
 * leaf counts: the first certificate that is not a certification authority's, or else the first.
 *
 * @throws CertificateError if there is no certificate, it is damaged, or names no host
 */
export function readCertificate(pem: string): CertificateNames {
  const found = findCertificates(pem)
  if ('reason' in found) throw new CertificateError(found.reason)
  const certificates = found.blocks.map((block, index) => parse(block, index, found.blocks.length))
  const leaf = certificates.find((certificate) => !certificate.ca) ?? certificates[0]
  if (leaf === undefined) throw new CertificateError('holds no certificate')
  return {
    hosts: readHosts(leaf),
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
    const which = count === 1 ? 'the certificate' : `certificate ${index + 1} of ${count}`
    throw new CertificateError(`${which} is damaged or cut off: copy it again from its source`)
  }
}

function readHosts(leaf: X509Certificate): string[] {
  const names = readAlternativeNames(leaf.subjectAltName)
  const hosts: string[] = []
  const others = new Set<string>()
  for (const { type, value } of names) {
    // A DNS name that reads as an IP address is not one: it is kept marked, and covers nothing.
    if (type === 'DNS') hosts.push(isIP(value) === 0 ? value : `DNS:${value}`)
    else if (type === 'IP Address') hosts.push(readIp(value))
    else others.add(type)
  }
  if (hosts.length > 0) return hosts
  const has =
    others.size > 0
      ? `its subject alternative names hold no host, only ${enumerate([...others])}`
      : `it has no subject alternative names, ${commonName(leaf)}`
  throw new CertificateError(
    `the certificate names no host: ${has}. The PSC judges redirect URIs by the subject alternative names alone: use the TLS certificate that the application was registered with`,
  )
}

function readIp(value: string): string {
  const name = readHostName(value)
  return name.kind === 'ip' ? name.ascii : `IP Address:${value}`
}

function commonName(leaf: X509Certificate): string {
  const name = /^CN=(.+)$/m.exec(leaf.subject)?.[1]
  return name === undefined ? 'nor a common name' : `only the common name ${quote(name)}`
}
