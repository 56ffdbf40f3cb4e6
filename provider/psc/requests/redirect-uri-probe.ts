import { randomBytes } from 'node:crypto'
import { HttpFailure } from '../../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../../http/message.ts'
import { isLoopback } from '../../rules/loopback.ts'
import type { Transport } from '../call.ts'

/** Names a redirect URI of a client. */
export interface Place {
  readonly clientId: string
  readonly uri: string
}

/** Holds an answer that does not lead to the redirect URI. */
export interface Elsewhere {
  readonly kind: 'elsewhere'
  /** Its status, the address that it redirects to, and its words, without what differs between two equal requests. */
  readonly says: string
  /** Whether it refuses the request, in words about the redirect URI. */
  readonly isRefusalOfUri: boolean
  /** Whether it says that the client is unknown or disabled. */
  readonly isOfClient: boolean
}

/**
 * Holds an answer; `unclear` leads to the redirect URI without our error, or to another form of it, or may come from a gateway.
 */
export type Answer =
  { readonly kind: 'redirected' } | { readonly kind: 'unclear' | 'unanswered' } | Elsewhere

export const unanswered: Answer = { kind: 'unanswered' }

/** Sends an authorize request that is wrong on purpose, and reads where its error goes. */
export async function probe(
  transport: Transport,
  authorize: string,
  place: Place,
): Promise<Answer> {
  const state = randomText()
  try {
    const response = await transport(probeRequest(authorize, place, state))
    return readAnswer(response, authorize, place, state)
  } catch (error) {
    if (error instanceof HttpFailure) return unanswered
    throw error
  }
}

/** Builds the request: right up to the redirect URI, then wrong in every part that a server may look at. */
function probeRequest(authorize: string, { clientId, uri }: Place, state: string): HttpRequest {
  const query = new URLSearchParams({
    // Spring looks at it before the redirect URI.
    response_type: 'code',
    client_id: clientId,
    redirect_uri: uri,
    scope: 'pulumi-psc-probe',
    state,
    prompt: 'none',
    code_challenge: randomText(),
    code_challenge_method: 'pulumi-psc-probe',
  })
  const headers = { accept: 'text/html, */*;q=0.8' }
  return { method: 'GET', url: `${authorize}?${query.toString()}`, headers, body: '' }
}

/** Reads an answer. Judges by the address that it redirects to: some servers redirect in both cases. */
export function readAnswer(
  { status, headers, body }: HttpResponse,
  authorize: string,
  { clientId, uri }: Place,
  state: string,
): Answer {
  if (status === 408 || status === 425 || status === 429 || status >= 500) return unanswered
  if ([401, 403, 404, 405, 410].includes(status)) return { kind: 'unclear' }
  const location = status >= 300 && status < 400 ? [headers.location].flat()[0] : undefined
  const target = location === undefined ? null : URL.parse(location, authorize)
  const parameters = new URLSearchParams(target?.search)
  for (const [key, value] of new URLSearchParams(target?.hash.slice(1)))
    parameters.append(key, value)
  if (target && looseForm(target.href) === looseForm(uri)) {
    const isOurs = parameters.has('error') && parameters.getAll('state').includes(state)
    return { kind: isOurs && leadsTo(target, uri) ? 'redirected' : 'unclear' }
  }
  const error = parameters.get('error') ?? ''
  const address = target ? target.origin + target.pathname : ''
  const text = [...parameters.values(), visible(body)].join(' ')
  const words = [uri, encodeURIComponent(uri), clientId].reduce(
    (rest, sent) => rest.replaceAll(sent, '…'),
    text,
  )
  const isRefusal = target ? refusals.has(error) : status === 400
  return {
    kind: 'elsewhere',
    says: [status, address, ...parameters.keys(), ...withoutNumbers(words)].join(' '),
    isRefusalOfUri: isRefusal && ofUri.test(words),
    isOfClient: ofClient.test(text),
  }
}

const refusals = new Set(['invalid_request', 'invalid_redirect_uri', 'redirect_uri_mismatch'])

/** The code of RFC 6749, the words of Keycloak, and what a server may say of a disabled client. */
const ofClient =
  /\b(?:invalid|unauthorized)_client\b|\bclient (?:not found|disabled)\b|\b(?:suspens|suspended|inactive|inativ|bloquead|desativad|desabilitad)/i

/**
 * The name of the parameter, in the words of every server that was tried, or in Portuguese. A client may be refused for
 * other reasons, also by a page that redirects.
 */
const ofUri =
  /(?:redirect(?:ion)?|callback)[\s_-]*ur[il]|(?:ur[il]s?|endereços?) de (?:redirecionamento|retorno|callback)/i

/** Tells whether an address is a redirect URI with more parameters, whatever form a server gives it. */
function leadsTo({ origin, pathname, searchParams }: URL, uri: string): boolean {
  const wanted = new URL(uri)
  return (
    origin === wanted.origin &&
    pathname === wanted.pathname &&
    [...wanted.searchParams].every(([key, value]) => searchParams.has(key, value))
  )
}

/**
 * Makes the form in which a server that compares loosely may compare redirect URIs: without case, query and final slash. A
 * server must also ignore the port of a loopback address (RFC 8252, section 7.3).
 */
export function looseForm(uri: string): string {
  const url = URL.parse(uri)
  if (!url || url.host === '') return uri
  const { protocol, hostname, host, pathname } = url
  const place = `${protocol}//${isLoopback(hostname) ? hostname : host}${pathname}`
  return place.toLowerCase().replace(/\/$/, '')
}

/** Tells whether a URI can be probed. A PSC's own scheme, such as push://, may notify a holder. */
export function isWeb(uri: string): boolean {
  return /^https?:$/.test(URL.parse(uri)?.protocol ?? '')
}

/** Makes an address on the same host that nobody has registered. */
export function randomUriAt(uri: string): string {
  return `${new URL(uri).origin}/${randomText()}`
}

/** The part of a page that is compared, in characters. */
const comparedLength = 65_536

/** Removes the tags of a page, in time proportional to its length. Nonces and sessions stand in tags. */
function visible(page: string): string {
  const [first = '', ...parts] = page.slice(0, comparedLength).split('<')
  const texts = parts.filter((part) => !/^(?:script|style)\b/i.test(part))
  const text = [first, ...texts.map((part) => part.slice(part.indexOf('>') + 1))].join(' ')
  return text.replace(/&(?:amp|#(x?)([\da-f]{1,4}));/gi, (_, hex?: string, code?: string) =>
    code === undefined ? '&' : String.fromCharCode(parseInt(code, hex ? 16 : 10)),
  )
}

/** Removes the words with a digit, such as a time, the number of a request and our own random texts. */
function withoutNumbers(text: string): string[] {
  return text.split(/[\s"'&=;:,<>{}()]+/).filter((word) => !/\d/.test(word))
}

/** Makes a text that is as hard to guess as a state must be, as long as a challenge (RFC 7636, section 4.2), and has a digit. */
function randomText(): string {
  return `0${randomBytes(32).toString('base64url').slice(1)}`
}
