import type { CompleteConfig } from './config/schema.ts'
import { RequestLog } from './control/request-log.ts'
import { FaultQueue } from './faults/queue.ts'
import type { Endpoint } from './http/endpoint.ts'
import { createPsc, type Psc } from './psc/psc.ts'
import type { Clock } from './psc/tokens.ts'
import { dialects, endpointsOf, type PscName, pscNames } from './pscs.ts'
import { authorizeAtOnce, type HolderChoice } from './services/authorize.ts'
import { motorRceEndpoint } from './services/motor-rce.ts'

/** Everything that one running emulator knows. */
export interface World {
  readonly pscs: Readonly<Record<PscName, Psc>>
  readonly endpoints: readonly Endpoint[]
  readonly requests: RequestLog
  readonly faults: FaultQueue
  readonly onRequest: (line: string) => void
}

export function createWorld(
  config: CompleteConfig,
  now: Clock,
  onRequest: World['onRequest'] = () => undefined,
): World {
  const { pscs: configs, holders, motorRce } = config
  const pscs = Object.fromEntries(
    pscNames.map((name) => [name, createPsc(dialects[name].manners, configs[name], holders, now)]),
  ) as Record<PscName, Psc>
  return {
    pscs,
    endpoints: [
      ...pscNames.flatMap((name) => endpointsOf(name, pscs[name])),
      motorRceEndpoint(motorRce),
    ],
    requests: new RequestLog(now),
    faults: new FaultQueue(),
    onRequest,
  }
}

/** Answers an authorize URL of any PSC. @see authorizeAtOnce */
export function authorize(world: World, url: string, choice: HolderChoice): string | undefined {
  const asked = new URL(url)
  const name = pscNames.find((known) => asked.pathname === `${dialects[known].basePath}/authorize`)
  return name && authorizeAtOnce(world.pscs[name], asked, choice)
}
