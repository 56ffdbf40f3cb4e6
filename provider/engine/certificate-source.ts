import { CertificateError, FileError } from '../errors.ts'
import { readNamed } from '../read-file.ts'
import { type CertificateNames, readCertificate } from '../rules/certificate.ts'

/** Holds the stored values of a certificate: its names, expiry and fingerprint. */
export interface StoredCertificate {
  readonly hosts: readonly string[]
  /** ISO 8601; absent for declared names. */
  readonly notAfter?: string
  /** SHA-256 of the DER form, as `AB:CD:…`; absent for declared names. */
  readonly fingerprint256?: string
}

/** Receives the result of reading a PEM. */
export interface CertificateListener {
  onRead(names: CertificateNames): void
  /** @param problem says why it cannot be read, with its path and its code. */
  onProblem(problem: string): void
}

/** Reads the values to store of a PEM text, or of a file relative to the program's folder; undefined after a problem. */
export function readSource(
  source: 'pem' | 'file',
  text: string,
  listener: CertificateListener,
): StoredCertificate | undefined {
  try {
    const names = readCertificate(source === 'file' ? readNamed(text) : text)
    listener.onRead(names)
    const { hosts, notAfter, fingerprint256 } = names
    return { hosts, ...(notAfter && { notAfter }), ...(fingerprint256 && { fingerprint256 }) }
  } catch (error) {
    if (!(error instanceof CertificateError || error instanceof FileError)) throw error
    listener.onProblem(`certificate.${source}: ${error.message}`)
    return undefined
  }
}
