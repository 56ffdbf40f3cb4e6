import { isDeepStrictEqual } from 'node:util'
import { type BagReader, bagReader } from '../engine/border.ts'
import { type Endpoints, endpointsOf } from '../psc/profiles/profile.ts'
import type { ClientDocument } from '../rules/client-fields.ts'
import { pickStored } from '../rules/client-fields.ts'
import type { ClientInputs, ClientOutputs } from './inputs.ts'

/** Stored in place of an echo that equals the arguments, which are stored beside it. */
const asDeclared = 'as declared'

/** The engine shows no property whose name begins with two underscores. */
const driftKey = '__drift'

const plain = bagReader<ClientInputs, ClientOutputs>()

/**
 * Reads and writes the properties of a client. The stored form holds nothing twice: the engine writes the whole state
 * after every resource, so the time of a first `pulumi up` grows with the size of each client in it.
 */
export const clientReader: BagReader<ClientInputs, ClientOutputs> = {
  ...plain,
  outputs(bag) {
    const { [driftKey]: drift, ...stored } = bag
    const outputs = plain.outputs(drift ? { ...stored, drift } : stored)
    return {
      ...outputs,
      endpoints: restoreEndpoints(outputs.endpoints),
      registered: restoreEcho(outputs.registered, outputs),
    }
  },
  stored({ drift, ...outputs }) {
    const { endpoints, registered } = outputs
    const { clientMaintenance } = endpoints
    const baseUrl = clientMaintenance.slice(0, clientMaintenance.lastIndexOf('/'))
    return {
      ...outputs,
      endpoints: isDeepStrictEqual(endpointsOf({ baseUrl }), endpoints) ? baseUrl : endpoints,
      registered: isDeepStrictEqual(registered, pickStored(outputs)) ? asDeclared : registered,
      ...(drift && { [driftKey]: drift }),
    }
  },
}

/** Restores the addresses of the services from their stored form. */
export function restoreEndpoints<T>(stored: string | T): Endpoints | T {
  return typeof stored === 'string' ? endpointsOf({ baseUrl: stored }) : stored
}

/** Restores what the PSC echoed from its stored form and from the arguments as applied. */
export function restoreEcho<T>(
  stored: typeof asDeclared | T,
  applied: ClientDocument,
): ClientDocument | T {
  return stored === asDeclared ? pickStored(applied) : stored
}
