import type { Preflight } from '../engine/configuration.ts'
import type { Context } from '../engine/context.ts'
import type { SecretReference } from '../engine/secret.ts'
import { type IssuerReference, resolveIssuer, type TokenIssuer } from '../psc/issuers.ts'

/** A credential as the engine keeps it in the inputs. */
export interface CredentialInputs {
  readonly issuer: IssuerReference
  readonly authBaseUrl?: string
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  readonly preflight?: Preflight
}

/** A credential as the engine keeps it in the outputs: what the last apply obtained, never the token. */
export interface CredentialOutputs extends CredentialInputs {
  readonly tokenUrl: string
  readonly tokenType: string
  /** Seconds; null where the issuer does not say. */
  readonly expiresIn: number | null
  /** Null where the issuer names none. */
  readonly scope: string | null
}

/** @throws {IssuerError} */
export function issuerFor(
  context: Context,
  { issuer, authBaseUrl }: Readonly<Record<string, unknown>>,
): TokenIssuer {
  return resolveIssuer(issuer, authBaseUrl, (reference) => context.profile(reference))
}
