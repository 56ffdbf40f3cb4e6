import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { IssuerError, PscError } from '../../errors.ts'
import { faultOfAddress, withoutFinalSlashes } from '../../http/address.ts'
import { say } from '../../say.ts'
import { type Call, type Transport, call, parse } from '../call.ts'
import { repeatsSecret } from '../redact.ts'

const wellKnown = /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?:\/|$)/

/**
 * Requests a token, and explains a failure by the address: the address of a discovery document or of an issuer is not a
 * token endpoint. Names the token endpoint where the server publishes it. Sends no secret to a discovery document.
 *
 * @throws {IssuerError} for the address of a discovery document.
 * @throws {PscError} what the request throws, with the token endpoint in its message where there is one.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3
 */
export async function callTokenEndpoint<T>(transport: Transport, token: Call<T>): Promise<T> {
  const { url } = token.request
  if (wellKnown.test(new URL(url).pathname)) {
    const endpoint = await readTokenEndpoint(url, transport, token.secrets)
    const message = say`"${url}" is the address of a discovery document, not of a token endpoint. ${give(endpoint)}`
    throw new IssuerError({ property: 'issuer', message })
  }
  try {
    return await call(transport, token)
  } catch (error) {
    if (!(error instanceof PscError) || !mayBeIssuer(error)) throw error
    const document = `${withoutFinalSlashes(url)}/.well-known/openid-configuration`
    const endpoint = await readTokenEndpoint(document, transport, token.secrets)
    if (endpoint === undefined || endpoint === url) throw error
    throw error.reworded(
      say`${error.detail} The issuer is an address above the token endpoint. ${give(endpoint)}`,
    )
  }
}

function give(endpoint: string | undefined): string {
  return endpoint === undefined
    ? say`Give the token endpoint: the value of token_endpoint, if the document exists.`
    : say`Give "${endpoint}".`
}

/**
 * Tells whether a server answered a POST as it does where it has no token endpoint: 404, 405, or anything without an error
 * code. A framework repeats the name of the status as one.
 */
function mayBeIssuer({ status, pscCode }: PscError): boolean {
  if (status === undefined) return false
  return status === 404 || status === 405 || [undefined, STATUS_CODES[status]].includes(pscCode)
}

/** The same limit as that of other words of a server in a message. */
const metadata = z.object({ token_endpoint: z.url().max(300) })

/**
 * Reads the token endpoint of a discovery document. Undefined without one, with an unsafe one, or with one that repeats a
 * secret of the token request: the server may just have received it.
 */
async function readTokenEndpoint(
  url: string,
  transport: Transport,
  secrets: readonly string[],
): Promise<string | undefined> {
  try {
    const { token_endpoint: endpoint } = await call(transport, {
      request: { method: 'GET', url, headers: {}, body: '', repeatable: false },
      secrets,
      advise: () => undefined,
      read: (body) => parse(metadata, body),
    })
    if (faultOfAddress(endpoint) !== undefined) return undefined
    const { href } = new URL(endpoint)
    return repeatsSecret(href, secrets) ? undefined : href
  } catch {
    return undefined
  }
}
