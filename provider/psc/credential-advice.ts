import type { Advisor } from './errors.ts'

/**
 * What to do about the errors of Motor RCE's token endpoint.
 *
 * Its document gives 401 and 400 the same body, `unauthorized_client`: the status alone tells them apart. The other
 * codes are those of Keycloak, which it runs on, seen with version 26.4.0.
 *
 * @see the API document "Autenticação" (Motor RCE), "Casos de erro"
 */
export const adviceForMotorRce: Advisor = (code, status) => {
  if (code === 'unauthorized_client' && status === 401) {
    return 'The credential is not valid: compare clientSecret, and clientId too, with what Motor RCE gave you; if both are right, ask its support whether the client may use client_credentials.'
  }
  if (code === 'unauthorized_client' && status === 400) {
    return 'With 400 these words mean that a required field did not arrive, although all three were sent: check whether a proxy changes requests on the way.'
  }
  if (code === 'invalid_client') {
    return 'Motor RCE knows no active client with this id: check clientId and authBaseUrl (production or homologation), or ask its support whether the client was disabled.'
  }
  if (status === 404) {
    return 'There is no realm motor-rce at this address: check authBaseUrl, which is only what comes before /realms.'
  }
  return adviceForTokenEndpoint(code, status)
}

/**
 * What to do about the errors of a token endpoint, asked with client credentials.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export const adviceForTokenEndpoint: Advisor = (code, status) => {
  // A gateway may put any word beside its own failure; then that is what counts.
  if (status >= 500 || status === 429 || status === 408) return undefined
  return Object.hasOwn(advice, code) ? advice[code as keyof typeof advice] : undefined
}

const advice = {
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
}
