import type { Vocabulary } from './refusals.ts'

/** How one PSC behaves where PSCs differ. */
export interface Behaviour {
  /** The path of the base URL. */
  readonly basePath: string
  readonly vocabulary: Vocabulary
  /** The media type that client_token takes. */
  readonly tokenRequest: 'form' | 'json'
  /** Whether the PSC offers client_maintenance. */
  readonly maintenance: boolean
  /** Whether client_maintenance answers with all five fields or with client_id alone. */
  readonly echoes: boolean
  /** Whether client_maintenance sets the secret, and what happens to the client's earlier tokens. */
  readonly rotation: 'refused' | 'keeps tokens' | 'ends tokens'
  /** Whether each application needs a name of its own. */
  readonly uniqueNames: boolean
  /** Redirect URIs that the PSC adds to every application. */
  readonly addedUris: readonly string[]
  /** The service that registers an application. */
  readonly registration: 'application' | 'application_cert' | 'none'
  /** The `aud` that a signed registration must have. */
  readonly audience?: string
  /** Whether every application has the certificate that registered it. */
  readonly certificate: 'required' | 'optional'
}
