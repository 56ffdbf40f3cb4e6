import { jsonAnswer } from '../http/exchange.ts'
import type { Answer } from '../http/exchange.ts'

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
