import { RequestLog } from './control/request-log.ts'
import type { CompleteConfig } from './config/schema.ts'
import { FaultQueue } from './faults/queue.ts'
import type { Endpoint } from './http/endpoint.ts'
import { endpointsOf, pscNames } from './psc/dialects.ts'
import type { PscName } from './psc/dialects.ts'
import { createPsc } from './psc/psc.ts'
import type { Psc } from './psc/psc.ts'
import type { Clock } from './psc/tokens.ts'

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
  const empty = { tokenLifetimeSeconds: 3600, codeLifetimeSeconds: 600, clients: [] }
  const pscs: Record<PscName, Psc> = {
    neoid: createPsc(config.pscs.neoid ?? empty, now),
    serproid: createPsc(config.pscs.serproid ?? empty, now),
  }
  return {
    pscs,
    endpoints: pscNames.flatMap((name) => endpointsOf(name, pscs[name])),
    requests: new RequestLog(now),
    faults: new FaultQueue(),
    onRequest,
  }
}
