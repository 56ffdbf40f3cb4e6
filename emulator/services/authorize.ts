import type { Context } from 'hono'
import { authorizePage } from '../pages/authorize-page.ts'
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
import { type Service, form } from './endpoint.ts'

/** How long a page can stay open. */
const pageLifetimeSeconds = 1800

/**
 * `GET /authorize` shows the sign-in page, and `POST /authorize` takes its form. The API documents do not describe them.
 *
 * @see RFC 6749, sections 4.1.1 and 4.1.2
 */
export function authorize(psc: Psc): Service[] {
  const common = {
    operation: 'authorize',
    path: '/authorize',
    // Errors go to a page or, by a redirect, to the application.
    refusal: () => undefined,
    failure: (c: Context) => errorPage(c, 500, 'Algo inesperado aconteceu.'),
  } as const
  return [
    { ...common, method: 'GET', answer: (c) => showPage(psc, c) },
    { ...common, method: 'POST', consumes: form, answer: (c) => takeDecision(psc, c) },
  ]
}

function showPage(psc: Psc, c: Context): Response | Promise<Response> {
  const judgement = judgeAuthorizationRequest(psc.clients, new URL(c.req.url).searchParams)
  switch (judgement.kind) {
    case 'unregistered':
      return errorPage(c, 400, judgement.reason)
    case 'refused':
      return redirect(c, errorLocation(judgement))
    case 'accepted': {
      const { client, request } = judgement
      const id = psc.authorizations.issue(request, pageLifetimeSeconds)
      return authorizePage(c, { client, request, id, holders: psc.holders })
    }
  }
}

async function takeDecision(psc: Psc, c: Context): Promise<Response> {
  const fields = new URLSearchParams(await c.req.text())
  const id = fields.get('request') ?? ''
  const request = psc.authorizations.read(id)
  const client = request && psc.clients.find(request.clientId)
  if (!request || !client) {
    return errorPage(c, 400, 'Este pedido de autorização expirou ou já foi respondido.')
  }
  if (fields.get('decision') === 'refuse') {
    psc.authorizations.use(id)
    return redirect(c, refusalLocation(request))
  }
  const grant = grantTo(psc, request, fields.get('holder'), ({ period }) => fields.get(period))
  if (typeof grant === 'string') {
    return authorizePage(c, { client, request, id, holders: psc.holders, problem: grant })
  }
  psc.authorizations.use(id)
  return redirect(c, codeLocation(psc, grant))
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
 * Answers an authorize URL without a browser.
 *
 * @returns the address that the browser would end on, or `undefined` when it would stay on a page of the PSC
 */
export function authorizeWithoutPage(
  psc: Psc,
  url: URL,
  { identification, periodSeconds, refuse }: HolderChoice,
): string | undefined {
  const judgement = judgeAuthorizationRequest(psc.clients, url.searchParams)
  if (judgement.kind === 'unregistered') return undefined
  if (judgement.kind === 'refused') return errorLocation(judgement)
  if (refuse) return refusalLocation(judgement.request)
  const holder = identification ?? psc.holders[0]?.identification ?? ''
  const grant = grantTo(psc, judgement.request, holder, ({ type }) =>
    String(periodSeconds ?? periods[type][0]?.seconds),
  )
  return typeof grant === 'string' ? undefined : codeLocation(psc, grant)
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

function codeLocation(psc: Psc, grant: Grant): string {
  const { redirectUri, state } = grant.request
  return locationOf(redirectUri, { code: psc.codes.issue(grant, psc.codeLifetimeSeconds), state })
}

function refusalLocation({ redirectUri, state }: AuthorizationRequest): string {
  const description = 'O titular do certificado recusou a autorização'
  return errorLocation({ redirectUri, state, error: 'access_denied', description })
}

function errorLocation(refusal: {
  readonly redirectUri: string
  readonly state: string | undefined
  readonly error: string
  readonly description: string
}): string {
  const { redirectUri, state, error, description } = refusal
  return locationOf(redirectUri, { error, error_description: description, state })
}

/**
 * Adds parameters to a registered URI. The URI keeps its characters, except those that a header cannot carry.
 *
 * @see RFC 6749, section 4.1.2
 */
function locationOf(
  redirectUri: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value)
  }
  const address = redirectUri.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return address + separator + query.toString()
}

/** @see RFC 9700, section 4.12: 303, so that the browser does not send the form on */
function redirect(c: Context, location: string): Response {
  c.header('Cache-Control', 'no-store')
  c.header('Referrer-Policy', 'no-referrer')
  return c.redirect(location, 303)
}
