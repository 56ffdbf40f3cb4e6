import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { PscError, type PscErrorKind } from '../errors.ts'
import { HttpFailure } from '../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../http/message.ts'
import { mayHaveTakenEffect } from '../http/retry.ts'
import type { ClientAuthentication } from '../rules/client-fields.ts'
import { say, sayLater } from '../say.ts'
import { type Advisor, isDocumentedCode } from './advice.ts'
import { endWithWords, safeWords } from './redact.ts'

/** Sends a request within the time and the connections of the operation that it belongs to. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/** Describes a documented request and the reading of its answer. */
export interface Call<T> {
  readonly request: HttpRequest
  /** The secrets of the request, which must appear in no message. */
  readonly secrets: readonly string[]
  /** Where the request has the client's secret. Undefined for a request that authenticates no client. */
  readonly clientAuthentication?: ClientAuthentication
  readonly advise: Advisor
  /** The statuses of the documented success. Default: 200. */
  readonly success?: readonly number[]
  /** Reads the body of the success. @throws {UndocumentedAnswer} */
  readonly read: (body: Body) => T
  /** Tells whether an error in the body of a success certainly refuses the request. Default: it does. */
  readonly isDefinite?: (body: Body) => boolean
  /** Makes a more precise error. Default: the error as it is. The body is undefined without an answer. */
  readonly explain?: (error: PscError, body?: Body) => Error
}

/** Holds the body of an answer. */
export interface Body {
  /** Undefined if the body is not JSON. */
  readonly json: unknown
  readonly isEmpty: boolean
  /** Describes the body without repeating a byte of it: `an empty body`. */
  readonly description: string
}

/** Reports a success whose body is not the documented one. The message ends the sentence "200, but …". */
export class UndocumentedAnswer extends Error {}

/**
 * Sends one request and returns its value or throws one error: nothing else reads an answer.
 *
 * @throws {PscError} `ERR_PSC_REFUSED` for a definite refusal; `ERR_PSC_UNAVAILABLE` without an answer, or for one that
 * asks to retry later; `ERR_PSC_UNEXPECTED_ANSWER` for an answer that no document describes.
 * @throws the error that `explain` makes.
 */
export async function call<T>(transport: Transport, call: Call<T>): Promise<T> {
  const { request, success = [200], explain = (error: PscError) => error } = call
  const where = (attempts = 1) => {
    const what = `[${request.method}] "${request.url}"`
    return attempts === 1 ? what : say`${what} (${attempts} attempts)`
  }
  let response: HttpResponse
  try {
    response = await transport(request)
  } catch (error) {
    throw error instanceof HttpFailure ? explain(unanswered(where(error.attempts), error)) : error
  }
  const { status, attempts } = response
  const body = readBody(response)
  if (!success.includes(status)) throw explain(refused(where(attempts), call, response, body), body)
  const refusal = refusedInBody(where(attempts), call, response, body)
  if (refusal) throw explain(refusal, body)
  try {
    return call.read(body)
  } catch (error) {
    if (!(error instanceof UndocumentedAnswer)) throw error
    const detail = say`${where(attempts)}: ${status}, but ${error.message}. Check the address, and whether a proxy answers in its place.`
    const details = { status, uncertain: true }
    throw explain(new PscError('ERR_PSC_UNEXPECTED_ANSWER', detail, details), body)
  }
}

/** Parses the body of a success. @throws {UndocumentedAnswer} */
export function parse<T>(schema: z.ZodType<T>, { json, description }: Body): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path[0]
  throw new UndocumentedAnswer(
    field === undefined
      ? say`with ${description}`
      : say`its ${String(field)} is missing or not as documented`,
  )
}

