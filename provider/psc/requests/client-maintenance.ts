import { z } from 'zod'
import { PscError } from '../../errors.ts'
import type { HttpRequest, HttpResponse } from '../../http/message.ts'
import { adviceFor, adviceForBearer, type Advisor } from '../advice.ts'
import { describeBody, parseJson, toPscError } from '../call.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'
import { safeText } from '../redact.ts'

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

/** A PSC adds one or two; what is kept of its own making has an end. */
const mostOwnUris = 10

/** A document in a server's words, made safe to show. */
export function safeDocument(document: ClientDocument, secrets: readonly string[]): ClientDocument {
  const safe = (text: string) => safeText(text, secrets)
  return {
    clientId: document.clientId,
    name: safe(document.name),
    comments: safe(document.comments),
    email: safe(document.email),
    redirectUris: document.redirectUris.slice(0, 100).map(safe),
  }
}

/** Every way in which an echo differs from what was sent, in words; what the PSC adds by itself is no difference. */
export function compareEcho(
  { ownUriSchemes }: PscProfile,
  sent: ClientDocument,
  registered: ClientDocument,
  secrets: readonly string[],
): string[] {
  const quote = (text: string | undefined) =>
    text === undefined ? 'nothing' : `"${safeText(text, secrets)}"`
  const listed = (uris: readonly string[]) => {
    const more = uris.length > 10 ? ` and ${uris.length - 10} more` : ''
    return uris.slice(0, 10).map(quote).join(', ') + more
  }
  const differences: string[] = []
  for (const field of ['name', 'comments', 'email'] as const) {
    if (sent[field] !== registered[field]) {
      differences.push(
        `${field}: sent ${quote(sent[field])}, registered ${quote(registered[field])}`,
      )
    }
  }
  const [first] = sent.redirectUris
  if (first !== registered.redirectUris[0]) {
    differences.push(
      `redirectUris[0], the default: sent ${quote(first)}, registered ${quote(registered.redirectUris[0])}`,
    )
  }
  const missing = sent.redirectUris.filter((uri) => !registered.redirectUris.includes(uri))
  // What is not ours to compare is kept as it is, so it must be harmless.
  const isOwn = (uri: string) =>
    ownUriSchemes.some((scheme) => uri.startsWith(`${scheme}:`)) && safeText(uri, secrets) === uri
  const known = new Set(sent.redirectUris)
  const foreign = registered.redirectUris.filter((uri) => !known.has(uri))
  const others = foreign.filter((uri) => !isOwn(uri))
  const added = foreign.length - others.length > mostOwnUris ? foreign : others
  const once = new Set(registered.redirectUris)
  if (missing.length > 0) differences.push(`redirectUris: not registered: ${listed(missing)}`)
  if (added.length > 0)
    differences.push(`redirectUris: registered but not declared: ${listed(added)}`)
  else if (once.size < registered.redirectUris.length)
    differences.push('redirectUris: some are registered more than once')
  return differences
}
