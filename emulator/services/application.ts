import { randomBytes, randomUUID } from 'node:crypto'
import { isEmail } from '../judge/email.ts'
import { judgeRedirectUri } from '../judge/redirect-uri.ts'
import type { ClientChanges, RegisteredClient } from '../psc/clients.ts'
import type { ErrorPlace } from '../psc/behaviour.ts'
import type { Psc } from '../psc/psc.ts'
import { type Service, json, malformedBody, parseObject, pscService } from './endpoint.ts'

/**
 * `POST /application`: registers an application without authentication.
 *
 * @see DOC-ICP-17.01, section 6.4
 */
export function application(psc: Psc): Service {
  return pscService(psc, 'FALHA_MANUTENCAO_APLICACAO', {
    operation: 'application',
    method: 'POST',
    path: '/application',
    consumes: json,
    async answer(c) {
      const body = parseObject(await c.req.text())
      return body
        ? answerAt(psc.behaviour.registrationErrors, register(psc, body))
        : malformedBody()
    },
  })
}

const required = ['name', 'comments', 'redirect_uris', 'email']

/**
 * Registers an application and answers with its secret, which the PSC never shows again.
 *
 * @param certificate the one that signed the request
 */
export function register(
  psc: Psc,
  body: Record<string, unknown>,
  certificate?: RegisteredClient['certificate'],
): Response {
  const { refuse } = psc.behaviour.vocabulary
  const missing = required.find((field) => (body[field] ?? '') === '')
  if (missing !== undefined) return refuse('CAMPO_OBRIGATORIO', missing)
  const fields = readFields(body)
  if ('wrongField' in fields) return refuse('VALOR_PARAMETRO_INVALIDO', fields.wrongField)
  const certified = certificate ? { certificate } : {}
  const refusal = judgeFields(psc, fields, certified)
  if (refusal) return refusal
  const clientId = randomUUID()
  const secret = randomBytes(24).toString('base64url')
  const { name = '', comments = '', email = '', redirectUris = [] } = fields
  psc.register({ clientId, name, comments, email, redirectUris, ...certified }, secret)
  return Response.json({
    status: 'success',
    message: 'New Client Application registered with Success',
    client_id: clientId,
    client_secret: secret,
  })
}

/** Puts a refusal where the PSC shows those of the service. */
export async function answerAt(place: ErrorPlace, answer: Response): Promise<Response> {
  if (answer.ok || place === 'http-status') return answer
  const texts = Object.values((await answer.json()) as Record<string, string>)
  return Response.json({ status: 'error', message: texts.filter(Boolean).join(': ') })
}

/** Judges the fields of a registration or a change. Skips absent fields. */
export function judgeFields(
  psc: Psc,
  fields: ClientChanges,
  client: Partial<Pick<RegisteredClient, 'clientId' | 'certificate'>>,
): Response | undefined {
  const { vocabulary, uniqueNames, addedUris, redirectUriRule } = psc.behaviour
  const { refuse } = vocabulary
  const { name, comments, email, redirectUris } = fields
  if (name?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'name')
  if (comments?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'comments')
  if (uniqueNames && name !== undefined && psc.clients.nameTaken(name, client.clientId)) {
    return refuse('APLICACAO_OAUTH_NOME_JA_CADASTRADO')
  }
  if (email !== undefined && !isEmail(email)) return refuse('CONTATO_EMAIL_INVALIDO', email)
  if (redirectUris?.length === 0) return refuse('PELO_MENOS_UMA_REDIRECT_URI')
  for (const uri of redirectUris ?? []) {
    if (addedUris.includes(uri)) continue
    const refusal = judgeRedirectUri(uri, client.certificate?.hosts, redirectUriRule)
    if (refusal) return refuse(refusal.code, uri)
  }
  return undefined
}

/** Reads the fields of a request. Absent and null fields are left out. */
export function readFields(body: Record<string, unknown>): ClientChanges | { wrongField: string } {
  const fields: { -readonly [Key in keyof ClientChanges]: ClientChanges[Key] } = {}
  for (const field of ['name', 'comments', 'email'] as const) {
    const value = body[field] ?? undefined
    if (value === undefined) continue
    if (typeof value !== 'string') return { wrongField: field }
    fields[field] = value
  }
  const uris = body.redirect_uris ?? undefined
  if (uris === undefined) return fields
  if (!isStringList(uris)) return { wrongField: 'redirect_uris' }
  return { ...fields, redirectUris: uris }
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string')
}
