import type { SignIn } from './authorization.ts'
import type { Advisor } from '../answers/errors.ts'
import { describeLifetime } from './lifetime.ts'

/**
 * What to do about the documented errors of `/token`, each with its documented causes, less those that cannot be the
 * cause here.
 *
 * @param now milliseconds since the epoch.
 * @see the API document "Token de acesso" (NeoID), "Lista de erros"
 */
export function adviceForUserToken(signIn: SignIn, now: number): Advisor {
  const advice = {
    invalid_request:
      'Documented causes: a required parameter is missing, or one has more than one value. All six were sent, each once: check the base URL, and whether a proxy changes requests on the way.',
    unsupported_grant_type:
      'Documented cause: the grant_type, which was authorization_code, is not accepted: check the base URL.',
    invalid_client:
      'Documented causes: the PSC knows no application with this client_id, or its client_secret is another one. "psc verify" tells which of the two.',
    invalid_grant: explainInvalidGrant(signIn, now),
    server_error: 'Something unexpected happened at the PSC: begin again later.',
  }
  return (code) => (Object.hasOwn(advice, code) ? advice[code as keyof typeof advice] : undefined)
}

/**
 * Of the six documented causes, the redirect URI (wrong encoding; missing or another one) and the verifier can be
 * ruled out: the same texts went to `/authorize`, and the state showed that the address belongs to this sign-in.
 */
function explainInvalidGrant({ redirectUri, beganAt }: SignIn, now: number): string {
  const { host } = new URL(redirectUri)
  const age = describeLifetime(Math.max(0, Math.round((now - beganAt) / 1000)))
  return [
    `It is not the redirect_uri and not the code_verifier, which are those of the authorize request.`,
    `What is left: the code was used already, most likely by the application at ${host}, which saw it first;`,
    `it expired (this sign-in began ${age} ago); or the address was not copied whole.`,
    `Begin again, with a --redirect-uri at which no application answers, and give the address at once.`,
  ].join(' ')
}
