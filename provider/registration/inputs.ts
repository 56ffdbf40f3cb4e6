import { createHash, randomUUID } from 'node:crypto'
import { type BagReader, bagReader } from '../engine/border.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import type { Application } from '../psc/requests/application.ts'

/** The arguments that are registered: a later change of them would have to register again. */
type Registered = Omit<Application, 'host'> & { readonly psc: PscReference }

export const registeredKeys = [
  'psc',
  'name',
  'comments',
  'email',
  'redirectUris',
] as const satisfies readonly (keyof Registered)[]

/** The inputs of a registration and of its attempt. */
export interface RegistrationInputs extends Registered {
  readonly host?: string | null | undefined
  readonly certificate?: CertificateSource | undefined
  /** Where the certificate's private key is. */
  readonly privateKey?: SecretReference | undefined
  /** The number of the attempt, which the author of the program counts from 1. */
  readonly attempt: number
  /** The run in which the attempt was announced; an output of the attempt. */
  readonly run: string
  /** The run of the announcement that this one follows; an output of the attempt. */
  readonly follows?: string | undefined
}

/** The certificate of a registration, or the names that redirect URIs are compared with. */
export type CertificateSource =
  { readonly file: string } | { readonly pem: string } | { readonly hosts: readonly string[] }

/** The outputs of a registration that succeeded. */
export interface RegistrationOutputs extends Registered {
  readonly clientId: string
  readonly clientSecret: string
}

/** The outcome of a failed attempt: `refused` registered nothing; `lost` is unknown. */
export type Failure = 'refused' | 'lost'

/** The outputs of an attempt that failed. */
export interface FailedRegistration extends Registered {
  readonly attempt: number
  readonly failed: Failure
  /** The run that made a refused attempt; undefined in a state of version 0.1. */
  readonly run?: string
  /** A sentence about an unusable answer. Later runs show it too. */
  readonly clue?: string
}

/** The outputs of an attempt, stored before the request is sent. */
export interface AttemptOutputs extends Pick<Registered, 'psc' | 'name'> {
  readonly attempt: number
  /** The run in which it was announced. */
  readonly run: string
  /** The run of the announcement before this one; undefined for the first. */
  readonly follows?: string
  /** What it registers, as {@link fingerprintOf} makes it; undefined in a state of version 0.1. */
  readonly declared?: string
}

/** Makes a fingerprint of the values to register; undefined while one of them is unknown. */
export function fingerprintOf(declared: Declared<Registered>): string | undefined {
  const values = registeredKeys.map((key) => declared[key])
  if (!values.every((value) => isKnown<unknown>(value))) return undefined
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url')
}

/** Reads and writes the properties of a registration. */
export const registrationReader: BagReader<
  RegistrationInputs,
  RegistrationOutputs | FailedRegistration
> = bagReader()

/** Reads and writes the properties of an attempt to register. */
export const attemptReader: BagReader<RegistrationInputs, AttemptOutputs> = bagReader()

/** Picks the registered values: an explicit list of fields. */
export function pickRegistered(inputs: Registered): Registered {
  const { psc, name, comments, email, redirectUris } = inputs
  return { psc, name, comments, email, redirectUris }
}

/** Makes the values to send to the PSC: an explicit list of fields. */
export function toApplication(inputs: RegistrationInputs): Application {
  const { psc, ...application } = pickRegistered(inputs)
  const [first = ''] = application.redirectUris
  return { ...application, host: inputs.host ?? URL.parse(first)?.hostname ?? '' }
}

/** Names a registration in a message. */
export function describeRegistration({ name }: { readonly name?: unknown }): string {
  return typeof name === 'string' ? `"${name}"` : 'an application'
}

/**
 * Names the run of the engine that this process belongs to: a preview and an apply have a process each.
 *
 * An attempt to register is written to the state with it before the request is sent. An attempt with the name of another
 * run, and without an outcome, means that the other run was interrupted.
 */
export const thisRun: string = randomUUID()
