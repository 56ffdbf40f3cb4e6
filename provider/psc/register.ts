import { z } from 'zod'
import { LostAnswerError, PscError } from '../errors.ts'
import { HttpFailure } from '../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../http/message.ts'
import { describeBody, exchange, parseJson, toPscError, type Transport } from './call.ts'
import { safeText, safeWords } from './redact.ts'
import type { ClientCredentials } from './requests/client-token.ts'

const answer = z.object({
  // RFC 6749, appendix A.1 and A.2: printable ASCII.
  client_id: z.string().regex(/^[\x21-\x7E]{1,255}$/),
  client_secret: z.string().regex(/^[\x20-\x7E]{1,1024}$/),
})

/**
 * Registers an application. The request is sent once: where there is no answer, nobody can tell from here whether the
 * PSC carried it out.
 *
 * @returns the client's id and its secret, which the PSC shows this once.
 * @throws {PscError} when it is sure that nothing was registered.
 * @throws {LostAnswerError} when it is not.
 */
export async function register(
  request: HttpRequest,
  transport: Transport,
): Promise<ClientCredentials> {
  let response: HttpResponse
  try {
    response = await exchange(request, transport)
  } catch (error) {
    const wasSent = !(error instanceof PscError && isNeverSent(error.cause))
    if (error instanceof PscError && wasSent) throw new LostAnswerError(error.detail)
    throw error
  }
  const { status } = response
  const clue = clueOf(response, request)
  if (status !== 200 && status !== 201) {
    const error = toPscError(request, response, [request.body])
    // A refusal or a redirect: nothing was carried out. Of a failure, or of another success, nobody knows.
    throw status >= 300 && status < 500 ? error : new LostAnswerError(error.detail, clue)
  }
  const registered = answer.safeParse(parseJson(response.body))
  if (registered.success) {
    const { client_id: clientId, client_secret: clientSecret } = registered.data
    return { clientId, clientSecret }
  }
  const what =
    parseJson(response.body) === undefined
      ? describeBody(response)
      : 'an answer without a usable client_id and client_secret'
  throw new LostAnswerError(`[${request.method}] "${request.url}": ${status}, with ${what}.`, clue)
}

const text = z.string().min(1).optional().catch(undefined)

const clues = z.object({ client_id: text, client_secret: text, message: text })

/** What an answer that cannot be used names all the same, without what was sent and a secret that it shows. */
function clueOf({ body }: HttpResponse, request: HttpRequest): string | undefined {
  const {
    client_id: id,
    client_secret: secret,
    message,
  } = clues.safeParse(parseJson(body)).data ?? {}
  const secrets = [request.body, secret ?? '']
  const parts = [
    ...(id === undefined ? [] : [`named the client_id "${safeText(id, secrets)}"`]),
    ...(message === undefined ? [] : [`said "${safeWords(message, secrets)}"`]),
  ]
  return parts.length === 0 ? undefined : `The answer ${parts.join(' and ')}.`
}

function isNeverSent(cause: unknown): boolean {
  return cause instanceof HttpFailure && cause.neverSent
}
