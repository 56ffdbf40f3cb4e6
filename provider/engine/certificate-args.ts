import * as pulumi from '@pulumi/pulumi'
import { type CertificateListener, readSource } from './certificate-source.ts'

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

/** Turns a declared certificate into its stored values. Unknown elements stay unknown. */
export function certificateInput(
  certificate: pulumi.Input<CertificateArgs> | undefined,
  listener: CertificateListener,
): pulumi.Input<unknown> {
  const read = (source: 'pem' | 'file', text: string) => readSource(source, text, listener)
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
