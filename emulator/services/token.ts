import { createHash } from 'node:crypto'
import { type Answer, type Asked, documentedCaching, jsonAnswer } from '../http/exchange.ts'
import type { Grant } from '../psc/grants.ts'
import type { Psc } from '../psc/psc.ts'
import { randomToken } from '../psc/tokens.ts'

const required = ['grant_type', 'client_id', 'client_secret', 'code', 'code_verifier']

/**
 * `POST /token`: the form, the kind of grant, the application, and then what the code was given for.
 *
 * @see "Token de acesso"
 */
export function answerToken(psc: Psc, asked: Asked): Answer {
  const form = new URLSearchParams(asked.body)
  const missing = required.filter((name) => !form.get(name))
  if (missing.length > 0) {
    const names = missing.join(', ')
    return refuseToken('invalid_request', `Parâmetro(s) requerido(s) não informado(s): ${names}`)
  }
  const repeated = [...new Set(form.keys())].filter((name) => form.getAll(name).length > 1)
  if (repeated.length > 0) {
    const names = repeated.join(', ')
    return refuseToken('invalid_request', `Parâmetro(s) com mais de um valor informado: ${names}`)
  }
  if (form.get('grant_type') !== 'authorization_code') return refuseToken('unsupported_grant_type')

  const clientId = form.get('client_id') ?? ''
  if (!psc.clients.find(clientId)) {
    return refuseToken('invalid_client', 'Não foi possível identificar a aplicação pela client_id')
  }
  if (!psc.secrets.get(clientId)?.matches(form.get('client_secret') ?? '')) {
    return refuseToken(
      'invalid_client',
      'client_secret informada inválida para a aplicação identificada',
    )
  }

  const code = form.get('code') ?? ''
  const refusal = judgeCode(psc, clientId, code, form, asked.body)
  if (typeof refusal === 'string') return refuseToken('invalid_grant', refusal)
  psc.codes.use(code)
  return success(refusal)
}

/** The grant that a code stands for, or the documented scenario in which it stands for none. */
function judgeCode(
  psc: Psc,
  clientId: string,
  code: string,
  form: URLSearchParams,
  body: string,
): Grant | string {
  const issued = psc.codes.inspect(code)
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
  if ((form.get('redirect_uri') ?? '') !== (request.namedRedirectUri ?? '')) {
    return 'Valor do parâmetro redirect_uri não informado ou diferente do apresentado na solicitação de autorização'
  }
  if (challengeOf(form.get('code_verifier') ?? '') !== request.codeChallenge) {
    return 'Valor do parâmetro code_verifier não condiz com o valor do code_challenge informado na solicitação de autorização'
  }
  return issued.purpose
}

function success({ request, holder, lifetimeSeconds }: Grant): Answer {
  return jsonAnswer(
    200,
    {
      access_token: randomToken(),
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      scope: request.scope,
      authorized_identification_type: holder.type,
      authorized_identification: holder.identification,
    },
    documentedCaching,
  )
}

/** @see RFC 7636, section 4.6, method S256 */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url')
}

/** Whether a field's percent-encoding is whole and stands for UTF-8, which a form's decoder does not tell. */
function isWellEncoded(body: string, name: string): boolean {
  const raw = body.split('&').find((pair) => pair.startsWith(`${name}=`)) ?? ''
  try {
    decodeURIComponent(raw)
    return true
  } catch {
    return false
  }
}

/** The status and the detail of each documented error. @see POST /token, "Lista de erros" */
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

export type TokenError = keyof typeof errors

/** A documented error; its description is the documented scenario where there is one, and otherwise the detail. */
export function refuseToken(error: TokenError, description: string = errors[error][1]): Answer {
  return jsonAnswer(
    errors[error][0],
    {
      error,
      error_description: description,
      error_uri: 'https://servicos.serpro.gov.br/neoid/docs/#lista-de-erros-possiveis',
    },
    { 'Cache-Control': 'no-store', Pragma: 'no-cache' },
  )
}

export function refuseTokenByName(code: string, description?: string): Answer | undefined {
  return isTokenError(code) ? refuseToken(code, description) : undefined
}

function isTokenError(code: string): code is TokenError {
  return Object.hasOwn(errors, code)
}
