import { z } from 'zod'
import { type ClientDocument, fromWire, toWire } from '../../rules/client-fields.ts'
import { adviceForMaintenance } from '../advice.ts'
import { type Body, type Call, UndocumentedAnswer } from '../call.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'
import { safeText } from '../redact.ts'

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

const text = z.string()

/** Reads each value of an echo. */
const values = {
  clientId: text,
  name: text,
  comments: text,
  email: text,
  // The document's table says "string", its example shows an array.
  redirectUris: z.union([z.array(text), text.transform((uri) => [uri])]),
} satisfies Readonly<Record<keyof ClientDocument, z.ZodType>>

const echo = z
  .object(toWire(values))
  .transform((wire) => fromWire(wire) as unknown as ClientDocument)

function readEcho(
  profile: PscProfile,
  sent: ClientDocument,
  body: Body,
  secrets: readonly string[],
): MaintenanceAnswer {
  const { data: registered } = echo.safeParse(body.json)
  if (!registered) {
    const missing = `the PSC accepted the write but did not repeat what is registered now: it answered with ${body.description}`
    return { registered: null, differences: [missing] }
  }
  refuseAnother(sent, registered.clientId)
  const differences = compare(profile, sent, registered, secrets)
  if (differences.length === 0) return { registered, differences }
  return { registered: asReport(registered, secrets), differences }
}

/** Makes the PSC's different values safe to show: they are stored as a report. */
function asReport(registered: ClientDocument, secrets: readonly string[]): ClientDocument {
  const safe = (value: string | readonly string[]) =>
    typeof value === 'string'
      ? safeText(value, secrets)
      : value.slice(0, 100).map((one) => safeText(one, secrets))
  const entries = Object.entries(registered).map(([key, value]) => [key, safe(value)])
  const { clientId } = registered
  return { ...(Object.fromEntries(entries) as ClientDocument), clientId }
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
  const { clientId: _, redirectUris: __, ...texts } = sent
  const differences = Object.entries(texts).flatMap(([field, value]) => {
    const found = registered[field as keyof typeof texts]
    return value === found ? [] : [`${field}: sent ${quote(value)}, registered ${quote(found)}`]
  })
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
