import * as oauth from 'oauth4webapi'
import { PscError } from '../../errors.ts'
import type { HttpRequest } from '../../http/message.ts'
import type { Advisor } from '../advice.ts'
import { describeBody, exchange, parseJson, toPscError, type Transport } from '../call.ts'

/** How a request of oauth4webapi is carried. */
export interface Carriage {
  readonly transport: Transport
  /** False for an authorization code, which may be sent once only. */
  readonly repeatable: boolean
  /** What was sent and must not come back in a message. */
  readonly secrets: readonly string[]
  readonly advise: Advisor
}

type Fetch = NonNullable<oauth.TokenEndpointRequestOptions[typeof oauth.customFetch]>

/** The server as oauth4webapi sees it: only its token endpoint is ever asked. */
export function serverAt(tokenUrl: string): oauth.AuthorizationServer {
  return { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl }
}

/** The options that send a token request through this package's own HTTP layer. */
export function through(carriage: Carriage): oauth.TokenEndpointRequestOptions {
  return {
    [oauth.customFetch]: carrier(carriage),
    // Whether plain http is good enough, loopback alone, was judged with the address.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated "to make it stand out"
    [oauth.allowInsecureRequests]: true,
  }
}

function carrier({ transport, repeatable, secrets, advise }: Carriage): Fetch {
  return async (url, { body }) => {
    const request: HttpRequest = {
      method: 'POST',
      url,
      // As documented: oauth4webapi would add a charset, which this media type does not have.
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      repeatable,
    }
    const response = await exchange(request, transport)
    // The documents say what each refusal means; oauth4webapi keeps neither a 5xx's body nor its Retry-After.
    if (response.status !== 200) throw toPscError(request, response, secrets, advise)
    if (response.tooLong) throw unexpected(url, `with ${describeBody(response)}`)
    const type = response.headers['content-type']
    const headers = { 'content-type': (Array.isArray(type) ? type[0] : type) ?? '' }
    return new Response(withoutUnasked(response.body), { headers })
  }
}

/**
 * Without what oauth4webapi would fail on and nobody reads: an id_token, which no scope here asks for (unknown fields
 * are ignored: RFC 6749, section 5.1), and a scope that is null, which is none.
 */
function withoutUnasked(body: string): string {
  const json = parseJson(body)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return body
  const kept = Object.entries(json).filter(
    ([name, value]) => name !== 'id_token' && !(name === 'scope' && value === null),
  )
  return kept.length === Object.keys(json).length ? body : JSON.stringify(Object.fromEntries(kept))
}

/**
 * The JSON of a successful answer that has passed oauth4webapi's checks, as it was sent: the library changes what it
 * returns, and would take `"300 seconds"` for 300.
 *
 * @throws {PscError} in place of what the library throws, whose `cause` holds the answer with the token.
 */
export async function checkedJson(
  tokenUrl: string,
  response: Response,
  check: (response: Response) => Promise<unknown>,
): Promise<unknown> {
  const body = await response.clone().text()
  try {
    await check(response)
    return parseJson(body)
  } catch (error) {
    const reason = reasonOf(error, body, response.headers.get('content-type') ?? '')
    if (reason === undefined) throw error
    throw unexpected(tokenUrl, reason)
  }
}

/** The error for a 200 whose content is not what the documents promise. */
export function unexpected(tokenUrl: string, reason: string): PscError {
  return new PscError(
    'ERR_PSC_UNEXPECTED_ANSWER',
    `[POST] "${tokenUrl}": 200, but ${reason}. Check the address, and whether a proxy answers in its place.`,
    { status: 200 },
  )
}

function reasonOf(error: unknown, body: string, type: string): string | undefined {
  if (error instanceof oauth.UnsupportedOperationError) return 'its token_type is not Bearer'
  if (!(error instanceof oauth.OperationProcessingError)) return undefined
  if (parseJson(body) === undefined) {
    return `with ${describeBody({ status: 200, headers: { 'content-type': type }, body })}`
  }
  // `"response" body "access_token" property must be a string`
  const field = /body "(\w+)" property/.exec(error.message)?.[1]
  return field
    ? `its ${field} is missing or of the wrong type`
    : 'it is no answer to a token request'
}
