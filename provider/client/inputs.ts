import { isDeepStrictEqual } from 'node:util'
import type { Preflight } from '../rules/client-fields.ts'
import type { Subject } from '../engine/journal.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import type { Endpoints } from '../psc/profiles/profile.ts'
import type { ClientDocument } from '../rules/client-fields.ts'
import type { CertificateNames } from '../rules/certificate.ts'
import { pickStored } from '../rules/client-fields.ts'

/** The inputs of a client. */
export interface ClientInputs extends ClientDocument {
  readonly psc: PscReference
  readonly clientSecret: string | SecretReference
  /** The secret before a rotation. Applying replaces it with `clientSecret`. */
  readonly previousClientSecret?: string | SecretReference | null | undefined
  /** Undefined if none is declared, or if the program could not read it; then `problems` has the reason. */
  readonly certificate?: Omit<CertificateNames, 'notBefore'> | undefined
  readonly preflight?: Preflight | undefined
  /** The problems that only the program can find, such as an unreadable certificate or a duplicate client. */
  readonly problems?: readonly string[]
}

/** The outputs of a client. */
export interface ClientOutputs extends ClientInputs {
  readonly endpoints: Endpoints
  /** The PSC's echo of the last write; null if it echoes nothing. */
  readonly registered: ClientDocument | null
  /** False if the outcome of the last write is unknown. The next `pulumi up` then writes the client again. */
  readonly settled?: false
  /** When it was written, in milliseconds since the epoch: later than every earlier write. */
  readonly writtenAt?: number
  readonly drift?: DriftMemory | undefined
}

/** What the provider remembers for the next refresh with `psc:drift`. No preview shows it. */
export interface DriftMemory {
  /** The declared redirect URIs, if a refresh found others at the PSC. */
  readonly declared?: readonly string[]
  /** Redirect URIs that left the declaration. */
  readonly former?: readonly string[]
  /** Whether the PSC has told a redirect URI of the client. */
  readonly tells?: boolean
}

/** Tells whether a state shows that the PSC has a client as it is declared. */
export function isAsDeclared(stored: ClientOutputs, declared: ClientDocument): boolean {
  return stored.settled !== false && isDeepStrictEqual(pickStored(stored), pickStored(declared))
}

/** Where a client was written. */
export type Written = Pick<Partial<ClientOutputs>, 'endpoints'> & Pick<ClientOutputs, 'clientId'>

/** Names a client at its PSC, whichever resource describes it. */
export function subjectOf({ endpoints, clientId }: Written): Subject {
  return { address: endpoints?.clientMaintenance ?? '', clientId }
}

/** Names a client in a message. */
export function describeClient({ name, clientId }: Declared<Named>): string {
  const known = [name, clientId].map((value) =>
    typeof value === 'string' ? value : '(not known yet)',
  )
  return `"${known.join('" (')})`
}

type Named = Pick<ClientInputs, 'name' | 'clientId'>

type Needed = Pick<ClientInputs, 'clientId' | 'clientSecret' | 'previousClientSecret' | 'preflight'>

/** What a proof needs of a client. `name` is for messages, and no new secret equals it or `email`. */
export type ProvableClient = Needed &
  Pick<Declared<ClientInputs>, 'name'> &
  Partial<Pick<Declared<ClientInputs>, 'email'>>

/** Picks what a proof needs of a client; undefined while some of it is not known yet. */
export function provableOf(declared: Declared<ClientInputs>): ProvableClient | undefined {
  const { clientId, clientSecret, previousClientSecret, preflight, name, email } = declared
  const needed: Declared<Needed> = { clientId, clientSecret, previousClientSecret, preflight }
  return isKnown<Needed>(needed) ? { ...needed, name, email } : undefined
}
