import type { Answer, Asked } from '../http/exchange.ts'
import { authorizePage } from '../pages/authorize-page.ts'
import { errorPage } from '../pages/error-page.ts'
import {
  type AuthorizationRequest,
  fixedLifetimeSeconds,
  type Grant,
  type Holder,
  periods,
  scopes,
} from '../psc/grants.ts'
import type { Psc } from '../psc/psc.ts'
import type { RegisteredClient } from '../psc/registry.ts'

/** How long the page may stay open. */
const patienceSeconds = 1800

/** `GET /authorize`: asks a person, or tells why nobody is asked. No document of ours describes it; RFC 6749, section 4.1.1 does. */
export function showAuthorization(psc: Psc, asked: Asked): Answer {
  const judgement = judgeAuthorizationRequest(psc, asked.query)
  switch (judgement.kind) {
    case 'untrusted':
      return errorPage(400, judgement.reason)
    case 'refused': {
      const { error, description, state } = judgement
      return redirectTo(judgement.redirectUri, { error, error_description: description, state })
    }
    case 'good': {
      const { client, request } = judgement
      const id = psc.authorizations.issue(request, patienceSeconds)
      return authorizePage({ client, request, id, holders: psc.holders, action: asked.path })
    }
  }
}

/** `POST /authorize`: what the person has decided. */
export function decideAuthorization(psc: Psc, asked: Asked): Answer {
  const form = new URLSearchParams(asked.body)
  const id = form.get('request') ?? ''
  const request = psc.authorizations.read(id)
  const client = request && psc.clients.find(request.clientId)
  if (!request || !client) {
    return errorPage(400, 'Este pedido de autorização expirou ou já foi respondido.')
  }
  if (form.get('decision') === 'refuse') {
    psc.authorizations.use(id)
    return refusal(request)
  }
  const grant = readGrant(psc.holders, request, form)
  if (typeof grant === 'string') {
    const view = { client, request, id, holders: psc.holders, action: asked.path }
    return authorizePage({ ...view, problem: grant })
  }
  psc.authorizations.use(id)
  const code = psc.codes.issue(grant, psc.codeLifetimeSeconds)
  return redirectTo(request.redirectUri, { code, state: request.state })
}

function refusal({ redirectUri, state }: AuthorizationRequest): Answer {
  const description = 'O titular do certificado recusou a autorização'
  return redirectTo(redirectUri, { error: 'access_denied', error_description: description, state })
}

/** What the form says, or what is missing in it, in words for the person. */
function readGrant(
  holders: readonly Holder[],
  request: AuthorizationRequest,
  form: URLSearchParams,
): Grant | string {
  const holder = holders.find(({ identification }) => identification === form.get('holder'))
  if (!holder) return 'Escolha o titular do certificado.'
  if (request.scope !== 'signature_session') {
    return { request, holder, lifetimeSeconds: fixedLifetimeSeconds }
  }
  const chosen = form.get(holder.type === 'CPF' ? 'period_cpf' : 'period_cnpj')
  const period = periods[holder.type].find(({ seconds }) => String(seconds) === chosen)
  if (!period) return 'Escolha por quanto tempo a sessão de assinatura vale.'
  return { request, holder, lifetimeSeconds: period.seconds }
}

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

/** What a person would choose on the page. */
export interface HolderChoice {
  /** A CPF or CNPJ among the configured holders; the first of them by default. */
  readonly identification?: string | undefined
  /** For `signature_session`: one of the documented periods, in seconds; the shortest by default. */
  readonly periodSeconds?: number | undefined
  /** Refuses instead. */
  readonly refuse?: boolean | undefined
}

/**
 * Answers an authorize URL without a browser, for tests and pipelines: the address that the browser would end on, or `undefined`
 * when it would stay on a page of the PSC.
 */
export function authorizeAtOnce(psc: Psc, url: URL, choice: HolderChoice): string | undefined {
  const asked = {
    method: 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: new Headers(),
    body: '',
  }
  const judgement = judgeAuthorizationRequest(psc, asked.query)
  if (judgement.kind !== 'good') return showAuthorization(psc, asked).headers.Location
  const holder = choice.identification ?? psc.holders[0]?.identification ?? ''
  const type = psc.holders.find(({ identification }) => identification === holder)?.type ?? 'CPF'
  const form = new URLSearchParams({
    request: psc.authorizations.issue(judgement.request, 60),
    decision: choice.refuse ? 'refuse' : 'authorize',
    holder,
    [`period_${type.toLowerCase()}`]: String(choice.periodSeconds ?? periods[type][0]?.seconds),
  })
  const body = form.toString()
  return decideAuthorization(psc, { ...asked, method: 'POST', body }).headers.Location
}

/**
 * Sends the browser back to the application. The registered address stays as it is, character for character, but for those that
 * a header cannot carry.
 *
 * @see RFC 6749, section 4.1.2; RFC 9700, section 4.12 (303, so that no form travels on)
 */
export function redirectTo(
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): Answer {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value)
  }
  const address = redirectUri.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return {
    status: 303,
    headers: {
      Location: address + separator + query.toString(),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
    body: '',
  }
}
