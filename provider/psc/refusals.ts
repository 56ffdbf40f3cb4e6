import { PscError } from '../errors.ts'

/**
 * Whether a request for a token was refused because of the client's secret. PSCs that answer as RFC 6749 does use the
 * same words for a client that they do not know.
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

/**
 * Whether a maintenance request was refused because of its token, so that a new one helps.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function isTokenRefused(error: unknown): error is PscError {
  return (
    error instanceof PscError &&
    (error.pscCode === 'TOKEN_DE_ACESSO_INVALIDO' || error.pscCode === 'invalid_token')
  )
}

/** The refusal of both secrets, in the words of the first. */
export function bothRefused(refusal: PscError): PscError {
  return refusal.reworded(
    `${refusal.detail} previousClientSecret is refused as well: one of the two must be the secret that is in force.`,
  )
}
