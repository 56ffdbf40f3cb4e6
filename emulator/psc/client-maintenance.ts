import { malformed } from '../http/framework.ts'
import { jsonAnswer } from '../http/exchange.ts'
import type { Answer, Asked } from '../http/exchange.ts'
import { isEmail } from '../judge/email.ts'
import { judgeRedirectUri } from '../judge-redirect-uri.ts'
import type { Psc } from './psc.ts'
import { refuse } from './refusals.ts'
import type { ClientChanges, RegisteredClient } from './registry.ts'

/**
 * `PUT /client_maintenance`: the token, the body, whose application it is, and only then what it asks for. Everything is judged
 * before anything is written.
 *
 * @see "Manutenção de aplicação"; the documents say nothing of a missing client_id or a field of a wrong type, which get the
 * codes that client_token's document has for them
 */
export function answerClientMaintenance(psc: Psc, asked: Asked): Answer {
  const owner = psc.applicationTokens.read(bearerToken(asked) ?? '')
  if (owner === undefined) return refuse('TOKEN_DE_ACESSO_INVALIDO')
  const body = parseObject(asked.body)
  if (!body) return malformed()
  const clientId = body.client_id ?? ''
  if (clientId === '') return refuse('CAMPO_OBRIGATORIO', 'client_id')
  if (clientId !== owner) return refuse('MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO')
  const client = psc.clients.find(owner)
  if (!client) return refuse('CLIENTE_OAUTH_NAO_IDENTIFICADO')
  if (Object.hasOwn(body, 'client_secret'))
    return refuse('MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL')
  const changes = readChanges(body)
  if ('wrongField' in changes) return refuse('VALOR_PARAMETRO_INVALIDO', changes.wrongField)
  const refusal = judgeChanges(psc, client, changes)
  if (refusal) return refusal
  const { name, comments, email, redirectUris } = psc.clients.update(client, changes)
  return jsonAnswer(200, {
    client_id: clientId,
    name,
    comments,
    email,
    redirect_uris: redirectUris,
  })
}

function judgeChanges(
  psc: Psc,
  client: RegisteredClient,
  changes: ClientChanges,
): Answer | undefined {
  const { name, comments, email, redirectUris } = changes
  if (name?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'name')
  if (comments?.trim() === '') return refuse('CAMPO_OBRIGATORIO', 'comments')
  if (name !== undefined && psc.clients.nameTaken(name, client.clientId)) {
    return refuse('APLICACAO_OAUTH_NOME_JA_CADASTRADO')
  }
  if (email !== undefined && !isEmail(email)) return refuse('CONTATO_EMAIL_INVALIDO', email)
  if (redirectUris?.length === 0) return refuse('PELO_MENOS_UMA_REDIRECT_URI')
  for (const uri of redirectUris ?? []) {
    const refusal = judgeRedirectUri(uri, client.certificate.hosts)
    if (refusal) return refuse(refusal.code, uri)
  }
  return undefined
}

/** Absent and null leave a field as it is. */
function readChanges(body: Record<string, unknown>): ClientChanges | { wrongField: string } {
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

/** @see RFC 6750, section 2.1; RFC 9110, section 11.1: the scheme's name is case-insensitive */
function bearerToken(asked: Asked): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(asked.headers.get('authorization') ?? '')?.[1]
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
