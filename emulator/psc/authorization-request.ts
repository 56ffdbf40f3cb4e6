import type { ClientRegistry, RegisteredClient } from './clients.ts'
import { type AuthorizationRequest, scopes } from './grants.ts'

/** The result of the checks that come before the sign-in page. */
export type Judgement =
  | {
      readonly kind: 'accepted'
      readonly request: AuthorizationRequest
      readonly client: RegisteredClient
    }
  /** The client or the redirect URI is not registered, or the client is disabled: only the person can be told. */
  | { readonly kind: 'unregistered'; readonly reason: string }
  /** Anything else is wrong: the application can be told at its redirect URI. */
  | {
      readonly kind: 'refused'
      readonly redirectUri: string
      readonly state: string | undefined
      readonly error: string
      readonly description: string
    }

/**
 * Judges an authorization request: first the client and its redirect URI, then the other parameters.
 *
 * @see RFC 6749, sections 3.1.2.3 (exact comparison) and 4.1.2.1; RFC 7636, section 4.3
 */
export function judgeAuthorizationRequest(
  clients: ClientRegistry,
  query: URLSearchParams,
): Judgement {
  const once = (name: string): string | undefined => {
    const values = query.getAll(name)
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const client = clients.find(once('client_id') ?? '')
  if (!client) {
    return unregistered('A aplicação (client_id) não foi informada ou não está cadastrada.')
  }
  if (client.disabled) return unregistered('A aplicação está desativada.')
  const named = query.has('redirect_uri') ? (once('redirect_uri') ?? '') : undefined
  const redirectUri = named ?? client.redirectUris[0]
  if (redirectUri === undefined) {
    return unregistered('A aplicação não tem nenhuma redirect_uri cadastrada.')
  }
  if (!client.redirectUris.includes(redirectUri)) {
    return unregistered('A redirect_uri informada não está cadastrada para esta aplicação.')
  }

  const state = query.get('state') ?? undefined
  const refused = (error: string, description: string): Judgement => {
    return { kind: 'refused', redirectUri, state, error, description }
  }
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) {
    return refused('invalid_request', `Parâmetro com mais de um valor informado: ${repeated}`)
  }
  const responseType = once('response_type')
  if (responseType === undefined) {
    return refused('invalid_request', 'Parâmetro requerido não informado: response_type')
  }
  if (responseType !== 'code') {
    return refused('unsupported_response_type', 'O valor de response_type deve ser code')
  }
  const codeChallenge = once('code_challenge')
  if (codeChallenge === undefined) {
    return refused('invalid_request', 'Parâmetro requerido não informado: code_challenge')
  }
  if (once('code_challenge_method') !== 'S256') {
    return refused('invalid_request', 'O valor de code_challenge_method deve ser S256')
  }
  // Every SHA-256 digest has 43 characters in base64url without padding.
  if (!/^[\w-]{43}$/.test(codeChallenge)) {
    return refused('invalid_request', 'O valor de code_challenge não é um SHA-256 em base64url')
  }
  const scope = scopes.find((known) => known === query.get('scope'))
  if (!scope) {
    return refused('invalid_scope', `O valor de scope deve ser um de: ${scopes.join(', ')}`)
  }
  const { clientId } = client
  const request = { clientId, redirectUri, namedRedirectUri: named, scope, state, codeChallenge }
  return { kind: 'accepted', request, client }
}

function unregistered(reason: string): Judgement {
  return { kind: 'unregistered', reason }
}
