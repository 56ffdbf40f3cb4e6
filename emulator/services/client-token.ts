import { type Answer, type Asked, documentedCaching, jsonAnswer } from '../http/exchange.ts'
import { parseObject } from '../psc/json-object.ts'
import type { Psc } from '../psc/psc.ts'

const required = ['grant_type', 'client_id', 'client_secret'] as const

/**
 * `POST /client_token`: presence, then form, then who is asking, then the secret.
 *
 * @see "Token de acesso de aplicação"
 */
export function answerClientToken(psc: Psc, asked: Asked): Answer {
  const { refuse } = psc.manners.vocabulary
  const form = readParameters(psc, asked.body)
  for (const field of required) {
    if (!form.get(field)) return refuse('CAMPO_OBRIGATORIO', field)
  }
  for (const field of required) {
    if (form.getAll(field).length > 1) return refuse('VALOR_PARAMETRO_INVALIDO', field)
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse('VALOR_PARAMETRO_INVALIDO', 'grant_type')
  }
  const client = psc.clients.find(form.get('client_id') ?? '')
  if (!client) return refuse('CLIENTE_OAUTH_NAO_IDENTIFICADO')
  const { clientId } = client
  if (!psc.secrets.get(clientId)?.matches(form.get('client_secret') ?? '')) {
    return refuse('AUTENTICACAO_INVALIDA_CLIENT_OAUTH')
  }
  const lifetime = psc.tokenLifetime(clientId)
  return jsonAnswer(
    200,
    {
      access_token: psc.applicationTokens.issue(clientId, lifetime),
      token_type: 'Bearer',
      expires_in: lifetime,
    },
    documentedCaching,
  )
}

/** What is not a text counts as missing. */
function readParameters({ manners }: Psc, body: string): URLSearchParams {
  if (manners.tokenRequest === 'form') return new URLSearchParams(body)
  const texts = Object.entries(parseObject(body) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return new URLSearchParams(texts)
}
