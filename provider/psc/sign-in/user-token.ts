import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { PscError } from '../../errors.ts'
import { describeLifetime } from '../../rules/text.ts'
import type { Advisor } from '../advice.ts'
import type { Transport } from '../call.ts'
import { repeatsSecret } from '../redact.ts'
import { accessTokenText } from '../requests/client-token.ts'
import { checkedJson, serverAt, through, unexpected } from '../requests/oauth.ts'
import { scopes, type SignIn } from './authorization.ts'
import type { AuthorizationAnswer } from './callback.ts'

/** What was granted, word for word as the PSC said it: nothing of it is judged, or safe to show, yet. */
export interface RawGrant {
  readonly scope: unknown
  readonly expiresIn: unknown
  readonly identificationType: unknown
  readonly identification: unknown
}

const answer = z.looseObject({
  access_token: accessTokenText,
  token_type: z.string().regex(/^bearer$/i),
})

/** What is shown in any case: a very short secret may be a part of it. */
const documentedValues: ReadonlySet<string> = new Set([...scopes, 'CPF', 'CNPJ'])

/**
 * Exchanges an authorization code at `/token`: form-encoded, the six documented fields and nothing else, once.
 *
 * The token is checked and dropped: only what was granted with it is returned.
 *
 * @param now milliseconds since the epoch, for how long the sign-in took.
 * @throws {PscError} when the PSC refuses, cannot be reached, or answers with something else.
 * @see the API document "Token de acesso" (NeoID), `POST /token`
 */
export async function exchangeCode(
  signIn: SignIn,
  clientSecret: string,
  authorization: AuthorizationAnswer,
  transport: Transport,
  now: number,
): Promise<RawGrant> {
  const server = serverAt(signIn.tokenUrl)
  const client = { client_id: signIn.clientId }
  const secrets = [clientSecret, signIn.codeVerifier, authorization.get('code') ?? '']
  const advise = adviceForUserToken(signIn, now)
  const response = await oauth
    .authorizationCodeGrantRequest(
      server,
      client,
      oauth.ClientSecretPost(clientSecret),
      authorization,
      signIn.redirectUri,
      signIn.codeVerifier,
      through({ transport, repeatable: false, secrets, advise }),
    )
    .catch((error: unknown) => {
      throw onceOnly(error)
    })
  const json = await checkedJson(signIn.tokenUrl, response, (given) =>
    oauth.processAuthorizationCodeResponse(server, client, given),
  )
  const checked = answer.safeParse(json)
  if (!checked.success) {
    const field = String(checked.error.issues[0]?.path[0])
    throw unexpected(signIn.tokenUrl, `its ${field} is none that is documented`)
  }
  const { data } = checked
  const grant = {
    scope: data.scope,
    expiresIn: data.expires_in,
    identificationType: data.authorized_identification_type,
    identification: data.authorized_identification,
  }
  const repeated = Object.values(grant).some(
    (value) =>
      typeof value === 'string' &&
      !documentedValues.has(value) &&
      repeatsSecret(value, [...secrets, data.access_token]),
  )
  // What was granted is shown.
  if (repeated) throw unexpected(signIn.tokenUrl, 'it repeats a secret where none belongs')
  return grant
}

/** What is not repeated by itself must be said: the code may have been taken. */
function onceOnly(error: unknown): unknown {
  if (!(error instanceof PscError && error.code === 'ERR_PSC_UNAVAILABLE')) return error
  return error.reworded(
    `${error.detail} A code is sent once only, and the PSC may have taken it: begin again.`,
  )
}

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
