import type { ClientAuthentication } from '../../rules/client-fields.ts'
import type { RedirectUriRule } from '../../rules/redirect-uris.ts'

/** Grades a value: `quoted` from the PSC's or the standard's text, `said` by a third party, or `inferred`. */
export type Mark = 'quoted' | 'said' | 'inferred'

/** Holds a value of a profile with its source. Only a quoted value is confirmed. */
export interface Fact<T> {
  readonly value: T
  readonly mark: Mark
  /** The name or address of a document; for an inferred value, the reason. */
  readonly source: string
}

/** Names how a PSC registers an application: by JSON, by a JWS signed with a certificate's key, or by no service. */
export type Registration = 'application' | 'application_cert' | 'none'

/** Names the format of the parameters of `POST /client_token`. */
export type TokenRequest = 'form' | 'json'

/**
 * Names what is known of the deletion of a client: the documents describe a `service`, which this package does not call;
 * the documents that were read describe `none`; or nothing is known.
 */
export type Deletion = 'service' | 'none' | 'unknown'

/** Holds the lifetimes of a holder's token, in seconds. */
export interface ScopeLifetimes {
  /** Of every scope but `signature_session`; empty if no text states one. */
  readonly request: readonly number[]
  /** Of `signature_session`, by the type of the holder's certificate. */
  readonly session: { readonly CPF: readonly number[]; readonly CNPJ: readonly number[] }
  /** Whether these are all lifetimes of a session. Otherwise the longest is a limit. */
  readonly complete: boolean
}

/** Lists the differences between PSCs, apart from their addresses. */
export interface Capabilities {
  /** Whether the PSC has `PUT /client_maintenance`. */
  readonly maintenance: boolean
  /** Whether the answer to a maintenance request repeats the registered client. */
  readonly echoes: boolean
  /** Whether a maintenance request can set the client's secret. */
  readonly rotates: boolean
  readonly registration: Registration
  readonly tokenRequest: TokenRequest
  /** Whether an application token changes anything at the PSC. If so, only `preflight: required` obtains one in advance. */
  readonly tokenHasSideEffects: boolean
  /** Schemes of redirect URIs that the PSC adds itself. A declaration does not need them. */
  readonly ownUriSchemes: readonly string[]
  readonly redirectUriRule: RedirectUriRule
  readonly clientAuthentication: ClientAuthentication
  readonly deletion: Deletion
  readonly scopeLifetimes: ScopeLifetimes
  /**
   * Whether `authorize` redirects errors to registered redirect URIs only (RFC 6749, section 4.1.2.1), so that a wrong
   * request tells which are registered.
   */
  readonly tellsRedirectUris: boolean | 'unknown'
}

/** Holds the facts about a PSC. */
export interface KnownPsc {
  /** Its common name, and its operator. */
  readonly title: string
  /** Environment → base URL; the first is the default. Empty for the standard, which has no server. */
  readonly environments: Readonly<Record<string, Fact<string>>>
  readonly capabilities: { readonly [Key in keyof Capabilities]: Fact<Capabilities[Key]> }
  /** `aud` of a signed registration. */
  readonly audience?: Fact<string>
  /** `iss` of authorization responses (RFC 9207). */
  readonly issuer?: Fact<string>
}

/** Marks a value that the PSC or the standard states. */
export function quoted<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'quoted', source }
}

/** Marks a value from a third party's code or text. */
export function said<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'said', source }
}

/** Marks a value that follows from others, or that no source contradicts. */
export function inferred<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'inferred', source }
}
