import { randomBytes, randomUUID } from 'node:crypto'
import { digestSecret } from '../config/secret.ts'
import { type Answer, type Asked, jsonAnswer } from '../http/exchange.ts'
import { malformed } from '../http/framework.ts'
import { isEmail } from '../judge/email.ts'
import { judgeRedirectUri } from '../judge/redirect-uri.ts'
import { parseObject } from '../psc/json-object.ts'
import type { Psc } from '../psc/psc.ts'
import type { ClientChanges, RegisteredClient } from '../psc/registry.ts'

const required = ['name', 'comments', 'redirect_uris', 'email']

/**
 * Registers an application and shows its secret, this once.
 *
 * @param certificate the one that signed the request, where one did
 */
export function register(
  psc: Psc,
  fields: Record<string, unknown>,
  certificate?: RegisteredClient['certificate'],
): Answer {
  const { refuse } = psc.manners.vocabulary
  const missing = required.find((field) => (fields[field] ?? '') === '')
  if (missing !== undefined) return refuse('CAMPO_OBRIGATORIO', missing)
  const changes = readChanges(fields)
  if ('wrongField' in changes) return refuse('VALOR_PARAMETRO_INVALIDO', changes.wrongField)
  const named = certificate && { certificate }
  const refusal = judgeApplication(psc, changes, { ...named })
  if (refusal) return refusal
  const clientId = randomUUID()
  const secret = randomBytes(24).toString('base64url')
  const { name = '', comments = '', email = '', redirectUris = [] } = changes
  psc.clients.add({
    clientId,
    name,
    comments,
    email,
    redirectUris: [...redirectUris, ...psc.manners.addedUris],
    ...named,
    revision: 0,
  })
  psc.secrets.set(clientId, digestSecret(secret, clientId))
  return jsonAnswer(200, {
    status: 'success',
    message: 'New Client Application registered with Success',
    client_id: clientId,
    client_secret: secret,
  })
}

/**
 * `POST /application`: registers whoever asks.
 *
 * @see DOC-ICP-17.01, section 6.4
 */
export function answerApplication(psc: Psc, asked: Asked): Answer {
  const body = parseObject(asked.body)
  return body ? register(psc, body) : malformed()
}

/** Judges what shall be registered for an application; a field that is absent is passed over. */
export function judgeApplication(
  psc: Psc,
  changes: ClientChanges,
  client: Partial<Pick<RegisteredClient, 'clientId' | 'certificate'>>,
): Answer | undefined {
  const { vocabulary, uniqueNames } = psc.manners
  const { refuse } = vocabulary
  const { name, comments, email, redirectUris } = changes
  if (name?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'name')
  if (comments?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'comments')
  if (uniqueNames && name !== undefined && psc.clients.nameTaken(name, client.clientId)) {
    return refuse('APLICACAO_OAUTH_NOME_JA_CADASTRADO')
  }
  if (email !== undefined && !isEmail(email)) return refuse('CONTATO_EMAIL_INVALIDO', email)
  if (redirectUris?.length === 0) return refuse('PELO_MENOS_UMA_REDIRECT_URI')
  for (const uri of redirectUris ?? []) {
    const refusal = judgeRedirectUri(uri, client.certificate?.hosts)
    if (refusal) return refuse(refusal.code, uri)
  }
  return undefined
}

/** The fields of a request. Absent and null leave a field as it is. */
export function readChanges(body: Record<string, unknown>): ClientChanges | { wrongField: string } {
  const changes: { -readonly [Key in keyof ClientChanges]: ClientChanges[Key] } = {}
  for (const field of ['name', 'comments', 'email'] as const) {
    const value = body[field] ?? undefined
    if (value === undefined) continue
    if (typeof value !== 'string') return { wrongField: field }
    changes[field] = value
  }
  const uris = body.redirect_uris ?? undefined
  if (uris === undefined) return changes
  if (!isTextList(uris)) return { wrongField: 'redirect_uris' }
  return { ...changes, redirectUris: uris }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string')
}
