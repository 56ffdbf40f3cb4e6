import { HttpFailure } from '../../http/failure.ts'
import type { HttpRequest, HttpResponse } from '../../http/send.ts'
import { PscError } from './psc-error.ts'

/** Sends a request, with the time limit and the connections of the operation that it belongs to. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>

/**
 * Sends a request to a PSC.
 *
 * @throws {PscError} where there was no answer: `ERR_PSC_UNAVAILABLE` when trying later may help.
 */
export async function exchange(request: HttpRequest, transport: Transport): Promise<HttpResponse> {
  try {
    return await transport(request)
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    const message = `[${request.method}] "${request.url}": ${error.message}.${adviceFor(error)}`
    throw new PscError('ERR_PSC_UNAVAILABLE', message, { cause: error })
  }
}

/** What to do, where the failure does not say it itself. */
function adviceFor({ kind, transient }: HttpFailure): string {
  if (!transient || kind === 'tls' || kind === 'proxy') return ''
  return ' Check the base URL and the network, or try again later.'
}
