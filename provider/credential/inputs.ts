import { type BagReader, bagReader } from '../engine/border.ts'
import type { ClientAuthentication, Preflight } from '../rules/client-fields.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import type { IssuerReference } from '../psc/profiles/profile-args.ts'

/** The inputs of a credential. */
export interface CredentialInputs {
  readonly issuer: IssuerReference
  readonly authBaseUrl?: string | undefined
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  /** Default: that of the PSC, else `body`. */
  readonly clientAuthentication?: ClientAuthentication | undefined
  readonly preflight?: Preflight | undefined
}

/** The outputs of a credential: what the last apply obtained, never the token. */
export interface CredentialOutputs extends CredentialInputs {
  readonly tokenUrl: string
  readonly tokenType: string
  /** In seconds; null if the issuer does not state it. */
  readonly expiresIn: number | null
  /** Null if the issuer names none. */
  readonly scope: string | null
}

/** Reads and writes the properties of a credential. */
export const credentialReader: BagReader<CredentialInputs, CredentialOutputs> = bagReader()
