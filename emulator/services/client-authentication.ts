import type { TokenEndpointBehaviour } from '../psc/behaviour.ts'

/** How a request authenticates its client, or why it does not. */
export type ClientAuthentication = 'body' | 'basic' | 'missing' | 'repeated'

/**
 * Finds the client's credentials and writes those of a Basic header into the fields, so that the service reads one place.
 *
 * @returns `missing` where the PSC takes Basic alone and the request has none; `repeated` for credentials in both places, which
 *   RFC 6749, section 2.3 forbids
 */
export function authenticationOf(
  { clientAuthentication }: TokenEndpointBehaviour,
  headers: Headers,
  fields: URLSearchParams,
): ClientAuthentication {
  const basic = clientAuthentication === 'body' ? undefined : readBasic(headers)
  if (!basic) return clientAuthentication === 'basic' ? 'missing' : 'body'
  if (fields.has('client_secret')) return 'repeated'
  fields.set('client_id', basic.clientId)
  fields.set('client_secret', basic.secret)
  return 'basic'
}

/** @see RFC 7617, section 2; RFC 6749, section 2.3.1: both parts are form-encoded before they are joined */
export function readBasic(headers: Headers): { clientId: string; secret: string } | undefined {
  const encoded = /^Basic +([\w+/-]+=*) *$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { clientId: decode(text.slice(0, colon)), secret: decode(text.slice(colon + 1)) }
}

/**
 * Gives a refusal of credentials the status and the challenge of the PSC.
 *
 * @see RFC 6749, section 5.2: after a Basic header the status must be 401 with a matching challenge
 */
export function refuseCredentials(
  { clientAuthentication, wrongCredentialsStatus }: TokenEndpointBehaviour,
  used: ClientAuthentication,
  refusal: Response,
): Response {
  const inBody = refusal.status === 401 ? wrongCredentialsStatus : refusal.status
  const status = used === 'body' ? inBody : 401
  const headers = new Headers(refusal.headers)
  if (status === 401 && clientAuthentication !== 'body') {
    headers.set('WWW-Authenticate', 'Basic realm="PSC", charset="UTF-8"')
  }
  return new Response(refusal.body, { status, headers })
}

function decode(part: string): string {
  return new URLSearchParams(`part=${part.replaceAll('&', '%26')}`).get('part') ?? ''
}
