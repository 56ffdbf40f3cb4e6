import { randomUUID } from 'node:crypto'
import type { SecretReference } from '../engine/secret.ts'
import { hasUnknown } from '../engine/unknown.ts'
import { CertificateError, FileError } from '../errors.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import type { Application } from '../psc/requests/application.ts'
import { readText } from '../read-file.ts'
import { type CertificateNames, readCertificate } from '../rules/certificate.ts'
import { isRecord } from '../rules/text.ts'

/** A registration as the engine keeps it in the inputs. */
export interface RegistrationInputs extends Omit<Application, 'host'> {
  readonly psc: PscReference
  readonly host?: string
  readonly certificate?: CertificateSource
  /** Where the certificate's private key is. */
  readonly privateKey?: SecretReference
  /** The number of the attempt, and the run in which it was announced. */
  readonly attempt: number
  readonly run: string
}

/** Where a registration's certificate is, or the names that redirect URIs are judged by. */
export type CertificateSource =
  { readonly file: string } | { readonly pem: string } | { readonly hosts: readonly string[] }

/** A registration as the engine keeps it in the outputs. */
export interface RegistrationOutputs extends Omit<Application, 'host'> {
  readonly psc: PscReference
  readonly clientId: string
  readonly clientSecret: string
}

/** What the engine keeps of an attempt that failed. */
export interface FailedRegistration extends Omit<RegistrationOutputs, 'clientId' | 'clientSecret'> {
  readonly attempt: number
  readonly failed: 'refused' | 'lost'
  /** What an answer that could not be used named: said by later runs too. */
  readonly clue?: string
  readonly __provider: unknown
}

/** The arguments that were registered: a later change of them would have to register again. */
export const registeredKeys = ['psc', 'name', 'comments', 'email', 'redirectUris'] as const

/** The text of a certificate; undefined where only its names are declared, or nothing is known yet. */
export function certificatePem(certificate: unknown): string | undefined {
  if (!isRecord(certificate) || hasUnknown(certificate)) return undefined
  const { pem, file } = certificate
  if (typeof pem === 'string') return pem
  if (typeof file !== 'string') return undefined
  try {
    return readText(file)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new CertificateError(`${file} cannot be read (${error.reason})`)
  }
}

/**
 * What redirect URIs are judged by.
 *
 * @throws {CertificateError} for a file or a text that is none.
 */
export function certificateNames(certificate: unknown): CertificateNames | undefined {
  const pem = certificatePem(certificate)
  if (pem !== undefined) return readCertificate(pem)
  return isRecord(certificate) && 'hosts' in certificate
    ? (certificate as unknown as CertificateNames)
    : undefined
}

/** What is registered: an explicit list of fields. */
export function toApplication(inputs: RegistrationInputs): Application {
  const [first = ''] = inputs.redirectUris
  return {
    name: inputs.name,
    comments: inputs.comments,
    email: inputs.email,
    redirectUris: inputs.redirectUris,
    host: inputs.host ?? URL.parse(first)?.hostname ?? '',
  }
}

/** How messages call a registration. */
export function describeRegistration({ name }: { readonly name?: unknown }): string {
  return typeof name === 'string' ? `"${name}"` : 'an application'
}

/**
 * Names the run of the engine that this process belongs to: a preview and an apply have a process each.
 *
 * An attempt to register is written to the state with it before the request is sent. Whoever finds the name of another
 * run there, and no outcome, finds a run that was cut short.
 */
export const thisRun: string = randomUUID()
