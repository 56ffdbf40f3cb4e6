import type { Advisor } from './errors.ts'

/**
 * What to do about the errors of a token endpoint, asked with client credentials.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const adviceForTokenEndpoint: Advisor = adviceOf({
  invalid_request:
    'The issuer misses something in the request, which has grant_type, client_id and client_secret: check the address, and whether a proxy changes requests on the way.',
  invalid_client:
    'The issuer does not accept the client: check clientId and what clientSecret refers to, and whether the client was disabled.',
  invalid_grant: 'The issuer does not accept the credential: check clientId and clientSecret.',
  unauthorized_client:
    'The issuer does not let this client use client_credentials, or does not accept its secret: check clientSecret, then ask its support.',
  unsupported_grant_type:
    'The issuer does not offer client_credentials at this address: check the address.',
  invalid_scope: 'The issuer wants a scope to be named, and this client has no default one.',
})

/**
 * What to do about the errors of a maintenance request, which a token lets in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export const adviceForBearer: Advisor = adviceOf({
  invalid_request:
    'The PSC misses something in the document, or does not accept one of its values: compare the declaration with its words.',
  invalid_token:
    'The PSC refused a new token as well: try again; if it persists, tell its support.',
  insufficient_scope:
    'The token does not let this client be maintained: ask the support of the PSC to allow it.',
  invalid_client:
    'The PSC does not accept the client: check clientId, and whether the client was disabled.',
  unauthorized_client:
    'The PSC does not let this client be maintained: ask its support to allow it.',
})

function adviceOf(advice: Readonly<Record<string, string>>): Advisor {
  return (code, status) => {
    // A gateway may put any word beside its own failure; then that is what counts.
    if (status >= 500 || status === 429 || status === 408) return undefined
    return Object.hasOwn(advice, code) ? advice[code] : undefined
  }
}
