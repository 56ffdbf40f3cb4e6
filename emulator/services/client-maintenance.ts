import type { Context } from 'hono'
import type { RegisteredClient } from '../psc/clients.ts'
import type { Psc } from '../psc/psc.ts'
import { answerAt, judgeFields, readFields } from './application.ts'
import { type Service, json, malformedBody, parseObject, pscService } from './endpoint.ts'

/**
 * `PUT /client_maintenance`: checks the token, the body, the client and then the fields. It writes only after all checks.
 *
 * @see "Manutenção de aplicação". The documents do not mention a missing client_id or a field of a wrong type, so these get the
 * codes of client_token's document.
 */
export function clientMaintenance(psc: Psc): Service {
  return pscService(psc, 'FALHA_MANUTENCAO_APLICACAO', {
    operation: 'clientMaintenance',
    method: 'PUT',
    path: '/client_maintenance',
    consumes: json,
    answer: async (c) => answerAt(psc.behaviour.maintenanceErrors, await write(psc, c)),
  })
}

async function write(psc: Psc, c: Context): Promise<Response> {
  const { refuse } = psc.behaviour.vocabulary
  const owner = psc.applicationTokens.read(bearerToken(c.req.header('authorization')) ?? '')
  if (owner === undefined || psc.clients.find(owner)?.disabled)
    return refuse('TOKEN_DE_ACESSO_INVALIDO')
  const body = parseObject(await c.req.text())
  if (!body) return malformedBody()
  const clientId = body.client_id ?? ''
  if (clientId === '') return refuse('CAMPO_OBRIGATORIO', 'client_id')
  if (clientId !== owner) return refuse('MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO')
  const client = psc.clients.find(owner)
  if (!client) return refuse('CLIENTE_OAUTH_NAO_IDENTIFICADO')
  const secret = body.client_secret
  if (secret !== undefined && psc.behaviour.rotation === 'refused') {
    return refuse('MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL')
  }
  const changes = readFields(body)
  if ('wrongField' in changes) return refuse('VALOR_PARAMETRO_INVALIDO', changes.wrongField)
  const refusal = judgeFields(psc, changes, client)
  if (refusal) return refusal
  if (secret !== undefined) {
    if (typeof secret !== 'string' || secret === '') {
      return refuse('VALOR_PARAMETRO_INVALIDO', 'client_secret')
    }
    psc.rotate(owner, secret)
  }
  return describe(psc.maintain(client, changes), psc.behaviour.echoes)
}

/** @see DOC-ICP-17.01, section 6.4: the answer has only client_id. SERPRO's has all five fields. */
function describe(client: RegisteredClient, echoes: boolean): Response {
  const { clientId, name, comments, email, redirectUris } = client
  if (!echoes) return Response.json({ client_id: clientId })
  return Response.json({
    client_id: clientId,
    name,
    comments,
    email,
    redirect_uris: redirectUris,
  })
}

/** @see RFC 6750, section 2.1; RFC 9110, section 11.1: the name of the scheme is case-insensitive */
function bearerToken(authorization = ''): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*) *$/i.exec(authorization)?.[1]
}
