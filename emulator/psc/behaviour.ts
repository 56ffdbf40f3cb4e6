import type { RedirectUriRule } from '../judge/redirect-uri.ts'
import type { Vocabulary } from './refusals.ts'

/** How one PSC behaves where PSCs differ. */
export interface Behaviour extends ConfigurableBehaviour {
  /** The path of the base URL. */
  readonly basePath: string
  readonly vocabulary: Vocabulary
  /** Whether each application needs a name of its own. */
  readonly uniqueNames: boolean
  /** Redirect URIs that the PSC adds to every application. */
  readonly addedUris: readonly string[]
  /** The services that register an application. */
  readonly registrations: readonly ('application' | 'application_cert')[]
  /** The `aud` that a signed registration must have. Without one, any value is accepted. */
  readonly audience?: string
}

/** Where a refusal shows: in the HTTP status, or as `status: "error"` in a body with HTTP 200. */
export type ErrorPlace = 'http-status' | 'body'

/** What the emulator's configuration can change. */
export interface ConfigurableBehaviour extends TokenEndpointBehaviour {
  /**
   * How `authorize` answers a wrong request:
   *
   * - `redirects`: a page if the client or the redirect URI is not registered, otherwise a redirect to that URI (RFC 6749, 4.1.2.1)
   * - `pages`: a page for every error
   * - `error-redirect`: as `redirects`, but a redirect to an error page of its own takes the place of the page
   * - `login-first`: a redirect to a login page, before any check
   */
  readonly authorizeErrors: 'redirects' | 'pages' | 'error-redirect' | 'login-first'
  /** Whether every application has the certificate that registered it. */
  readonly certificate: 'required' | 'optional'
  readonly redirectUriRule: RedirectUriRule
  /** The `error` of a holder who refuses. */
  readonly holderRefusal: 'access_denied' | 'user_denied'
  /** The media type that client_token takes. */
  readonly tokenRequest: 'form' | 'json'
  /** Whether the PSC offers client_maintenance. */
  readonly maintenance: boolean
  /** Whether client_maintenance answers with all five fields or with client_id alone. */
  readonly echoes: boolean
  /** Whether client_maintenance sets the secret, and what happens to the client's earlier tokens. */
  readonly rotation: 'refused' | 'keeps tokens' | 'ends tokens'
  /** Where a refused registration shows. */
  readonly registrationErrors: ErrorPlace
  /** Where a refused write shows. */
  readonly maintenanceErrors: ErrorPlace
}

/** What the configuration can change of any token endpoint, also of Motor RCE's. */
export interface TokenEndpointBehaviour {
  /** Where a client sends its secret. `body`: RFC 6749's `client_secret_post`; `basic`: RFC 7617. */
  readonly clientAuthentication: 'body' | 'basic' | 'either'
  /** The status for wrong credentials in a body. RFC 6749, section 5.2 allows both. */
  readonly wrongCredentialsStatus: 400 | 401
  /** The issuer identifier, which turns `iss` (RFC 9207) and metadata (RFC 8414) on. `base-url`: the PSC's base URL. */
  readonly issuer?: string
}

/** The behaviour of the API documents. */
export const documentedTokenEndpoint: TokenEndpointBehaviour = {
  clientAuthentication: 'body',
  wrongCredentialsStatus: 401,
}
