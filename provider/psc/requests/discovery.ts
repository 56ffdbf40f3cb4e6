import { z } from 'zod'
import { IssuerError, PscError } from '../../errors.ts'
import { faultOfAddress, withoutFinalSlashes } from '../../http/address.ts'
import { type Transport, call, parse } from '../call.ts'

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
export async function withTokenEndpoint<T>(
  url: string,
  transport: Transport,
  request: () => Promise<T>,
): Promise<T> {
  const { pathname } = new URL(url)
  if (wellKnown.test(pathname)) {
    const endpoint = await readTokenEndpoint(url, transport)
    const message = `"${url}" is the address of a discovery document, not of a token endpoint. ${give(endpoint)}`
    throw new IssuerError({ property: 'issuer', message })
  }
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof PscError) || !mayBeIssuer(error)) throw error
    const document = `${withoutFinalSlashes(url)}/.well-known/openid-configuration`
    const endpoint = await readTokenEndpoint(document, transport)
    if (endpoint === undefined || endpoint === url) throw error
    throw error.reworded(
      `${error.detail} The issuer is an address above the token endpoint. ${give(endpoint)}`,
    )
  }
}

function give(endpoint: string | undefined): string {
  return endpoint === undefined
    ? 'Give the value of token_endpoint in that document.'
    : `Give "${endpoint}".`
}

/** Tells whether a server answered a POST as it does where it has no token endpoint: a page, a redirect, 404 or 405. */
function mayBeIssuer({ status = 0, pscCode }: PscError): boolean {
  return status === 404 || status === 405 || (status < 400 && status > 0 && pscCode === undefined)
}

const metadata = z.object({ token_endpoint: z.url().max(2_000) })

/** Reads the token endpoint of a discovery document. Undefined without one, or with an unsafe one. */
async function readTokenEndpoint(url: string, transport: Transport): Promise<string | undefined> {
  try {
    const { token_endpoint: endpoint } = await call(transport, {
      request: { method: 'GET', url, headers: {}, body: '', repeatable: false },
      secrets: [],
      advise: () => undefined,
      read: (body) => parse(metadata, body),
    })
    return faultOfAddress(endpoint) === undefined ? new URL(endpoint).href : undefined
  } catch {
    return undefined
  }
}
