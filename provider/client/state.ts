import { isDeepStrictEqual } from 'node:util'
import { type Endpoints, endpointsOf } from '../psc/profiles/profile.ts'
import type { ClientDocument } from '../psc/requests/client-maintenance.ts'
import { type ClientOutputs, toDocument } from './inputs.ts'

/** Kept in place of an echo that repeats the arguments: they stand beside it. */
const asDeclared = 'as declared'

/**
 * Outputs as the engine keeps them: nothing twice. The engine writes the whole state after every resource, so the
 * time of a first apply grows with the size of each client in it.
 */
export function keep(outputs: ClientOutputs): Readonly<Record<string, unknown>> {
  const { endpoints, registered } = outputs
  const baseUrl = endpoints.clientMaintenance.slice(0, endpoints.clientMaintenance.lastIndexOf('/'))
  return {
    ...outputs,
    endpoints: isDeepStrictEqual(restoreEndpoints(baseUrl), endpoints) ? baseUrl : endpoints,
    registered: isDeepStrictEqual(registered, toDocument(outputs)) ? asDeclared : registered,
  }
}

/** The services' addresses, from what is kept of them. */
export function restoreEndpoints<T>(kept: string | T): Endpoints | T {
  return typeof kept === 'string' ? endpointsOf({ baseUrl: kept }) : kept
}

/** What the PSC echoed, from what is kept of it and of the arguments as applied. */
export function restoreEcho<T>(
  kept: typeof asDeclared | T,
  applied: ClientDocument,
): ClientDocument | T {
  return kept === asDeclared ? toDocument(applied) : kept
}
