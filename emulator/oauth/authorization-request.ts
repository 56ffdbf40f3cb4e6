import type { Psc } from '../psc/psc.ts'
import type { RegisteredClient } from '../psc/registry.ts'
import { scopes } from './grants.ts'
import type { AuthorizationRequest } from './grants.ts'

/** What becomes of an authorization request before anybody is asked. */
export type Judgement =
  | {
      readonly kind: 'good'
      readonly request: AuthorizationRequest
      readonly client: RegisteredClient
    }
  /** Told to the person: where the answer would have to go is not trusted. */
  | { readonly kind: 'untrusted'; readonly reason: string }
  /** Told to the application, at an address that is registered. */
  | {
      readonly kind: 'refused'
      readonly redirectUri: string
      readonly state: string | undefined
      readonly error: string
      readonly description: string
    }

/**
 * Judges what an application asks for: first the application and its address, because only then may it be answered there.
 *
 * @see RFC 6749, sections 3.1.2.3 (an exact comparison) and 4.1.2.1; RFC 7636, section 4.3
 */
export function judgeAuthorizationRequest(psc: Psc, query: URLSearchParams): Judgement {
  const once = (name: string): string | undefined => {
    const values = query.getAll(name)
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const client = psc.clients.find(once('client_id') ?? '')
  if (!client) return untrusted('A aplicação (client_id) não foi informada ou não está cadastrada.')
  const named = query.has('redirect_uri') ? (once('redirect_uri') ?? '') : undefined
  const redirectUri = named ?? client.redirectUris[0]
  if (redirectUri === undefined) {
    return untrusted('A aplicação não tem nenhuma redirect_uri cadastrada.')
  }
  if (!client.redirectUris.includes(redirectUri)) {
    return untrusted('A redirect_uri informada não está cadastrada para esta aplicação.')
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
  // SHA-256 in base64url without padding has 43 characters, whatever was hashed.
  if (!/^[\w-]{43}$/.test(codeChallenge)) {
    return refused('invalid_request', 'O valor de code_challenge não é um SHA-256 em base64url')
  }
  const scope = scopes.find((known) => known === query.get('scope'))
  if (!scope) {
    return refused('invalid_scope', `O valor de scope deve ser um de: ${scopes.join(', ')}`)
  }
  const { clientId } = client
  const request = { clientId, redirectUri, namedRedirectUri: named, scope, state, codeChallenge }
  return { kind: 'good', request, client }
}

function untrusted(reason: string): Judgement {
  return { kind: 'untrusted', reason }
}
