import { z } from 'zod'
import { type StoredValues, toWire } from '../../rules/client-fields.ts'
import { adviceForMaintenance } from '../advice.ts'
import { type Body, type Call, UndocumentedAnswer } from '../call.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'
import { safeText } from '../redact.ts'

/** Holds the client's document at a PSC. Only `clientId` cannot change; the first redirect URI is the default. */
export type ClientDocument = StoredValues

/** Holds the result of an accepted write. */
export interface MaintenanceAnswer {
  /** The registered document as the PSC echoes it; null if it echoes nothing. */
  readonly registered: ClientDocument | null
  /** Every difference between the echo and the sent document, in words; empty without a difference. */
  readonly differences: readonly string[]
}

/** Holds the token of a write, and the new secret if it sets one. */
export interface Authorization {
  readonly accessToken: string
  /** Never sent, never shown. */
  readonly clientSecret: string
  /** Sets the client's secret: the only case in which a maintenance request contains one. */
  readonly newSecret?: string | undefined
}

/**
 * Writes the whole document, and no other field. An accepted write with an unreadable
 * echo is a difference, not an error: the client may have changed.
 *
 * @see the API document "Manutenção de aplicação" (NeoID), `PUT /client_maintenance`
 */
export function writeDocument(
  profile: PscProfile,
  sent: ClientDocument,
  { accessToken, clientSecret, newSecret }: Authorization,
): Call<MaintenanceAnswer> {
  const secrets = [accessToken, clientSecret, newSecret ?? '']
  return {
    request: {
      method: 'PUT',
      url: endpointsOf(profile).clientMaintenance,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({
        ...toWire(sent),
        ...(newSecret !== undefined && { client_secret: newSecret }),
      }),
    },
    secrets,
    advise: adviceForMaintenance,
    read: (body) =>
      profile.echoes ? readEcho(profile, sent, body, secrets) : readAcceptance(sent, body),
  }
}

const owner = z.object({ client_id: z.string().optional() })

/** Reads the answer of a PSC that echoes nothing: a proxy's page with 200 is not its answer. */
function readAcceptance(sent: ClientDocument, body: Body): MaintenanceAnswer {
  const { data } = owner.safeParse(body.json)
  refuseAnother(sent, data?.client_id)
  const unsure = `the PSC answered the write with ${body.description}. It is unknown whether it received the write`
  return { registered: null, differences: data || body.isEmpty ? [] : [unsure] }
}

const echo = z.object({
  client_id: z.string(),
  name: z.string(),
  comments: z.string(),
  email: z.string(),
  // The document's table says "string", its example shows an array.
  redirect_uris: z.union([z.array(z.string()), z.string().transform((uri) => [uri])]),
})

function readEcho(
  profile: PscProfile,
  sent: ClientDocument,
  body: Body,
  secrets: readonly string[],
): MaintenanceAnswer {
  const { data } = echo.safeParse(body.json)
  if (!data) {
    const missing = `the PSC accepted the write but did not repeat what is registered now: it answered with ${body.description}`
    return { registered: null, differences: [missing] }
  }
  refuseAnother(sent, data.client_id)
  const { client_id: clientId, redirect_uris: redirectUris, name, comments, email } = data
  const registered = { clientId, name, comments, email, redirectUris }
  const differences = compare(profile, sent, registered, secrets)
  if (differences.length === 0) return { registered, differences }
  // The PSC's different text is stored as a report, safe to show.
  const safe = (text: string) => safeText(text, secrets)
  return {
    registered: {
      clientId,
      name: safe(name),
      comments: safe(comments),
      email: safe(email),
      redirectUris: redirectUris.slice(0, 100).map(safe),
    },
    differences,
  }
}

/** Refuses the data of another client, which are neither stored nor shown. */
function refuseAnother({ clientId }: ClientDocument, named: string | undefined): void {
  if (named === undefined || named === clientId) return
  throw new UndocumentedAnswer(
    `the answer is about another client than ${clientId}. Nothing of it was stored: apply again, and tell the PSC's support`,
  )
}

/** The limit of redirect URIs that a PSC adds itself. More are a difference. */
const mostOwnUris = 10

function compare(
  { ownUriSchemes }: PscProfile,
  sent: ClientDocument,
  registered: ClientDocument,
  secrets: readonly string[],
): string[] {
  const quote = (text = '') => `"${safeText(text, secrets)}"`
  const list = (uris: readonly string[]) =>
    uris.slice(0, 10).map(quote).join(', ') +
    (uris.length > 10 ? ` and ${uris.length - 10} more` : '')
  const differences = (['name', 'comments', 'email'] as const)
    .filter((field) => sent[field] !== registered[field])
    .map((field) => `${field}: sent ${quote(sent[field])}, registered ${quote(registered[field])}`)
  const [first] = sent.redirectUris
  const [registeredFirst] = registered.redirectUris
  if (first !== registeredFirst) {
    const instead = registeredFirst === undefined ? 'nothing' : quote(registeredFirst)
    differences.push(`redirectUris[0], the default: sent ${quote(first)}, registered ${instead}`)
  }
  const declared = new Set(sent.redirectUris)
  const found = new Set(registered.redirectUris)
  const missing = sent.redirectUris.filter((uri) => !found.has(uri))
  const foreign = registered.redirectUris.filter((uri) => !declared.has(uri))
  // An added URI is stored without a comparison, so it must be harmless.
  const isOwn = (uri: string) =>
    ownUriSchemes.some((scheme) => uri.startsWith(`${scheme}:`)) && safeText(uri, secrets) === uri
  const strange = foreign.filter((uri) => !isOwn(uri))
  const added = foreign.length - strange.length > mostOwnUris ? foreign : strange
  if (missing.length > 0) differences.push(`redirectUris: not registered: ${list(missing)}`)
  if (added.length > 0) {
    differences.push(`redirectUris: registered but not declared: ${list(added)}`)
  } else if (found.size < registered.redirectUris.length) {
    differences.push('redirectUris: some are registered more than once')
  }
  return differences
}
