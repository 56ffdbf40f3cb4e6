import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { Advisor } from '../advice.ts'
import type { Transport } from '../call.ts'
import { repeatsSecret } from '../redact.ts'
import { accessTokenText, type ClientCredentials, type ClientToken } from './client-token.ts'
import { checkedJson, serverAt, through, unexpected } from './oauth.ts'

const answer = z.object({
  access_token: accessTokenText,
  // oauth4webapi would accept a DPoP token too.
  token_type: z.string().regex(/^bearer$/i),
  // What is shown and kept: at least a second, at most the longest that a timestamp of 32 bits can count.
  expires_in: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  // RFC 6749, section 3.3; empty at a Keycloak whose client has no scopes.
  scope: z
    .string()
    .regex(/^[\x21\x23-\x5B\x5D-\x7E]*( [\x21\x23-\x5B\x5D-\x7E]+)*$/)
    .max(4_000)
    .optional(),
})

/**
 * Obtains a token with client credentials, which may be repeated: form-encoded, the three documented fields and
 * nothing else.
 *
 * @throws {PscError} when the issuer refuses the client, cannot be reached, or answers with something else.
 * @see the API document "Autenticação" (Motor RCE); https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export async function obtainCredentialToken(
  tokenUrl: string,
  { clientId, clientSecret }: ClientCredentials,
  advise: Advisor,
  transport: Transport,
): Promise<ClientToken> {
  const server = serverAt(tokenUrl)
  const client = { client_id: clientId }
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    oauth.ClientSecretPost(clientSecret),
    {},
    through({ transport, repeatable: true, secrets: [clientSecret], advise }),
  )
  const checked = answer.safeParse(
    await checkedJson(tokenUrl, response, (given) =>
      oauth.processClientCredentialsResponse(server, client, given),
    ),
  )
  if (!checked.success) {
    const field = String(checked.error.issues[0]?.path[0])
    throw unexpected(tokenUrl, `its ${field} is none that is documented`)
  }
  const { access_token: accessToken, expires_in: expiresIn, scope } = checked.data
  if (scope !== undefined && repeatsSecret(scope, [accessToken, clientSecret])) {
    // The scope is kept in the state and shown.
    throw unexpected(tokenUrl, 'its scope repeats a secret')
  }
  return { accessToken, tokenType: 'Bearer', expiresIn, scope }
}