function unanswered(where: string, failure: HttpFailure): PscError {
  const { kind, transient, neverSent } = failure
  const details = { cause: failure, uncertain: !neverSent }
  const problem = `${where}: ${failure.message}.`
  if (kind === 'protocol') {
    const detail = say`${problem} Check the base URL, and whether something else answers in its place.`
    return new PscError('ERR_PSC_UNEXPECTED_ANSWER', detail, details)
  }
  // The other failures already contain a remedy.
  const needsAdvice = transient && kind !== 'tls' && kind !== 'proxy'
  const detail = needsAdvice
    ? say`${problem} Check the base URL and the network, or try again later.`
    : problem
  return new PscError('ERR_PSC_UNAVAILABLE', detail, details)
}

function refused(
  where: string,
  { request, secrets, clientAuthentication, advise }: Call<unknown>,
  response: HttpResponse,
  body: Body,
): PscError {
  const { status, comeBackAt } = response
  const error = readErrorBody(body.json, secrets) ?? readChallenge(request, response, secrets)
  const answer = error
    ? ` ${error.code}${endWithWords(error.msg)}`
    : `, ${say`with ${body.description}`}.`
  const wantsBasic = clientAuthentication === 'body' && asksForBasic(response)
  const advised = advise(error?.code ?? '', status)
  const advice = wantsBasic
    ? [...(advised === undefined ? [] : [advised]), useBasic()].join(' ')
    : (advised ?? adviceForStatus(status))
  const later = comeBackAt
    ? ` ${say`The PSC asks to come back after ${comeBackAt.toISOString()}.`}`
    : ''
  const detail = `${where}: ${status}${answer} ${advice}${later}`
  const kind = kindOf(status)
  return new PscError(
    kind === 'ERR_PSC_REFUSED' && !error && !wantsBasic ? 'ERR_PSC_UNEXPECTED_ANSWER' : kind,
    detail,
    {
      pscCode: error?.code,
      // ERR_PSC_UNAVAILABLE means "retry later", whichever code the PSC sends with it.
      isDocumented:
        kind === 'ERR_PSC_REFUSED' && error !== undefined && isDocumentedCode(error.code),
      status,
      uncertain: response.uncertain === true || mayHaveTakenEffect(status),
    },
  )
}

/**
 * Makes the refusal of a server that answers every request with a success; undefined for any other body. An unlisted `code`
 * may also name a success.
 */
function refusedInBody(
  where: string,
  { secrets, advise, isDefinite = () => true }: Call<unknown>,
  { status, uncertain }: HttpResponse,
  body: Body,
): PscError | undefined {
  const { data } = errorInBody.safeParse(body.json)
  if (!data || !isDefinite(body)) return undefined
  const code = safeCode(data.code, secrets)
  const words = endWithWords(safeWords(data.msg, secrets))
  const advice = advise(code, status) ?? say`Correct what the answer names.`
  const detail = say`${where}: ${status}, but the answer reports an error: ${code + words} ${advice}`
  const details = { status, uncertain: uncertain ?? false, isDocumented: isDocumentedCode(code) }
  const pscCode = 'isStatus' in data ? undefined : code
  return new PscError('ERR_PSC_REFUSED', detail, { ...details, pscCode })
}

/** `{code,msg,debug}`: the application services. */
const applicationError = z.object({ code: z.string(), msg: z.string().catch('') })

/** `{error,error_description,error_uri}`: the OAuth services (RFC 6749, section 5.2). */
const oauthError = z
  .object({ error: z.string(), error_description: z.string().catch('') })
  .transform(({ error, error_description }) => ({ code: error, msg: error_description }))

/** `[{error,error_description:[…]}]`: the framework in front of them, unconfirmed. */
const frameworkError = z
  .tuple([z.object({ error: z.string(), error_description: z.array(z.string()).catch([]) })])
  .rest(z.unknown())
  .transform(([{ error, error_description }]) => ({
    code: error,
    msg: error_description.join(' '),
  }))

/** `{status,message}`: how the standard's registration reports its result. */
const errorStatus = z
  .object({
    status: z.string().regex(/^(?:error|erro|fail(?:ed|ure)?)$/i),
    message: z.string().catch(''),
  })
  .transform(({ status, message }) => ({ code: `status ${status}`, msg: message, isStatus: true }))

const errorBody = z.union([applicationError, oauthError, frameworkError])

