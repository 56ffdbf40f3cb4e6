import type { Context } from 'hono'
import { authorizePage } from '../pages/authorize-page.ts'
import { loginPage } from '../pages/login-page.ts'
import { errorPage } from '../pages/page.ts'
import { judgeAuthorizationRequest } from '../psc/authorization-request.ts'
import {
  type AuthorizationRequest,
  fixedLifetimeSeconds,
  type Grant,
  type HolderType,
  periods,
} from '../psc/grants.ts'
import type { Psc } from '../psc/psc.ts'
import {
  codeLocation,
  errorLocation,
  locationOf,
  refusalLocation,
} from './authorization-response.ts'
import { form, type Service } from './endpoint.ts'
import { issuerOf } from './metadata.ts'

/** How long a page can stay open. */
const pageLifetimeSeconds = 1800

/**
 * `GET /authorize` shows the sign-in page, and `POST /authorize` takes its form. The API documents do not describe them.
 * `/login` and `/error` exist only where the PSC sends browsers there.
 *
 * @see RFC 6749, sections 4.1.1 and 4.1.2
 */
export function authorize(psc: Psc): Service[] {
  const { authorizeErrors, basePath } = psc.behaviour
  const common = {
    operation: 'authorize',
    // Errors go to a page or, by a redirect, to the application.
    refusal: () => undefined,
    failure: (c: Context) => errorPage(c, 500, 'Algo inesperado aconteceu.'),
  } as const
  const get = (path: string, answer: Service['answer']): Service => {
    return { ...common, method: 'GET', path, answer }
  }
  const post = (path: string, answer: Service['answer']): Service => {
    return { ...common, method: 'POST', path, consumes: form, answer }
  }
  const decide = post('/authorize', (c) => takeDecision(psc, c))
  if (authorizeErrors === 'login-first') {
    return [
      get('/authorize', (c) => redirect(c, `${basePath}/login${new URL(c.req.url).search}`, 302)),
      get('/login', (c) => showLogin(psc, c)),
      post('/login', async (c) => {
        const fields = new URLSearchParams(await c.req.text())
        return showPage(psc, c, new URLSearchParams(fields.get('query') ?? ''))
      }),
      decide,
    ]
  }
  return [
    get('/authorize', (c) => showPage(psc, c, new URL(c.req.url).searchParams)),
    decide,
    ...(authorizeErrors === 'error-redirect'
      ? [get('/error', (c) => errorPage(c, 400, c.req.query('error_description') ?? ''))]
      : []),
  ]
}

function showPage(psc: Psc, c: Context, query: URLSearchParams): Response | Promise<Response> {
  const { authorizeErrors, basePath } = psc.behaviour
  const judgement = judgeAuthorizationRequest(psc.clients, query)
  switch (judgement.kind) {
    case 'unregistered': {
      if (authorizeErrors !== 'error-redirect') return errorPage(c, 400, judgement.reason)
      const description = { error: 'invalid_request', error_description: judgement.reason }
      return redirect(c, locationOf(`${basePath}/error`, description), 302)
    }
    case 'refused':
      if (authorizeErrors === 'pages') return errorPage(c, 400, judgement.description)
      return redirect(c, errorLocation(issuerAt(psc, c), judgement))
    case 'accepted': {
      const { client, request } = judgement
      const id = psc.authorizations.issue(request, pageLifetimeSeconds)
      return authorizePage(c, { ...viewOf(psc), client, request, id })
    }
  }
}

/** A login works for anyone, with the form alone. What comes after it may send the browser to the application. */
function showLogin(psc: Psc, c: Context): Response | Promise<Response> {
  const { search, searchParams } = new URL(c.req.url)
  const judgement = judgeAuthorizationRequest(psc.clients, searchParams)
  const redirectUri = judgement.kind === 'refused' ? judgement.redirectUri : undefined
  return loginPage(c, search.slice(1), redirectUri)
}

