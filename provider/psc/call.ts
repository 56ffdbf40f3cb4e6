import { z } from 'zod'
import { PscError, type PscErrorKind } from '../errors.ts'
import { HttpFailure } from '../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../http/message.ts'
import { adviceFor, type Advisor, isDocumentedCode } from './advice.ts'
import { safeWords } from './redact.ts'

/** `{code,msg,debug}`: the application services. */
const applicationError = z.object({ code: z.string(), msg: z.string().catch('') })

/** `{error,error_description,error_uri}`: the OAuth services (RFC 6749, section 5.2). */
const oauthError = z.object({ error: z.string(), error_description: z.string().catch('') })

/** `[{error,error_description:[…]}]`: the framework in front of them, unconfirmed. */
const frameworkError = z
  .tuple([z.object({ error: z.string(), error_description: z.array(z.string()).catch([]) })])
  .rest(z.unknown())

/** A PSC's own words about an error, in whichever of its three shapes. */
export interface ErrorBody {
  readonly code: string
  readonly msg: string
}

/** Reads an error's body; undefined for anything else, such as a gateway's HTML. */
export function readErrorBody(
  body: string,
  secrets: readonly string[] = [],
): ErrorBody | undefined {
  const json = parseJson(body)
  const safe = (code: string, msg: string) => ({
    code: safeCode(code, secrets),
    msg: safeWords(msg, secrets),
  })
  const application = applicationError.safeParse(json)
  if (application.success) return safe(application.data.code, application.data.msg)
  const oauth = oauthError.safeParse(json)
  if (oauth.success) return safe(oauth.data.error, oauth.data.error_description)
  const framework = frameworkError.safeParse(json)
  if (framework.success) {
    const [first] = framework.data
    return safe(first.error, first.error_description.join(' '))
  }
  return undefined
}

/** A documented code is no secret, even where a very short one is a part of it. */
function safeCode(code: string, secrets: readonly string[]): string {
  return isDocumentedCode(code) ? code : safeWords(code, secrets)
}

/** The JSON value of a text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The error for an answer that is not the success that was asked for.
 *
 * @param advise default: what the documents of the application services say of their codes.
 */
export function toPscError(
  request: HttpRequest,
  response: HttpResponse,
  secrets: readonly string[],
  advise: Advisor = adviceFor,
): PscError {
  const { status } = response
  const challenge = challengeOf(request, response)
  const body =
    readErrorBody(response.body, secrets) ??
    (challenge === undefined ? undefined : { code: safeCode(challenge, secrets), msg: '' })
  const where = `[${request.method}] "${request.url}": ${status}`
  const isDocumented = body !== undefined && isDocumentedCode(body.code)
  const details = { pscCode: body?.code, isDocumented, status }
  const when = response.comeBackAt?.toISOString()
  if (body) {
    const words = body.msg ? `${body.code} (${body.msg})` : body.code
    const advice = advise(body.code, status) ?? adviceForStatus(status)
    const later = when === undefined ? '' : ` The PSC asks to come back after ${when}.`
    return new PscError(
      kindOf(status),
      `${where} ${words}. ${advice}${later}`.replaceAll('.).', '.)'),
      details,
    )
  }
  if (when !== undefined) {
    const message = `${where}: the PSC asks to come back after ${when}.`
    return new PscError('ERR_PSC_UNAVAILABLE', message, details)
  }
  return new PscError(
    status >= 400 && kindOf(status) === 'ERR_PSC_UNAVAILABLE'
      ? 'ERR_PSC_UNAVAILABLE'
      : 'ERR_PSC_UNEXPECTED_ANSWER',
    `${where}, with ${describeBody(response)}. ${adviceForStatus(status)}`,
    details,
  )
}

function kindOf(status: number): PscErrorKind {
  if (status >= 500 || status === 408 || status === 425 || status === 429)
    return 'ERR_PSC_UNAVAILABLE'
  return status >= 400 ? 'ERR_PSC_REFUSED' : 'ERR_PSC_UNEXPECTED_ANSWER'
}

function adviceForStatus(status: number): string {
  if (status === 429) return 'The PSC receives too many requests: try again later.'
  if (status >= 500 || status === 408 || status === 425) {
    return 'The PSC or a gateway before it is not working: try again later.'
  }
  if (status >= 300 && status < 400) {
    return 'Redirects are not followed, so that no secret travels to another host: correct the base URL.'
  }
  if (status === 404 || status === 405 || status === 415) {
    return 'This is not how the service is documented: check the base URL.'
  }
  return 'No document describes this answer: check the base URL, and whether a proxy answers in its place.'
}

/** A type of any other form could hold what was sent: a secret or a token. */
const knownType =
  /^(?:text\/(?:html|plain|xml)|application\/(?:json|xml|octet-stream))(?: *; *charset=(?:utf-8|iso-8859-1|us-ascii))?$/i

/** What an answer is, without repeating a byte of it. */
export function describeBody(response: HttpResponse): string {
  const type = response.headers['content-type']
  const text = Array.isArray(type) ? type[0] : type
  if (response.tooLong) return 'a body of more than 1 MiB, which was not read'
  if (response.body === '') return 'an empty body'
  return parseJson(response.body) === undefined
    ? `a body that is not JSON (${text === undefined ? 'no content type' : knownType.test(text) ? text : 'another content type'})`
    : 'JSON of an undocumented shape'
}

/**
 * The error code of a Bearer challenge, which may be all that an answer says; undefined where the request had no token
 * that could be meant.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function challengeOf(request: HttpRequest, response: HttpResponse): string | undefined {
  if (request.headers.authorization === undefined) return undefined
  const header = [response.headers['www-authenticate'] ?? []].flat().join(', ')
  return /(?:^|,\s*)bearer\s(?:[^]*?[\s,])?error="?([^\s",]+)/i.exec(header)?.[1]
}

/** Sends a request, with the time limit and the connections of the operation that it belongs to. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/**
 * Sends a request to a PSC.
 *
 * @throws {PscError} `ERR_PSC_UNAVAILABLE` where there was no answer, `ERR_PSC_UNEXPECTED_ANSWER` where it was none of HTTP.
 */
export async function exchange(request: HttpRequest, transport: Transport): Promise<HttpResponse> {
  try {
    return await transport(request)
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    const message = `[${request.method}] "${request.url}": ${error.message}.${adviceForFailure(error)}`
    const answered = error.kind === 'protocol'
    const code = answered ? 'ERR_PSC_UNEXPECTED_ANSWER' : 'ERR_PSC_UNAVAILABLE'
    throw new PscError(code, message, { cause: error })
  }
}

/** What to do, where the failure does not say it itself. */
function adviceForFailure({ kind, transient }: HttpFailure): string {
  if (kind === 'protocol')
    return ' Check the base URL, and whether something else answers in its place.'
  if (!transient || kind === 'tls' || kind === 'proxy') return ''
  return ' Check the base URL and the network, or try again later.'
}
