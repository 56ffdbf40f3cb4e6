import type { Answer, Asked } from '../http/exchange.ts'
import { authorizePage } from '../pages/authorize-page.ts'
import { errorPage } from '../pages/error-page.ts'
import type { Psc } from '../psc/psc.ts'
import { judgeAuthorizationRequest } from './authorization-request.ts'
import { fixedLifetimeSeconds, periods } from './grants.ts'
import type { AuthorizationRequest, Grant, Holder } from './grants.ts'
import { redirectTo } from './redirect.ts'

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
