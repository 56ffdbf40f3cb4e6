import { createHash } from 'node:crypto'
import type { Grant } from '../psc/grants.ts'
import type { Psc } from '../psc/psc.ts'
import { randomToken } from '../psc/tokens.ts'
import { authenticationOf, refuseCredentials } from './client-authentication.ts'
import { documentedCaching, type Service, form } from './endpoint.ts'

const required = ['grant_type', 'client_id', 'client_secret', 'code', 'code_verifier']

/**
 * `POST /token`: checks the form, the grant type, the client and then the code.
 *
 * @see "Token de acesso"
 */
export function token(psc: Psc): Service {
  return {
    operation: 'token',
    method: 'POST',
    path: '/token',
    consumes: form,
    refusal: refuseByName,
    failure: () => refuse('server_error'),
    async answer(c) {
      const body = await c.req.text()
      const fields = new URLSearchParams(body)
      const used = authenticationOf(psc.behaviour, c.req.raw.headers, fields)
      const refuseClient = (description: string): Response =>
        refuseCredentials(psc.behaviour, used, refuse('invalid_client', description))
      if (used === 'missing') return refuseClient('A aplicação não se autenticou')
      if (used === 'repeated') {
        return refuse('invalid_request', 'A aplicação se autenticou de duas maneiras')
      }
      const missing = required.filter((name) => !fields.get(name)).join(', ')
      if (missing !== '') {
        return refuse('invalid_request', `Parâmetro(s) requerido(s) não informado(s): ${missing}`)
      }
      const names = [...new Set(fields.keys())]
      const repeated = names.filter((name) => fields.getAll(name).length > 1).join(', ')
      if (repeated !== '') {
        const problem = 'Parâmetro(s) com mais de um valor informado'
        return refuse('invalid_request', `${problem}: ${repeated}`)
      }
      if (fields.get('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type')

      const clientId = fields.get('client_id') ?? ''
      if (!psc.clients.find(clientId)) {
        return refuseClient('Não foi possível identificar a aplicação pela client_id')
      }
      if (!psc.authenticates(clientId, fields.get('client_secret') ?? '')) {
        return refuseClient('client_secret informada inválida para a aplicação identificada')
      }

      const grant = findGrant(psc, clientId, fields, body)
      if (typeof grant === 'string') return refuse('invalid_grant', grant)
      psc.codes.use(fields.get('code') ?? '')
      return success(grant)
    },
  }
}

/** Finds the grant of a code, or names the documented scenario for refusing it. */
function findGrant(
  psc: Psc,
  clientId: string,
  fields: URLSearchParams,
  body: string,
): Grant | string {
  const issued = psc.codes.inspect(fields.get('code') ?? '')
  if (issued?.purpose.request.clientId !== clientId) {
    return 'Valor inválido do código de autorização (code)'
  }
  if (issued.used) {
    return 'O token de acesso (access_token) referente ao código de autorização (code) informado já foi gerado e/ou utilizado'
  }
  if (issued.expired) return 'Código de autorização (code) expirado'
  const { request } = issued.purpose
  if (!isWellEncoded(body, 'redirect_uri')) {
    return 'Valor do parâmetro redirect_uri com encode inválido'
  }
  if ((fields.get('redirect_uri') ?? '') !== (request.namedRedirectUri ?? '')) {
    return 'Valor do parâmetro redirect_uri não informado ou diferente do apresentado na solicitação de autorização'
  }
  if (challengeOf(fields.get('code_verifier') ?? '') !== request.codeChallenge) {
    return 'Valor do parâmetro code_verifier não condiz com o valor do code_challenge informado na solicitação de autorização'
  }
  return issued.purpose
}

function success({ request, holder, lifetimeSeconds }: Grant): Response {
  return Response.json(
    {
      access_token: randomToken(),
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      scope: request.scope,
      authorized_identification_type: holder.type,
      authorized_identification: holder.identification,
    },
    { headers: documentedCaching },
  )
}

/** @see RFC 7636, section 4.6, method S256 */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url')
}

/** Whether the percent-encoding of a field is UTF-8. `URLSearchParams` accepts any. */
function isWellEncoded(body: string, name: string): boolean {
  const pair = body.split('&').find((candidate) => candidate.startsWith(`${name}=`)) ?? ''
  try {
    decodeURIComponent(pair)
    return true
  } catch {
    return false
  }
}

/** Lists the status and the detail of each documented error. @see POST /token, "Lista de erros" */
const errors = {
  invalid_request: [400, 'A estrutura da solicitação encontra-se inválida.'],
  unsupported_grant_type: [400, 'Valor do parâmetro grant_type inválido'],
  invalid_client: [401, 'Credenciais de autenticação inválidas.'],
  invalid_grant: [400, 'O valor dos parâmetros code, code_verifier ou redirect_uri são inválidos.'],
  server_error: [
    500,
    'Algo inesperado aconteceu e não foi possível dar prosseguimento com a solicitação',
  ],
} as const satisfies Record<string, readonly [status: number, detail: string]>

/** @param description the documented scenario; default: the documented detail */
function refuse(error: keyof typeof errors, description: string = errors[error][1]): Response {
  return Response.json(
    {
      error,
      error_description: description,
      error_uri: 'https://servicos.serpro.gov.br/neoid/docs/#lista-de-erros-possiveis',
    },
    { status: errors[error][0], headers: { 'Cache-Control': 'no-store', Pragma: 'no-cache' } },
  )
}

function refuseByName(code: string, description?: string): Response | undefined {
  return Object.hasOwn(errors, code) ? refuse(code as keyof typeof errors, description) : undefined
}
