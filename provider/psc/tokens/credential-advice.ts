import type { Advisor } from '../answers/errors.ts'
import { adviceForTokenEndpoint } from '../answers/oauth-advice.ts'

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
