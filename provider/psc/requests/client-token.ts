import { z } from 'zod'
import { PscError } from '../../errors.ts'
import type { HttpRequest, HttpResponse } from '../../http/message.ts'
import { adviceFor, adviceForTokenEndpoint, type Advisor } from '../advice.ts'
import { describeBody, parseJson, toPscError } from '../call.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'

/** A client's identifier and secret, resolved. */
export interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

/** An application token and what was granted with it. */
export interface ClientToken {
  readonly accessToken: string
  readonly tokenType: 'Bearer'
  /** Seconds; undefined where the PSC does not say (`expires_in` is optional in DOC-ICP-17.01). */
  readonly expiresIn: number | undefined
  /** Undefined where the answer has none, as at a PSC's `client_token`. */
  readonly scope?: string | undefined
}

/**
 * The request for an application token.
 *
 * @see the API document "Token de acesso de aplicação" (SerproID), `POST /client_token`
 */
export function clientTokenRequest(profile: PscProfile, client: ClientCredentials): HttpRequest {
  const parameters = {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
  }
  const isJson = profile.tokenRequest === 'json'
  return {
    method: 'POST',
    url: endpointsOf(profile).clientToken,
    headers: { 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: isJson ? JSON.stringify(parameters) : new URLSearchParams(parameters).toString(),
  }
}

/**
 * Visible ASCII: RFC 6749, appendix A.12, without the space, so that it is one word of an Authorization header. RFC 6750
 * allows fewer characters, which a PSC need not have heard of.
 */
export const accessTokenText = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .max(16_384)

const tokenAnswer = z.object({
  access_token: accessTokenText,
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().int().positive().optional().catch(undefined),
})

const advise: Advisor = (code, status) => adviceFor(code) ?? adviceForTokenEndpoint(code, status)

/**
 * Reads the answer to {@link clientTokenRequest}.
 *
 * @throws {PscError} for every other answer than the documented success.
 */
export function readClientToken(
  request: HttpRequest,
  response: HttpResponse,
  clientSecret: string,
): ClientToken {
  if (response.status !== 200) throw toPscError(request, response, [clientSecret], advise)
  const answer = tokenAnswer.safeParse(parseJson(response.body))
  if (!answer.success) {
    const reason =
      parseJson(response.body) === undefined ? describeBody(response) : 'no usable Bearer token'
    throw new PscError(
      'ERR_PSC_UNEXPECTED_ANSWER',
      `[${request.method}] "${request.url}": 200, with ${reason}. Check the base URL, and whether a proxy answers in its place.`,
      { status: 200 },
    )
  }
  const { access_token: accessToken, expires_in: expiresIn } = answer.data
  return { accessToken, tokenType: 'Bearer', expiresIn }
}
