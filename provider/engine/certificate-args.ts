import * as pulumi from '@pulumi/pulumi'
import { CertificateError, FileError } from '../errors.ts'
import { readText } from '../read-file.ts'
import { type CertificateNames, readCertificate } from '../rules/certificate.ts'

/** The TLS certificate that a client was registered with: its names, or where they are read from. */
export type CertificateArgs =
  | KeptCertificateArgs
  | {
      /** PEM text; of a chain the leaf is used. Not kept in the state. */ readonly pem: pulumi.Input<string>
    }
  | {
      /** A PEM file, relative to the program's folder. Not kept in the state. */ readonly file: pulumi.Input<string>
    }

/** The names of a certificate, declared, or kept from one that was read elsewhere. */
export interface KeptCertificateArgs {
  /** DNS names, `*.` for one label, and IP addresses. */
  readonly hosts: pulumi.Input<readonly pulumi.Input<string>[]>
  /** ISO 8601. */
  readonly notAfter?: pulumi.Input<string>
  readonly fingerprint256?: pulumi.Input<string>
}

/** What is kept of a certificate: its names, when it ends, and which one it is. */
export interface KeptCertificate {
  readonly hosts: readonly string[]
  /** ISO 8601; absent where the names were declared. */
  readonly notAfter?: string
  /** SHA-256 over the DER form, as `AB:CD:…`; absent where the names were declared. */
  readonly fingerprint256?: string
}

/** Hears what becomes of a certificate that is given as PEM. */
export interface CertificateListener {
  read(names: CertificateNames): void
  /** Why it cannot be read, with its path. */
  refuse(problem: string): void
}

/** What is kept of a certificate, still as an input: what is not known yet stays so, element by element. */
export function keptCertificate(
  certificate: pulumi.Input<CertificateArgs>,
  listener: CertificateListener,
): pulumi.Input<unknown> {
  const read = (source: 'pem' | 'file', text: string) => {
    try {
      const names = readCertificate(source === 'file' ? readText(text) : text)
      listener.read(names)
      return kept(names)
    } catch (error) {
      listener.refuse(`certificate.${source}: ${explain(error, text)}`)
      return undefined
    }
  }
  const keep = (given: CertificateArgs): pulumi.Input<unknown> => {
    if (typeof given !== 'object') return given
    if ('pem' in given) return pulumi.output(given.pem).apply((pem) => read('pem', pem))
    if ('file' in given) return pulumi.output(given.file).apply((file) => read('file', file))
    return given
  }
  return pulumi.Output.isInstance(certificate) || certificate instanceof Promise
    ? pulumi.output(certificate).apply((given) => keep(given as CertificateArgs))
    : keep(certificate)
}

function kept({ hosts, notAfter, fingerprint256 }: CertificateNames): KeptCertificate {
  return { hosts, ...(notAfter && { notAfter }), ...(fingerprint256 && { fingerprint256 }) }
}

function explain(error: unknown, file: string): string {
  if (error instanceof CertificateError) return error.message
  if (error instanceof FileError) return `${file} cannot be read (${error.reason}) [${error.code}]`
  throw error
}
