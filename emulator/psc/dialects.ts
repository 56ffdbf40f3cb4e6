import { form, json } from '../http/endpoint.ts'
import type { Endpoint } from '../http/endpoint.ts'
import type { Answer, Asked } from '../http/exchange.ts'
import { decideAuthorization, showAuthorization } from '../oauth/authorize.ts'
import { refuseToken, refuseTokenByName } from '../oauth/errors.ts'
import { answerToken } from '../oauth/token.ts'
import { errorPage } from '../pages/error-page.ts'
import { answerClientMaintenance } from './client-maintenance.ts'
import { answerClientToken } from './client-token.ts'
import type { Psc } from './psc.ts'
import { refuse, refuseByName } from './refusals.ts'

/** A service that a PSC offers, below the PSC's base path. */
export type Service = Omit<Endpoint, 'issuer' | 'answer'> & {
  readonly answer: (psc: Psc, asked: Asked) => Answer
}

/** What distinguishes one PSC from another, as data. */
export interface Dialect {
  readonly basePath: string
  readonly services: readonly Service[]
}

const clientToken: Service = {
  operation: 'clientToken',
  method: 'POST',
  path: '/client_token',
  consumes: form,
  answer: answerClientToken,
  refusal: refuseByName,
  failure: () => refuse('FALHA_TOKEN_MANUTENCAO_APLICACAO'),
}

const clientMaintenance: Service = {
  operation: 'clientMaintenance',
  method: 'PUT',
  path: '/client_maintenance',
  consumes: json,
  answer: answerClientMaintenance,
  refusal: refuseByName,
  failure: () => refuse('FALHA_MANUTENCAO_APLICACAO'),
}

const authorize: Omit<Service, 'method' | 'answer'> = {
  operation: 'authorize',
  path: '/authorize',
  // What goes wrong on a page is told on a page, or to the application by a redirect.
  refusal: () => undefined,
  failure: () => errorPage(500, 'Algo inesperado aconteceu.'),
}

const showAuthorize: Service = { ...authorize, method: 'GET', answer: showAuthorization }

const decideAuthorize: Service = {
  ...authorize,
  method: 'POST',
  consumes: form,
  answer: decideAuthorization,
}

const token: Service = {
  operation: 'token',
  method: 'POST',
  path: '/token',
  consumes: form,
  answer: answerToken,
  refusal: refuseTokenByName,
  failure: () => refuseToken('server_error'),
}

const serpro = [clientToken, clientMaintenance, showAuthorize, decideAuthorize, token]

/** The PSCs that the emulator speaks for. NeoID and SerproID are two addresses of one vocabulary. */
export const dialects = {
  neoid: { basePath: '/psc/v0/oauth', services: serpro },
  serproid: { basePath: '/oauth/v0/oauth', services: serpro },
} as const satisfies Record<string, Dialect>

export type PscName = keyof typeof dialects

export const pscNames = Object.keys(dialects) as PscName[]

/** A dialect's services as endpoints of one running PSC. */
export function endpointsOf(name: PscName, psc: Psc): Endpoint[] {
  const { basePath, services } = dialects[name]
  return services.map((service) => ({
    ...service,
    issuer: name,
    path: basePath + service.path,
    answer: (asked) => service.answer(psc, asked),
  }))
}
