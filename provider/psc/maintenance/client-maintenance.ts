import { z } from 'zod'
import type { HttpRequest, HttpResponse } from '../../http/send.ts'
import { adviceFor } from '../answers/advice.ts'
import { type Advisor, describeBody, parseJson, PscError, toPscError } from '../answers/errors.ts'
import { compareEcho, safeDocument } from './echo.ts'
import { adviceForBearer } from '../answers/oauth-advice.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'

/** The document that a PSC keeps of a client; only `clientId` cannot be changed. */
export interface ClientDocument {
  readonly clientId: string
  readonly name: string
  readonly comments: string
  readonly email: string
  /** At least one; the first is the default of an authorize request that names none. */
  readonly redirectUris: readonly string[]
}

/**
 * The maintenance request: the whole document, field by field, so that nothing else is ever sent.
 *
 * @param newSecret sets the client's secret; the one case in which a maintenance request holds one.
 * @see the API document "Manutenção de aplicação" (NeoID), `PUT /client_maintenance`
 */
export function clientMaintenanceRequest(
  profile: PscProfile,
  client: ClientDocument,
  accessToken: string,
  newSecret?: string,
): HttpRequest {
  return {
    method: 'PUT',
    url: endpointsOf(profile).clientMaintenance,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({
      client_id: client.clientId,
      name: client.name,
      comments: client.comments,
      redirect_uris: client.redirectUris,
      email: client.email,
      ...(newSecret !== undefined && { client_secret: newSecret }),
    }),
  }
}

const echo = z.object({
  client_id: z.string(),
  name: z.string(),
  comments: z.string(),
  email: z.string(),
  // The document's table says "string", its example shows an array.
  redirect_uris: z.union([z.array(z.string()), z.string().transform((uri) => [uri])]),
})

/** Where nothing is echoed: an object, which may say whose it is. */
const identified = z.object({ client_id: z.string().optional() })

/** What became of a maintenance request that the PSC accepted. */
export interface MaintenanceAnswer {
  /** What the PSC says is registered now; null where it echoes nothing. */
  readonly registered: ClientDocument | null
  /** Every way in which that differs from what was sent, in words; empty when all is well. */
  readonly differences: readonly string[]
}

const advise: Advisor = (code, status) => adviceFor(code) ?? adviceForBearer(code, status)

/**
 * Reads the answer to {@link clientMaintenanceRequest} and compares the echo with what was sent.
 *
 * @throws {PscError} for every refusal. An accepted write with an unreadable echo is a difference, not an error:
 * the client may have been changed.
 * @param secrets what was sent, the token and perhaps a new secret: never shown.
 */
export function readMaintenanceAnswer(
  profile: PscProfile,
  sent: ClientDocument,
  request: HttpRequest,
  response: HttpResponse,
  ...secrets: readonly string[]
): MaintenanceAnswer {
  if (response.status !== 200) throw toPscError(request, response, secrets, advise)
  const json = parseJson(response.body)
  const words = describeBody(response)
  if (!profile.echoes) {
    // A page of a proxy that says 200 is no answer of the PSC.
    const answer = identified.safeParse(json)
    const isAnswer = answer.success || (response.body === '' && response.tooLong !== true)
    if (isOther(answer.data?.client_id, sent)) throw anotherClient(request, sent)
    return {
      registered: null,
      differences: isAnswer
        ? []
        : [`the write was answered with ${words}, so that it is not sure that the PSC received it`],
    }
  }
  const answer = echo.safeParse(json)
  if (!answer.success) {
    return {
      registered: null,
      differences: [
        `the PSC accepted the write but did not repeat what is registered now: it answered with ${words}`,
      ],
    }
  }
  if (isOther(answer.data.client_id, sent)) throw anotherClient(request, sent)
  const registered = {
    clientId: answer.data.client_id,
    name: answer.data.name,
    comments: answer.data.comments,
    email: answer.data.email,
    redirectUris: answer.data.redirect_uris,
  }
  const differences = compareEcho(profile, sent, registered, secrets)
  // What differs is a server's text and no longer ours: it is kept as a report, made safe to show.
  return {
    registered: differences.length > 0 ? safeDocument(registered, secrets) : registered,
    differences,
  }
}

function isOther(clientId: string | undefined, sent: ClientDocument): boolean {
  return clientId !== undefined && clientId !== sent.clientId
}

/** Another client's data is nothing to keep or to show. */
function anotherClient({ method, url }: HttpRequest, { clientId }: ClientDocument): PscError {
  return new PscError(
    'ERR_PSC_UNEXPECTED_ANSWER',
    `[${method}] "${url}": 200, but the answer speaks of another client than ${clientId}. Nothing of it was kept: apply again, and tell the PSC's support.`,
    { status: 200 },
  )
}