const errorInBody = z.union([
  applicationError.refine(({ code }) => isDocumentedCode(code)),
  oauthError.refine(({ code }) => code !== ''),
  frameworkError,
  errorStatus,
])

type ErrorBody = z.infer<typeof applicationError>

/** Reads the error body of a PSC, in any of its three shapes; undefined for any other body, such as a gateway's page. */
function readErrorBody(json: unknown, secrets: readonly string[]): ErrorBody | undefined {
  const { data } = errorBody.safeParse(json)
  return data && { code: safeCode(data.code, secrets), msg: safeWords(data.msg, secrets) }
}

/** Tells whether an answer has an error code of the service. The name of the status is none: a framework's page has it. */
export function hasErrorCode({ status, body }: HttpResponse): boolean {
  const error = readErrorBody(parseJson(body), [])
  return error !== undefined && error.code !== '' && error.code !== STATUS_CODES[status]
}

/**
 * Reads the error code of a Bearer challenge, which may be the only code of an answer. Undefined if the request had no
 * token.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
function readChallenge(
  request: HttpRequest,
  response: HttpResponse,
  secrets: readonly string[],
): ErrorBody | undefined {
  if (request.headers.authorization === undefined) return undefined
  const header = [response.headers['www-authenticate'] ?? []].flat().join(', ')
  const code = /(?:^|,\s*)bearer\s(?:[^]*?[\s,])?error="?([^\s",]+)/i.exec(header)?.[1]
  return code === undefined ? undefined : { code: safeCode(code, secrets), msg: '' }
}

const useBasic = sayLater`The server asks for HTTP Basic authentication. Set clientAuthentication: basic in the credential or in the profile.`

/**
 * Tells whether a server asks for a Basic header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
function asksForBasic({ status, headers }: HttpResponse): boolean {
  const challenges = [headers['www-authenticate'] ?? []].flat().join(', ')
  return status === 401 && /(?:^|,)\s*basic(?:\s|,|$)/i.test(challenges)
}

/** Shows a documented code even if it contains a very short secret. Any other code is made safe first. */
function safeCode(code: string, secrets: readonly string[]): string {
  return isDocumentedCode(code) ? code : safeWords(code, secrets)
}

function kindOf(status: number): PscErrorKind {
  if (status >= 500 || status === 408 || status === 425 || status === 429)
    return 'ERR_PSC_UNAVAILABLE'
  return status >= 400 ? 'ERR_PSC_REFUSED' : 'ERR_PSC_UNEXPECTED_ANSWER'
}

function adviceForStatus(status: number): string {
  if (status === 429) return say`The PSC receives too many requests: try again later.`
  if (kindOf(status) === 'ERR_PSC_UNAVAILABLE') {
    return say`The PSC or a gateway before it is not working: try again later.`
  }
  if (status >= 300 && status < 400) {
    return say`Redirects are not followed, so that no secret travels to another host: correct the base URL.`
  }
  if (status === 404 || status === 405 || status === 415) {
    return say`The document of the service has no such answer: check the base URL.`
  }
  return say`No document describes this answer: check the base URL, and whether a proxy answers in its place.`
}

/** The content types that messages show. Any other could repeat a secret or a token. */
const knownType =
  /^(?:text\/(?:html|plain|xml)|application\/(?:json|xml|octet-stream))(?: *; *charset=(?:utf-8|iso-8859-1|us-ascii))?$/i

function readBody({ body, headers, tooLong = false }: HttpResponse): Body {
  const json = parseJson(body)
  const isEmpty = body === '' && !tooLong
  const [type] = [headers['content-type'] ?? []].flat()
  const shownType =
    type === undefined
      ? say`no content type`
      : knownType.test(type)
        ? type
        : say`another content type`
  const description = tooLong
    ? say`a body of more than 1 MiB, which was not read`
    : isEmpty
      ? say`an empty body`
      : json === undefined
        ? say`a body that is not JSON (${shownType})`
        : say`JSON of an undocumented shape`
  return { json, isEmpty, description }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
