import type { Answer } from '../http/exchange.ts'
import { isEmail } from '../judge/email.ts'
import { judgeRedirectUri } from '../judge-redirect-uri.ts'
import type { Psc } from './psc.ts'
import type { ClientChanges, RegisteredClient } from './registry.ts'

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
