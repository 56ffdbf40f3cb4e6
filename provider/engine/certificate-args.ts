import * as pulumi from '@pulumi/pulumi'
import { CertificateError, FileError } from '../errors.ts'
import { readNamed } from '../read-file.ts'
import { type CertificateNames, readCertificate } from '../rules/certificate.ts'

/** Declares the TLS certificate that registered a client: its host names, or their source. */
export type CertificateArgs =
  | CertificateNamesArgs
  | {
      /** PEM text; the leaf of a chain. Not stored in the state. */ readonly pem: pulumi.Input<string>
    }
  | {
      /** A PEM file, relative to the program's folder. Not stored in the state. */ readonly file: pulumi.Input<string>
    }

/** Declares the names of a certificate, or those read from one elsewhere. */
export interface CertificateNamesArgs {
  /** DNS names, `*.` for one label, and IP addresses. */
  readonly hosts: pulumi.Input<readonly pulumi.Input<string>[]>
  /** ISO 8601. */
  readonly notAfter?: pulumi.Input<string>
  readonly fingerprint256?: pulumi.Input<string>
}

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

/** Turns a declared certificate into its stored values. Unknown elements stay unknown. */
export function certificateInput(
  certificate: pulumi.Input<CertificateArgs> | undefined,
  listener: CertificateListener,
): pulumi.Input<unknown> {
  const read = (source: 'pem' | 'file', text: string): StoredCertificate | undefined => {
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
  const reduce = (given: CertificateArgs | undefined): pulumi.Input<unknown> => {
    if (typeof given !== 'object') return given
    if ('pem' in given) return pulumi.output(given.pem).apply((pem) => read('pem', pem))
    if ('file' in given) return pulumi.output(given.file).apply((file) => read('file', file))
    return given
  }
  return pulumi.Output.isInstance(certificate) || certificate instanceof Promise
    ? pulumi.output(certificate).apply((given) => reduce(given as CertificateArgs))
    : reduce(certificate)
}
