import { type Endpoint, form, json, jwt } from './http/endpoint.ts'
import type { Answer, Asked } from './http/exchange.ts'
import { errorPage } from './pages/error-page.ts'
import {
  type Manners,
  neoidManners,
  serproidManners,
  solutiManners,
  standardManners,
  vidaasManners,
} from './psc/behaviour.ts'
import type { Psc } from './psc/psc.ts'
import type { RefusalCode } from './psc/refusals.ts'
import { answerApplicationCert } from './services/application-cert.ts'
import { answerApplication } from './services/application.ts'
import { decideAuthorization, showAuthorization } from './services/authorize.ts'
import { answerClientMaintenance } from './services/client-maintenance.ts'
import { answerClientToken } from './services/client-token.ts'
import { answerToken, refuseToken, refuseTokenByName } from './services/token.ts'

/** A service that a PSC offers, below the PSC's base path. */
export type Service = Omit<Endpoint, 'issuer' | 'answer'> & {
  readonly answer: (psc: Psc, asked: Asked) => Answer
}

/** What distinguishes one PSC from another, as data. */
export interface Dialect {
  readonly basePath: string
  /** Besides those of sign-in, which all have. */
  readonly services: readonly ApplicationService[]
  readonly manners: Manners
}

/** A service of applications: it refuses in the words of its PSC. */
interface ApplicationService extends Pick<Service, 'operation' | 'method' | 'path' | 'answer'> {
  readonly consumes: string | ((manners: Manners) => string)
  readonly failure: RefusalCode
}

const clientToken: ApplicationService = {
  operation: 'clientToken',
  method: 'POST',
  path: '/client_token',
  consumes: ({ tokenRequest }) => (tokenRequest === 'form' ? form : json),
  answer: answerClientToken,
  failure: 'FALHA_TOKEN_MANUTENCAO_APLICACAO',
}

const clientMaintenance: ApplicationService = {
  operation: 'clientMaintenance',
  method: 'PUT',
  path: '/client_maintenance',
  consumes: json,
  answer: answerClientMaintenance,
  failure: 'FALHA_MANUTENCAO_APLICACAO',
}

const application: ApplicationService = {
  operation: 'application',
  method: 'POST',
  path: '/application',
  consumes: json,
  answer: answerApplication,
  failure: 'FALHA_MANUTENCAO_APLICACAO',
}

const applicationCert: ApplicationService = {
  operation: 'applicationCert',
  method: 'POST',
  path: '/application_cert',
  consumes: jwt,
  answer: answerApplicationCert,
  failure: 'FALHA_MANUTENCAO_APLICACAO',
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

const signIn = [showAuthorize, decideAuthorize, token]

const serpro = [clientToken, clientMaintenance, applicationCert]

const standard = [clientToken, clientMaintenance, application]

/**
 * The PSCs that the emulator speaks for. NeoID and SerproID are two addresses of one vocabulary. The others have one path on hosts
 * of their own; on one host their names tell them apart.
 */
export const dialects = {
  neoid: { basePath: '/psc/v0/oauth', services: serpro, manners: neoidManners },
  serproid: { basePath: '/oauth/v0/oauth', services: serpro, manners: serproidManners },
  standard: { basePath: '/standard/v0/oauth', services: standard, manners: standardManners },
  vidaas: { basePath: '/vidaas/v0/oauth', services: standard, manners: vidaasManners },
  birdid: { basePath: '/birdid/v0/oauth', services: standard, manners: solutiManners },
  vaultid: { basePath: '/vaultid/v0/oauth', services: standard, manners: solutiManners },
  safeid: { basePath: '/safeid/v0/oauth', services: [clientToken], manners: standardManners },
} as const satisfies Record<string, Dialect>

export type PscName = keyof typeof dialects

export const pscNames = Object.keys(dialects) as PscName[]

/** A dialect's services as endpoints of one running PSC. */
export function endpointsOf(name: PscName, psc: Psc): Endpoint[] {
  const { basePath, services, manners }: Dialect = dialects[name]
  const ofApplications = services.map(({ consumes, failure, ...service }): Service => ({
    ...service,
    consumes: typeof consumes === 'string' ? consumes : consumes(manners),
    refusal: manners.vocabulary.byName,
    failure: () => manners.vocabulary.refuse(failure),
  }))
  return [...ofApplications, ...signIn].map((service) => ({
    ...service,
    issuer: name,
    path: basePath + service.path,
    answer: (asked) => service.answer(psc, asked),
  }))
}
