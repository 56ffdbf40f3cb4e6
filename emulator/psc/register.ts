import { randomBytes, randomUUID } from 'node:crypto'
import { digestSecret } from '../config/secret.ts'
import { jsonAnswer } from '../http/exchange.ts'
import type { Answer } from '../http/exchange.ts'
import { judgeApplication, readChanges } from './judge-application.ts'
import type { Psc } from './psc.ts'
import type { RegisteredClient } from './registry.ts'

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
