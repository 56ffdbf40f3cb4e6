import type { HttpBindings } from '@hono/node-server'
import type { EmulatorSettings } from './config/schema.ts'
import { type RecordedRequest, RequestLog } from './control/request-log.ts'
import { FaultQueue } from './faults/queue.ts'
import { Psc } from './psc/psc.ts'
import type { Clock } from './psc/tokens.ts'
import { type PscName, pscNames, pscs as behaviours } from './pscs.ts'
import { applicationCert } from './services/application-cert.ts'
import { application } from './services/application.ts'
import { authorize, authorizeWithoutPage, type HolderChoice } from './services/authorize.ts'
import { clientMaintenance } from './services/client-maintenance.ts'
import { clientToken } from './services/client-token.ts'
import type { Endpoint } from './services/endpoint.ts'
import { pscMetadata } from './services/metadata.ts'
import { motorRce } from './services/motor-rce.ts'
import { token } from './services/token.ts'

/** Everything that one running emulator holds. */
export interface EmulatorState {
  readonly pscs: Readonly<Record<PscName, Psc>>
  readonly endpoints: readonly Endpoint[]
  readonly requests: RequestLog
  readonly faults: FaultQueue
  /** The client ids at Motor RCE, which has no other service. */
  readonly motorRce: readonly string[]
}

/** What Hono's context carries. */
export interface Environment {
  readonly Bindings: HttpBindings
  readonly Variables: { readonly entry: RecordedRequest }
}

export function createState(settings: EmulatorSettings, now: Clock): EmulatorState {
  const entries = pscNames.map((name) => {
    const config = settings.pscs[name]
    const behaviour = { ...behaviours[name], ...config.behaviour }
    return [name, new Psc(behaviour, config, settings.holders, now)] as const
  })
  return {
    pscs: Object.fromEntries(entries) as EmulatorState['pscs'],
    endpoints: [
      ...entries.flatMap(([name, psc]) => endpointsOf(name, psc)),
      ...motorRce(settings.motorRce).map((service) => ({
        ...service,
        issuer: 'motor-rce' as const,
      })),
    ],
    requests: new RequestLog(now),
    faults: new FaultQueue(),
    motorRce: settings.motorRce.clients.map(({ clientId }) => clientId),
  }
}

function endpointsOf(issuer: PscName, psc: Psc): Endpoint[] {
  const { basePath, maintenance, registrations } = psc.behaviour
  const services = [
    clientToken(psc),
    ...(maintenance ? [clientMaintenance(psc)] : []),
    ...(registrations.includes('application') ? [application(psc)] : []),
    ...(registrations.includes('application_cert') ? [applicationCert(psc)] : []),
    ...authorize(psc),
    token(psc),
  ]
  return [
    ...services.map((service) => ({ ...service, issuer, path: basePath + service.path })),
    ...pscMetadata(psc.behaviour).map((service) => ({ ...service, issuer })),
  ]
}

/** Answers an authorize URL of any PSC. @see authorizeWithoutPage */
export function authorizeWithoutBrowser(
  { pscs }: EmulatorState,
  address: string,
  choice: HolderChoice,
): string | undefined {
  const url = new URL(address)
  const psc = Object.values(pscs).find(
    ({ behaviour }) => url.pathname === `${behaviour.basePath}/authorize`,
  )
  return psc && authorizeWithoutPage(psc, url, choice)
}
