import { z } from 'zod'
import { adviceUnderBasic, type Advisor, firstOf } from '../advice.ts'
import { type Call, parse, UndocumentedAnswer } from '../call.ts'
import type { ClientAuthentication } from '../../rules/client-fields.ts'
import type { TokenRequest } from '../profiles/fact.ts'
import { repeatsSecret } from '../redact.ts'
import { explainSecret } from '../refusals.ts'
import { authenticate, type ClientCredentials } from './client-authentication.ts'
import { say } from '../../say.ts'

export type { ClientCredentials } from './client-authentication.ts'

/** Holds an application token and its grant. */
export interface ClientToken {
  readonly accessToken: string
  readonly tokenType: 'Bearer'
  /** In seconds; undefined if the issuer does not state it (`expires_in` is optional in DOC-ICP-17.01). */
  readonly expiresIn: number | undefined
  /** Undefined if the answer has none, as at a PSC's `client_token`. */
  readonly scope?: string | undefined
}

/** Holds the address and the form of a token request. */
export interface TokenEndpoint {
  readonly url: string
  readonly format: TokenRequest
  readonly authentication: ClientAuthentication
  /** `psc`: `POST /client_token`. `oauth`: a token endpoint of RFC 6749, whose whole answer is checked. */
  readonly answer: 'psc' | 'oauth'
  readonly advise: Advisor
  /** Whether the user declared the whole address, which may then be that of an issuer. Default: false. */
  readonly isDeclared?: boolean
}

/**
 * Describes the fields of every answer with a token.
 *
 * The token is visible ASCII: RFC 6749, appendix A.12, without the space, so that it is one word of an Authorization
 * header. RFC 6750 allows fewer characters, but a PSC need not follow it.
 */
export const bearerToken = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(16_384),
  token_type: z.string().regex(/^bearer$/i),
})

const seconds = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.int().positive())

const answers = {
  // An undocumented lifetime counts as not stated. No document describes a scope.
  psc: bearerToken.extend({
    expires_in: seconds.optional().catch(undefined),
    scope: z.undefined().catch(undefined),
  }),
  // These values are shown and stored: at most the seconds of a 32-bit timestamp, and the scope of RFC 6749,
  // section 3.3, which is empty at a Keycloak whose client has no scopes.
  oauth: bearerToken.extend({
    expires_in: seconds.pipe(z.number().max(2_147_483_647)).optional(),
    scope: z
      .string()
      .regex(/^[\x21\x23-\x5B\x5D-\x7E]*( [\x21\x23-\x5B\x5D-\x7E]+)*$/)
      .max(4_000)
      .nullish(),
  }),
}

/**
 * Requests a token by client credentials: the three documented fields and nothing else, or the grant type alone beside a
 * Basic header. May be repeated.
 *
 * @see the API document "Token de acesso de aplicação" (SerproID), `POST /client_token`
 * @see the API document "Autenticação" (Motor RCE)
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export function requestClientToken(
  { url, format, authentication, answer, advise }: TokenEndpoint,
  client: ClientCredentials,
): Call<ClientToken> {
  const { headers, secrets, ...authenticated } = authenticate(authentication, client)
  const fields = { grant_type: 'client_credentials', ...authenticated.fields }
  const [type, body] =
    format === 'json'
      ? ['application/json', JSON.stringify(fields)]
      : ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()]
  return {
    request: { method: 'POST', url, headers: { 'content-type': type, ...headers }, body },
    secrets,
    clientAuthentication: authentication,
    advise: authentication === 'basic' ? firstOf(adviceUnderBasic, advise) : advise,
    explain: (error) => explainSecret(error, client),
    read(given) {
      const { access_token: accessToken, expires_in, scope } = parse(answers[answer], given)
      if (scope && repeatsSecret(scope, [accessToken, ...secrets])) {
        throw new UndocumentedAnswer(say`its scope repeats a secret`)
      }
      return { accessToken, tokenType: 'Bearer', expiresIn: expires_in, scope: scope ?? undefined }
    },
  }
}
