import { z } from 'zod'
import { LostAnswerError } from '../../errors.ts'
import type { HttpRequest } from '../../http/message.ts'
import { type ClientDocument, toWire } from '../../rules/client-fields.ts'
import { adviceForRegistration } from '../advice.ts'
import { type Body, type Call, parse } from '../call.ts'
import type { PscProfile } from '../profiles/profile.ts'
import { safeText, safeWords } from '../redact.ts'
import type { ClientCredentials } from './client-token.ts'

/** Holds the values of a registration. */
export interface Application extends Omit<ClientDocument, 'clientId'> {
  /** The one host of the application, for a registration that is signed. */
  readonly host: string
}

/**
 * Registers an application, with four fields and nothing else.
 *
 * @see DOC-ICP-17.01 v3.0, section 6.4, `POST /application`
 */
export function registerApplication(
  { baseUrl }: PscProfile,
  application: Application,
): Call<ClientCredentials> {
  const body = JSON.stringify(toWire(application))
  return registration(`${baseUrl}/application`, 'application/json', body)
}

/**
 * Registers an application by a signed document.
 *
 * @see "Auto-cadastro de aplicação com certificado SSL ICP-Brasil" (NeoID, SerproID), `POST /application_cert`
 */
export function registerSigned({ baseUrl }: PscProfile, jws: string): Call<ClientCredentials> {
  return registration(`${baseUrl}/application_cert`, 'application/jwt', jws)
}

const registered = z.object({
  // RFC 6749, appendix A.1 and A.2: printable ASCII.
  client_id: z.string().regex(/^[\x21-\x7E]{1,255}$/),
  client_secret: z.string().regex(/^[\x20-\x7E]{1,1024}$/),
})

/** Describes a request that is never retried: a second one would register a second client. */
function registration(url: string, type: string, body: string): Call<ClientCredentials> {
  const request: HttpRequest = {
    method: 'POST',
    url,
    headers: { 'content-type': type },
    body,
    repeatable: false,
  }
  return {
    request,
    secrets: [body],
    advise: adviceForRegistration,
    success: [200, 201],
    isDefinite: ({ json }) => noClient.safeParse(json).success,
    read(answer) {
      const { client_id: clientId, client_secret: clientSecret } = parse(registered, answer)
      return { clientId, clientSecret }
    },
    explain: (error, answer) =>
      error.uncertain ? new LostAnswerError(error, clueOf(answer, body)) : error,
  }
}

/** Matches an answer that names no client: with an error, it certainly registered nothing. */
const noClient = z.object({
  client_id: z.literal('').nullish(),
  client_secret: z.literal('').nullish(),
})

const text = z.string().min(1).optional().catch(undefined)

const clues = z.object({ client_id: text, client_secret: text, message: text })

/** Describes what an unusable answer contains, without what was sent and without a secret. */
function clueOf(answer: Body | undefined, sent: string): string | undefined {
  const { data } = clues.safeParse(answer?.json)
  if (!data) return undefined
  const secrets = [sent, data.client_secret ?? '']
  const parts: string[] = []
  if (data.client_id) parts.push(`named the client_id "${safeText(data.client_id, secrets)}"`)
  if (data.message) parts.push(`said "${safeWords(data.message, secrets)}"`)
  return parts.length === 0 ? undefined : `The answer ${parts.join(' and ')}.`
}
