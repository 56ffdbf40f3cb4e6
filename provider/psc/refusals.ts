import { PscError } from '../errors.ts'
import { faultOfSecret } from '../rules/secret-text.ts'
import { say } from '../say.ts'
import type { ClientCredentials } from './requests/client-authentication.ts'

/**
 * Tells whether a PSC refused a request for a token because of the client's secret. PSCs that follow RFC 6749 answer alike
 * for an unknown client.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function isWrongSecret(error: unknown): error is PscError {
  if (!(error instanceof PscError) || error.code !== 'ERR_PSC_REFUSED') return false
  const { pscCode, status } = error
  return (
    pscCode === 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH' ||
    pscCode === 'invalid_client' ||
    (status === 401 && pscCode !== undefined)
  )
}

/** Adds what shows that a refused secret is not the right one. Returns any other error unchanged. */
export function explainSecret(error: PscError, client: ClientCredentials): PscError {
  if (error.pscCode !== 'unauthorized_client' && !isWrongSecret(error)) return error
  const fault = faultOfSecret(client.clientSecret, client)
  return fault === undefined ? error : error.reworded(say`${error.detail} The secret ${fault}`)
}

/**
 * Tells whether a PSC refused a maintenance request because of its token, so that a new token helps.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function isTokenRefused(error: unknown): error is PscError {
  return (
    error instanceof PscError &&
    (error.pscCode === 'TOKEN_DE_ACESSO_INVALIDO' || error.pscCode === 'invalid_token')
  )
}

/** Makes the error of two refused secrets from the refusal of the first. */
export function bothRefused(refusal: PscError): PscError {
  return refusal.reworded(
    `${refusal.detail} The PSC refuses previousClientSecret as well: one of the two must be the secret in force.`,
  )
}
