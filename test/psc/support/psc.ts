import type { HttpRequest, HttpResponse } from '../../../provider/http/message.ts'
import type { Transport } from '../../../provider/psc/call.ts'
import { connect } from '../../../provider/psc/psc.ts'
import { type PscProfile, resolveProfile } from '../../../provider/psc/profiles/profile.ts'
import type { ClientDocument } from '../../../provider/rules/client-fields.ts'
import type { ClientCredentials } from '../../../provider/psc/requests/client-token.ts'
import { TokenCache } from '../../../provider/psc/token-cache.ts'
import { portal } from '../../support/fixture.ts'
import { ManualClock } from '../../http/support/clock.ts'

export const neoid: PscProfile = resolveProfile('neoid')

export const serproid: PscProfile = resolveProfile('serproid')

const { clientId, clientSecret, name, comments, email, redirectUris } = portal

export const credentials: ClientCredentials = { clientId, clientSecret }

/** The client of the NeoID document's example. */
export const client: ClientDocument = { clientId, name, comments, email, redirectUris }

/** The same client as a PSC repeats it. */
export const echo = {
  client_id: client.clientId,
  name: client.name,
  comments: client.comments,
  email: client.email,
  redirect_uris: client.redirectUris,
}

/** A successful answer of `client_token`, with other values where a test wants them. */
export function tokenAnswer(values: Readonly<Record<string, unknown>> = {}): HttpResponse {
  return answer(200, {
    access_token: 'not-a-secret-token',
    token_type: 'Bearer',
    expires_in: 3600,
    ...values,
  })
}

/** An answer; anything but a text is sent as JSON. */
export function answer(
  status: number,
  body: unknown,
  contentType = 'application/json',
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers: { 'content-type': contentType }, body: text }
}

/** A PSC that gives the answers of a list, and what it was asked. */
export interface ScriptedPsc {
  readonly transport: Transport
  readonly asked: readonly HttpRequest[]
}

/** Fails a request for which no answer was written down. */
export function scriptedPsc(...answers: readonly HttpResponse[]): ScriptedPsc {
  const asked: HttpRequest[] = []
  const transport: Transport = (request) => {
    asked.push(request)
    const next = answers[asked.length - 1]
    return next
      ? Promise.resolve(next)
      : Promise.reject(new Error(`nobody expected [${request.method}] ${request.url}`))
  }
  return { transport, asked }
}

/** A connection to a PSC that gives the answers of a list, with a clock that stands still. */
export function connectTo(profile: PscProfile, ...answers: readonly HttpResponse[]) {
  const { transport, asked } = scriptedPsc(...answers)
  return { psc: connect(profile, { tokens: new TokenCache(new ManualClock()), transport }), asked }
}