function viewOf({ behaviour, holders }: Psc) {
  return { action: `${behaviour.basePath}/authorize`, holders }
}

const issuerAt = ({ behaviour }: Psc, c: Context) => issuerOf(behaviour, new URL(c.req.url))

async function takeDecision(psc: Psc, c: Context): Promise<Response> {
  const fields = new URLSearchParams(await c.req.text())
  const id = fields.get('request') ?? ''
  const request = psc.authorizations.read(id)
  const client = request && psc.clients.find(request.clientId)
  if (!request || !client || client.disabled) {
    return errorPage(c, 400, 'Este pedido de autorização expirou ou já foi respondido.')
  }
  if (fields.get('decision') === 'refuse') {
    psc.authorizations.use(id)
    return redirect(c, refusalLocation(psc, issuerAt(psc, c), request))
  }
  const grant = grantTo(psc, request, fields.get('holder'), ({ period }) => fields.get(period))
  if (typeof grant === 'string') {
    return authorizePage(c, { ...viewOf(psc), client, request, id, problem: grant })
  }
  psc.authorizations.use(id)
  return redirect(c, codeLocation(psc, issuerAt(psc, c), grant))
}

/** What a person chooses on the page. */
export interface HolderChoice {
  /** The CPF or CNPJ of a configured holder. Default: the first one. */
  readonly identification?: string | undefined
  /** Seconds, one of the documented periods of a `signature_session`. Default: the shortest. */
  readonly periodSeconds?: number | undefined
  /** Refuses the authorization. */
  readonly refuse?: boolean | undefined
}

/**
 * Answers an authorize URL without a browser. A PSC that wants a login first gets one.
 *
 * @returns the address that the browser would end on, or `undefined` when it would stay on a page of the PSC
 */
export function authorizeWithoutPage(
  psc: Psc,
  url: URL,
  { identification, periodSeconds, refuse }: HolderChoice,
): string | undefined {
  const judgement = judgeAuthorizationRequest(psc.clients, url.searchParams)
  const issuer = issuerOf(psc.behaviour, url)
  if (judgement.kind === 'unregistered') return undefined
  if (judgement.kind === 'refused') {
    return psc.behaviour.authorizeErrors === 'pages' ? undefined : errorLocation(issuer, judgement)
  }
  if (refuse) return refusalLocation(psc, issuer, judgement.request)
  const holder = identification ?? psc.holders[0]?.identification ?? ''
  const grant = grantTo(psc, judgement.request, holder, ({ type }) =>
    String(periodSeconds ?? periods[type][0]?.seconds),
  )
  return typeof grant === 'string' ? undefined : codeLocation(psc, issuer, grant)
}

/**
 * Makes the grant that a person has chosen, or names what is missing, in words for the person.
 *
 * @param secondsFor reads the chosen period; `period` is the name of the form's field for it
 */
function grantTo(
  psc: Psc,
  request: AuthorizationRequest,
  identification: string | null,
  secondsFor: (choice: { type: HolderType; period: string }) => string | null,
): Grant | string {
  const holder = psc.holders.find((known) => known.identification === identification)
  if (!holder) return 'Escolha o titular do certificado.'
  if (request.scope !== 'signature_session') {
    return { request, holder, lifetimeSeconds: fixedLifetimeSeconds }
  }
  const { type } = holder
  const chosen = secondsFor({ type, period: `period_${type.toLowerCase()}` })
  const period = periods[type].find(({ seconds }) => String(seconds) === chosen)
  if (!period) return 'Escolha por quanto tempo a sessão de assinatura vale.'
  return { request, holder, lifetimeSeconds: period.seconds }
}

/** @see RFC 9700, section 4.12: 303, so that the browser does not send the form on */
function redirect(c: Context, location: string, status: 302 | 303 = 303): Response {
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'no-referrer')
  return c.redirect(location, status)
}
