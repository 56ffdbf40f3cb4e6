import { z } from 'zod'
import type { PscError } from '../../errors.ts'
import { describeLifetime } from '../../rules/text.ts'
import { say, sayLater } from '../../say.ts'
import { type Advisor, adviceOf, adviceUnderBasic, adviceWithoutCode, firstOf } from '../advice.ts'
import { type Call, call, parse, type Transport, UndocumentedAnswer } from '../call.ts'
import { repeatsSecret } from '../redact.ts'
import { explainSecret } from '../refusals.ts'
import { authenticate, type ClientCredentials } from '../requests/client-authentication.ts'
import { bearerToken } from '../requests/client-token.ts'
import { scopes, type SignIn } from './authorization.ts'
import type { AuthorizationAnswer } from './callback.ts'

/** Holds a grant as the PSC sent it. Its values are neither validated nor safe to show. */
export interface RawGrant {
  readonly scope: unknown
  readonly expiresIn: unknown
  readonly identificationType: unknown
  readonly identification: unknown
}

const answer = bearerToken.extend({
  scope: z.string().nullish(),
  expires_in: z.union([z.number().positive(), z.string().regex(/^\d+$/)]).optional(),
  authorized_identification_type: z.unknown().optional(),
  authorized_identification: z.unknown().optional(),
})

/** Values that are always shown: a very short secret may be a part of one. */
const documentedValues: ReadonlySet<unknown> = new Set([...scopes, 'CPF', 'CNPJ'])

type Secret = Omit<ClientCredentials, 'clientId'>

/**
 * Exchanges an authorization code at `/token`, once.
 *
 * The token is checked and dropped: only what was granted with it is returned.
 *
 * @param now milliseconds since the epoch: a refusal says how long the sign-in took.
 * @throws {PscError} when the PSC refuses, cannot be reached, or answers with something else.
 */
export function exchangeCode(
  signIn: SignIn,
  secret: Secret,
  authorization: AuthorizationAnswer,
  transport: Transport,
  now: number,
): Promise<RawGrant> {
  return call(transport, requestUserToken(signIn, secret, authorization, now))
}

/**
 * Requests the token of a holder: the six documented fields and nothing else, form-encoded.
 *
 * @see the API document "Token de acesso" (NeoID), `POST /token`
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.5
 */
function requestUserToken(
  signIn: SignIn,
  secret: Secret,
  authorization: AuthorizationAnswer,
  now: number,
): Call<RawGrant> {
  const code = authorization.get('code') ?? ''
  const { clientId, clientAuthentication } = signIn
  const client = authenticate(clientAuthentication, { clientId, ...secret })
  const secrets = [...client.secrets, signIn.codeVerifier, code]
  return {
    request: {
      method: 'POST',
      url: signIn.tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...client.headers },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        ...client.fields,
        code,
        redirect_uri: signIn.redirectUri,
        code_verifier: signIn.codeVerifier,
      }).toString(),
      repeatable: false,
    },
    secrets,
    clientAuthentication,
    advise:
      clientAuthentication === 'basic'
        ? firstOf(adviceUnderBasic, adviceForUserToken(signIn, now))
        : adviceForUserToken(signIn, now),
    read(body) {
      const given = parse(answer, body)
      const grant = {
        scope: given.scope ?? undefined,
        expiresIn: given.expires_in,
        identificationType: given.authorized_identification_type,
        identification: given.authorized_identification,
      }
      const repeats = (value: unknown) =>
        typeof value === 'string' &&
        !documentedValues.has(value) &&
        repeatsSecret(value, [...secrets, given.access_token])
      if (Object.values(grant).some(repeats)) {
        throw new UndocumentedAnswer(say`it repeats a secret in a field that is shown`)
      }
      return grant
    },
    explain: (error) => explainSecret(sentOnce(error), { clientId, ...secret }),
  }
}

/** The request is never retried, so the user must hear that the code may be used up. */
function sentOnce(error: PscError): PscError {
  if (error.code !== 'ERR_PSC_UNAVAILABLE') return error
  return error.reworded(
    say`${error.detail} A code is sent only once, and the PSC may have taken it: begin again.`,
  )
}

/**
 * Says what to do about the documented errors of `/token`, by their documented causes, less those that are impossible
 * here.
 *
 * @see the API document "Token de acesso" (NeoID), "Lista de erros"
 */
function adviceForUserToken(signIn: SignIn, now: number): Advisor {
  const advise = adviceOf({
    invalid_request: sayLater`Documented causes: a required parameter is missing, or one has more than one value. All six were sent, each once: check the base URL, and whether a proxy changes requests on the way.`,
    unsupported_grant_type: sayLater`Documented cause: the grant_type, which was authorization_code, is not accepted: check the base URL.`,
    invalid_client: sayLater`Documented causes: the PSC knows no application with this client_id, or its client_secret is another one. Check clientId and what clientSecret refers to.`,
    unauthorized_client: sayLater`The PSC refuses the client_secret, or does not let this client exchange authorization codes. Check what clientSecret refers to, then ask the support of the PSC.`,
    invalid_grant: () => explainInvalidGrant(signIn, now),
    server_error: sayLater`The PSC failed: begin again later.`,
  })
  return firstOf(advise, adviceWithoutCode)
}

/**
 * Two of the six documented causes are impossible, a wrong redirect URI and a wrong verifier: the same strings went to
 * `/authorize`, and the state showed that the address belongs to this sign-in.
 */
function explainInvalidGrant({ redirectUri, beganAt }: SignIn, now: number): string {
  const { host } = new URL(redirectUri)
  const age = describeLifetime(Math.max(0, Math.round((now - beganAt) / 1000)))
  return say`The redirect_uri and the code_verifier are not the cause: they are those of the authorize request. Possible causes: the code was used already, most likely by the application at ${host}, which saw it first; it expired (this sign-in began ${age} ago); or the address was not copied whole. Begin again, with a --redirect-uri at which no application answers, and give the address at once.`
}
