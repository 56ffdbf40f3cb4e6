import * as oauth from 'oauth4webapi'
import { CallbackError } from '../../errors.ts'
import { say, sayLater } from '../../say.ts'
import { endWithWords, safeText, safeWords } from '../redact.ts'
import type { SignIn } from './authorization.ts'

const whole = sayLater`Copy the whole address from the browser.`

const again = sayLater`Begin again.`

/** Holds an answer of `/authorize` that {@link readCallback} has checked. The exchange accepts no other. */
export type AuthorizationAnswer = URLSearchParams

/**
 * Reads the parameters of the browser's final address and checks them with oauth4webapi.
 *
 * Messages repeat only the host of the address, because the address may contain a code.
 *
 * @throws {CallbackError}
 */
export function readCallback(signIn: SignIn, address: string): AuthorizationAnswer {
  const url = URL.parse(tidy(address))
  if (!url) throw new CallbackError(say`The input is not an address. ${whole()}`)
  judgePlace(url, signIn)
  refuseIfError(signIn, url.searchParams)
  // oauth4webapi checks the code only at the exchange.
  const [repeated] = repeatedIn(url.searchParams)
  if (repeated !== undefined) {
    throw new CallbackError(
      say`The address has ${repeated} more than once, but a PSC sends it once. ${whole()}`,
    )
  }
  const answer = readAnswer(signIn, url)
  judgeIssuer(signIn, answer.get('iss'))
  if (answer.get('code')) return answer
  throw new CallbackError(say`The address has no code. ${whole()}`)
}

function repeatedIn(parameters: URLSearchParams): string[] {
  return ['code', 'state', 'error', 'iss'].filter((name) => parameters.getAll(name).length > 1)
}

/** Reports an error of the PSC, with what is odd about its address: it grants nothing. Skips that of another sign-in. */
function refuseIfError({ state, loginHint }: SignIn, parameters: URLSearchParams): void {
  const error = parameters.get('error')
  const states = parameters.getAll('state')
  if (!error || states.some((given) => given !== state)) return
  const code = safeWords(error)
  const words = endWithWords(safeWords(parameters.get('error_description') ?? ''))
  const isDocumented = Object.hasOwn(adviceForRefusal, code)
  const advice = isDocumented
    ? adviceForRefusal[code as keyof typeof adviceForRefusal]()
    : say`No document describes this answer: ask the support of the PSC.`
  const sentences = [say`The PSC answered ${code + words}`]
  if (code === 'invalid_request' && loginHint === undefined)
    sentences.push(say`Some PSCs need to know who signs in: try --login-hint first.`)
  sentences.push(advice)
  const odd = repeatedIn(parameters).map((name) => say`${name} more than once`)
  if (states.length === 0) odd.push(say`no state`)
  if (odd.length > 0) {
    const list = odd.reduce((all, one) => say`${all} and ${one}`)
    sentences.push(say`Its address has ${list}: tell its support.`)
  }
  throw new CallbackError(sentences.join(' '), { final: true, pscCode: code, isDocumented })
}

/** Checks the state. */
function readAnswer({ clientId, state, authorizeUrl }: SignIn, url: URL): URLSearchParams {
  const issuer = url.searchParams.get('iss') ?? new URL(authorizeUrl).origin
  try {
    return oauth.validateAuthResponse({ issuer }, { client_id: clientId }, url, state)
  } catch (error) {
    throw explain(error, url.searchParams)
  }
}

/**
 * Compares the issuer of an answer with that of the PSC, or where that is unknown, with the origin of its endpoints.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
function judgeIssuer({ issuer, authorizeUrl }: SignIn, iss: string | null): void {
  if (iss === null) return
  const { origin } = new URL(authorizeUrl)
  if (issuer === undefined ? URL.parse(iss)?.origin === origin : iss === issuer) return
  const expected = issuer === undefined ? say`is at ${origin}` : say`is ${issuer}`
  throw new CallbackError(
    say`The address names the issuer ${safeText(iss)} (iss), but the issuer of this PSC ${expected}. The code was not used. If the PSC really has the other issuer, set \`issuer\` in its profile.`,
    { final: true },
  )
}

/** Removes spaces, quotes and brackets around a pasted address. */
function tidy(address: string): string {
  return address.trim().replace(/^(["'<])(.*)["'>]$/s, '$2')
}

/** Checks that the address is the redirect URI, with its path and its query. */
function judgePlace(url: URL, { authorizeUrl, redirectUri }: SignIn): void {
  const expected = new URL(redirectUri)
  const authorize = new URL(authorizeUrl)
  if (url.origin === authorize.origin && url.pathname === authorize.pathname) {
    throw new CallbackError(
      say`The address is the page of the PSC itself. If it shows an error, the PSC refused the request: compare clientId and the redirect URI with what is registered. Otherwise sign in there, then give the address at ${expected.host} that the browser ends on.`,
    )
  }
  if (url.origin !== expected.origin) {
    throw new CallbackError(
      say`The address is at ${safeText(`${url.protocol}//${url.host}`)}, but the browser must end at ${expected.origin}. ${whole()}`,
    )
  }
  const ownQuery = [...expected.searchParams].every(([name, value]) =>
    url.searchParams.getAll(name).includes(value),
  )
  if (url.pathname !== expected.pathname || !ownQuery) {
    throw new CallbackError(
      say`The address is another address at ${expected.host} than the redirect URI ${redirectUri}. If the application there redirects the browser, copy the address before that, from the history of the browser.`,
    )
  }
}

function explain(error: unknown, parameters: URLSearchParams): Error {
  if (error instanceof oauth.OperationProcessingError) return explainState(parameters)
  return new CallbackError(say`The address has no authorization code. ${whole()}`)
}

function explainState(parameters: URLSearchParams): CallbackError {
  if (parameters.has('response')) {
    const message = say`The PSC answered with a signed response, which was not requested. ${again()}`
    return new CallbackError(message, { final: true })
  }
  if (!parameters.has('state')) return new CallbackError(say`The address has no state. ${whole()}`)
  return new CallbackError(
    say`The address belongs to another sign-in: its state is not the one that was sent. It was not used. Give the address that this sign-in ended on.`,
  )
}

/**
 * Lists the remedies for the errors of `/authorize`. `user_denied` is SafeID's word for `access_denied`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
 */
export const adviceForRefusal = {
  access_denied: sayLater`The holder or the PSC refused. Begin again.`,
  user_denied: sayLater`The holder refused. Begin again.`,
  invalid_request: sayLater`The PSC misses something in the authorize request, which has all that DOC-ICP-17.01 asks for: tell its support.`,
  unauthorized_client: sayLater`The PSC does not let this client ask for an authorization code: ask its support.`,
  unsupported_response_type: sayLater`The PSC does not know response_type=code here: check the base URL.`,
  invalid_scope: sayLater`The PSC does not grant this scope to this client: choose another with --scope.`,
  server_error: sayLater`The PSC failed. Begin again.`,
  temporarily_unavailable: sayLater`The PSC is unavailable: begin again later.`,
} as const
