import type { Psc } from '../psc/psc.ts'
import type { RefusalCode } from '../psc/refusals.ts'
import { authenticationOf, refuseCredentials } from './client-authentication.ts'
import { documentedCaching, type Service, form, json, parseObject, pscService } from './endpoint.ts'

const required = ['grant_type', 'client_id', 'client_secret'] as const

/**
 * `POST /client_token`: checks presence, then values, then the client, then the secret.
 *
 * @see "Token de acesso de aplicação"
 */
export function clientToken(psc: Psc): Service {
  const { vocabulary, tokenRequest } = psc.behaviour
  const { refuse } = vocabulary
  return pscService(psc, 'FALHA_TOKEN_MANUTENCAO_APLICACAO', {
    operation: 'clientToken',
    method: 'POST',
    path: '/client_token',
    consumes: tokenRequest === 'form' ? form : json,
    async answer(c) {
      const body = await c.req.text()
      const fields = tokenRequest === 'form' ? new URLSearchParams(body) : readJson(body)
      const used = authenticationOf(psc.behaviour, c.req.raw.headers, fields)
      const refuseClient = (code: RefusalCode): Response =>
        refuseCredentials(psc.behaviour, used, refuse(code))
      if (used === 'missing') return refuseClient('AUTENTICACAO_INVALIDA_CLIENT_OAUTH')
      if (used === 'repeated') return refuse('VALOR_PARAMETRO_INVALIDO', 'client_secret')
      const missing = required.find((name) => !fields.get(name))
      if (missing !== undefined) return refuse('CAMPO_OBRIGATORIO', missing)
      const repeated = required.find((name) => fields.getAll(name).length > 1)
      if (repeated !== undefined) return refuse('VALOR_PARAMETRO_INVALIDO', repeated)
      if (fields.get('grant_type') !== 'client_credentials') {
        return refuse('VALOR_PARAMETRO_INVALIDO', 'grant_type')
      }
      const clientId = fields.get('client_id') ?? ''
      if (!psc.clients.find(clientId)) return refuseClient('CLIENTE_OAUTH_NAO_IDENTIFICADO')
      if (!psc.authenticates(clientId, fields.get('client_secret') ?? '')) {
        return refuseClient('AUTENTICACAO_INVALIDA_CLIENT_OAUTH')
      }
      const lifetime = psc.tokenLifetime(clientId)
      const token = psc.applicationTokens.issue(clientId, lifetime)
      return Response.json(
        { access_token: token, token_type: 'Bearer', expires_in: lifetime },
        { headers: documentedCaching },
      )
    },
  })
}

/** Reads the strings of a JSON object. Any other value counts as missing. */
function readJson(body: string): URLSearchParams {
  const strings = Object.entries(parseObject(body) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return new URLSearchParams(strings)
}
