import { createRequire } from 'node:module'
import type { dynamic } from '@pulumi/pulumi'
import { restoreEcho, restoreEndpoints } from '../../provider/client/state.ts'
import * as code from '../../provider/engine/dynamic-resource.ts'
import type { ClientDocument } from '../../provider/rules/client-fields.ts'
import './machine.ts'

export type Properties = Record<string, unknown>

/** What the engine passes in place of a value that is not known yet (`rpc.unknownValue` of the SDK). */
export const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

const providerCodes = {
  PscClient: code.providerCode,
  TokenCredential: code.credentialProviderCode,
  PscRegistration: code.registrationProviderCode,
  PscRegistrationAttempt: code.attemptProviderCode,
}
export type Resource = keyof typeof providerCodes

/** Every verb, none of them optional. */
export type Provider = Required<dynamic.ResourceProvider<Properties, Properties>>

/**
 * Opens a provider as Pulumi's dynamic provider host does: evaluate the code in the state, call handler, configure.
 * What was opened before belongs to another process from then on: it shares no token with this one.
 */
export async function openProvider(
  resource: Resource,
  config: Readonly<Record<string, string>>,
): Promise<Provider> {
  const exports: { handler?: () => Provider } = {}
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const evaluate = new Function('exports', 'require', providerCodes[resource]) as (
    ...args: unknown[]
  ) => void
  const require = createRequire(import.meta.url)
  const { startAnew } = require('pulumi-psc/handler') as typeof import('../../provider/handler.ts')
  startAnew()
  evaluate(exports, require)
  const provider = exports.handler?.()
  if (!provider) throw new Error('the provider code exports no handler')
  const get = (key: string) => config[key]
  await provider.configure({ config: { get, require: (key) => get(key) ?? '' } })
  return resource === 'PscClient' ? asSeenByPrograms(provider) : provider
}

/** With the outputs that the resource class makes of what the state keeps. */
function asSeenByPrograms(provider: Provider): Provider {
  const restore = (outs: Properties): Properties => ({
    ...outs,
    endpoints: restoreEndpoints(outs.endpoints),
    registered: restoreEcho(outs.registered, outs as unknown as ClientDocument),
  })
  return {
    ...provider,
    create: async (inputs) => {
      const { id, outs } = await provider.create(inputs)
      return { id, ...(outs && { outs: restore(outs) }) }
    },
    update: async (...args) => {
      const { outs } = await provider.update(...args)
      return outs ? { outs: restore(outs) } : {}
    },
  }
}

/** The reasons with which a provider's check refuses a declaration; `olds` are there for a known resource. */
export async function refusals(
  provider: Pick<Provider, 'check'>,
  news: Properties,
  olds: Properties = {},
): Promise<string[]> {
  const { failures = [] } = await provider.check(olds, news)
  return failures.map(({ reason }) => reason)
}
