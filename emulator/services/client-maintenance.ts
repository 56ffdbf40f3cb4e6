import { digestSecret } from '../config/secret.ts'
import { type Answer, type Asked, jsonAnswer } from '../http/exchange.ts'
import { malformed } from '../http/framework.ts'
import { parseObject } from '../psc/json-object.ts'
import type { Psc } from '../psc/psc.ts'
import type { ClientChanges, RegisteredClient } from '../psc/registry.ts'
import { judgeApplication, readChanges } from './application.ts'

/**
 * `PUT /client_maintenance`: the token, the body, whose application it is, and only then what it asks for. Everything is judged
 * before anything is written.
 *
 * @see "Manutenção de aplicação"; the documents say nothing of a missing client_id or a field of a wrong type, which get the
 * codes that client_token's document has for them
 */
export function answerClientMaintenance(psc: Psc, asked: Asked): Answer {
  const { vocabulary, rotation } = psc.manners
  const { refuse } = vocabulary
  const owner = psc.applicationTokens.read(bearerToken(asked) ?? '')
  if (owner === undefined) return refuse('TOKEN_DE_ACESSO_INVALIDO')
  const body = parseObject(asked.body)
  if (!body) return malformed()
  const clientId = body.client_id ?? ''
  if (clientId === '') return refuse('CAMPO_OBRIGATORIO', 'client_id')
  if (clientId !== owner) return refuse('MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO')
  const client = psc.clients.find(owner)
  if (!client) return refuse('CLIENTE_OAUTH_NAO_IDENTIFICADO')
  const setsSecret = Object.hasOwn(body, 'client_secret')
  if (setsSecret && rotation === 'refused') {
    return refuse('MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL')
  }
  const changes = readChanges(body)
  if ('wrongField' in changes) return refuse('VALOR_PARAMETRO_INVALIDO', changes.wrongField)
  const refusal = judgeApplication(psc, changes, client)
  if (refusal) return refusal
  if (setsSecret) {
    const secret = body.client_secret
    if (typeof secret !== 'string' || secret === '') {
      return refuse('VALOR_PARAMETRO_INVALIDO', 'client_secret')
    }
    rotate(psc, client.clientId, secret)
  }
  return describe(psc, psc.clients.update(client, withAddedUris(psc, changes)))
}

function rotate(psc: Psc, clientId: string, secret: string): void {
  psc.secrets.set(clientId, digestSecret(secret, clientId))
  if (psc.manners.rotation === 'tokens end') {
    psc.applicationTokens.useAll((owner) => owner === clientId)
  }
}

function withAddedUris({ manners }: Psc, changes: ClientChanges): ClientChanges {
  const { redirectUris } = changes
  if (!redirectUris) return changes
  return { ...changes, redirectUris: [...redirectUris, ...manners.addedUris] }
}

/** @see DOC-ICP-17.01, section 6.4, where the answer holds client_id alone; SERPRO's holds all five fields */
function describe(psc: Psc, client: RegisteredClient): Answer {
  const { clientId, name, comments, email, redirectUris } = client
  if (!psc.manners.echoes) return jsonAnswer(200, { client_id: clientId })
  return jsonAnswer(200, {
    client_id: clientId,
    name,
    comments,
    email,
    redirect_uris: redirectUris,
  })
}

/** @see RFC 6750, section 2.1; RFC 9110, section 11.1: the scheme's name is case-insensitive */
function bearerToken(asked: Asked): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(asked.headers.get('authorization') ?? '')?.[1]
}
