import { HttpFailure } from '../../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../../http/send.ts'
import { PscError } from './psc-error.ts'

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
    const message = `[${request.method}] "${request.url}": ${error.message}.${adviceFor(error)}`
    const answered = error.kind === 'protocol'
    const code = answered ? 'ERR_PSC_UNEXPECTED_ANSWER' : 'ERR_PSC_UNAVAILABLE'
    throw new PscError(code, message, { cause: error })
  }
}

/** What to do, where the failure does not say it itself. */
function adviceFor({ kind, transient }: HttpFailure): string {
  if (kind === 'protocol')
    return ' Check the base URL, and whether something else answers in its place.'
  if (!transient || kind === 'tls' || kind === 'proxy') return ''
  return ' Check the base URL and the network, or try again later.'
}
