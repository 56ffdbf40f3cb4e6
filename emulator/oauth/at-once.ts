import type { Psc } from '../psc/psc.ts'
import { judgeAuthorizationRequest } from './authorization-request.ts'
import { decideAuthorization, showAuthorization } from './authorize.ts'
import { periods } from './grants.ts'

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
