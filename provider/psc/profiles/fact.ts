/** How well a value is known: quoted from the PSC's own text, said by somebody else, or inferred. */
export type Mark = 'quoted' | 'said' | 'inferred'

/** A value of a profile, with where it comes from. Only what is quoted counts as confirmed. */
export interface Fact<T> {
  readonly value: T
  readonly mark: Mark
  /** A document's name or address; for what is inferred, from what. */
  readonly source: string
}

/** How a PSC registers an application: JSON, a JWS signed with a certificate's key, or by no service. */
export type Registration = 'application' | 'application_cert' | 'none'

/** How the parameters of `POST /client_token` are written. */
export type TokenRequest = 'form' | 'json'

/** What differs between PSCs besides their addresses. */
export interface Capabilities {
  /** Whether `PUT /client_maintenance` is there. */
  readonly maintenance: boolean
  /** Whether the answer to a maintenance request repeats what is registered now. */
  readonly echoes: boolean
  /** Whether maintenance sets the client's secret. */
  readonly rotates: boolean
  readonly registration: Registration
  readonly tokenRequest: TokenRequest
  /** Whether obtaining an application token changes anything at the PSC; then nothing obtains one unasked. */
  readonly tokenHasSideEffects: boolean
  /** Schemes of redirect URIs that the PSC adds by itself, and that are not to be declared. */
  readonly ownUriSchemes: readonly string[]
}

/** A PSC as it is known: every value a fact. */
export interface KnownPsc {
  /** How people call it and who runs it. */
  readonly title: string
  /** Environment → base URL, the one that is used by default first; empty for a text that no one serves. */
  readonly environments: Readonly<Record<string, Fact<string>>>
  readonly capabilities: { readonly [Key in keyof Capabilities]: Fact<Capabilities[Key]> }
  /** `aud` of a registration that is signed; default: the name of the PSC. */
  readonly audience?: Fact<string>
}

/** A value in the words of the PSC or of the standard. */
export function quoted<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'quoted', source }
}

/** A value from somebody else's code or text. */
export function said<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'said', source }
}

/** A value that follows from others, or that nothing speaks against. */
export function inferred<const T>(value: T, source: string): Fact<T> {
  return { value, mark: 'inferred', source }
}
