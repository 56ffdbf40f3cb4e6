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
  /** Schemes of redirect URIs that the PSC adds itself. A declaration must not have them. */
  readonly ownUriSchemes: readonly string[]
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
