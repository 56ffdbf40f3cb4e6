import type { dynamic } from '@pulumi/pulumi'
import { clientReader } from './client/state.ts'
import { credentialReader } from './credential/inputs.ts'
import type { Bag, BagReader, Verbs } from './engine/border.ts'
import type { Context, Shared } from './engine/context.ts'
import { type CodedError, isExplained, UnsettledError } from './errors.ts'
import { attemptReader, registrationReader } from './registration/inputs.ts'

/** Makes the dynamic provider of `PscClient`. */
export function PscClient(): dynamic.ResourceProvider {
  return provide('PscClient', clientReader, () => import('./client/verbs.ts'))
}

/** Makes the dynamic provider of `TokenCredential`. */
export function TokenCredential(): dynamic.ResourceProvider {
  return provide('TokenCredential', credentialReader, () => import('./credential/verbs.ts'))
}

/** Makes the dynamic provider of `PscRegistration`. */
export function PscRegistration(): dynamic.ResourceProvider {
  return provide('PscRegistration', registrationReader, () => import('./registration/verbs.ts'))
}

/** Makes the dynamic provider of the attempts of `PscRegistration`. */
export function PscRegistrationAttempt(): dynamic.ResourceProvider {
  const load = () => import('./registration/attempt-verbs.ts')
  return provide('PscRegistrationAttempt', attemptReader, load)
}

/**
 * Makes a dynamic provider: reads the engine's bags, calls a verb, and translates its result. The verbs are loaded when
 * they are first used.
 *
 * @param type names the resource type in the host's own messages.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
function provide<Inputs, Outputs extends object>(
  type: string,
  reader: BagReader<Inputs, Outputs>,
  load: () => Promise<Verbs<Inputs, Outputs>>,
): dynamic.ResourceProvider {
  let get: (key: string) => string | undefined = () => undefined
  let context: Promise<Context> | undefined
  const run = async <R>(
    call: (verbs: Verbs<Inputs, Outputs>, context: Context) => Promise<R>,
    code?: unknown,
  ): Promise<R> => {
    try {
      const [verbs, shared] = await Promise.all([load(), (context ??= createContext(get))])
      return await call(verbs, shared)
    } catch (error) {
      if (error instanceof UnsettledError) {
        // The engine can refresh and destroy a resource only with the provider's code in its state.
        const properties = { ...reader.stored(error.outputs as Outputs), __provider: code }
        Object.assign(error, { properties })
      }
      throw isExplained(error) ? withoutStack(error, type) : error
    }
  }
  return {
    // The host serves other calls before this promise resolves, so the state is set before the first await.
    configure({ config }) {
      get = (key) => config.get(key)
      return Promise.resolve()
    },
    check: (olds: Bag, news: Bag) =>
      run(async (verbs, context) => {
        const inputs = withoutRun(context, news)
        const isNew = Object.keys(olds).length === 0
        const old = isNew ? undefined : reader.declared(olds)
        const { failures } = await verbs.check(context, { old, news: reader.declared(inputs) })
        // The engine prints the value of a property that is named here, a secret unencrypted.
        return { inputs, failures: failures.map((reason) => ({ property: '', reason })) }
      }),
    diff: (id, olds: Bag, news: Bag) =>
      run(async (verbs, context) => {
        const request = { id, old: reader.outputs(olds), news: reader.declared(news) }
        const { changes, replaces } = await verbs.diff(context, request)
        return { changes, ...(replaces && { replaces: [...replaces] }) }
      }),
    create: (news: Bag) =>
      run(async (verbs, context) => {
        const { id, outputs } = await verbs.create(context, { news: reader.inputs(news) })
        return { id, outs: reader.stored(outputs) }
      }, news.__provider),
    read: (id, props: Bag = {}) =>
      run(async (verbs, context) => {
        const { exists, outputs, inputs } = await verbs.read(context, {
          id,
          old: reader.outputs(props),
        })
        if (!exists) return { id: '', props: {} }
        const read = outputs ? { ...props, ...reader.stored(outputs) } : props
        return { id, props: read, ...(inputs && { inputs }) }
      }),
    update: (id, olds: Bag, news: Bag) =>
      run(async (verbs, context) => {
        const request = { id, old: reader.outputs(olds), news: reader.inputs(news) }
        return { outs: reader.stored((await verbs.update(context, request)).outputs) }
      }, news.__provider),
    delete: (id, props: Bag) =>
      run(async (verbs, context) => verbs.forget?.(context, { id, old: reader.outputs(props) })),
  }
}

/** Reads the program's note about its run, and removes it from the stored inputs. */
function withoutRun(context: Context, { dryRun, ...inputs }: Bag): Bag {
  if (typeof dryRun === 'boolean' || dryRun === 'proven') context.run.dryRun = dryRun
  return inputs
}

/** Shares tokens and warnings between the providers, of which the host makes one for each type. */
let shared: Shared | undefined

async function createContext(get: (key: string) => string | undefined): Promise<Context> {
  const { createContext, createShared } = await import('./engine/context.ts')
  if (!shared) {
    shared = createShared()
    const { endWithEngine } = await import('./engine/alive.ts')
    endWithEngine()
  }
  return createContext(get, undefined, shared)
}

/**
 * Resets the shared state for tests, as in a new process.
 *
 * @internal
 */
export function startAnew(): void {
  shared = undefined
}

/**
 * Removes the stack trace, which is useless to a user. The host prints `${error}: ${error.stack}` beside the engine's own
 * report.
 */
function withoutStack(error: CodedError, type: string): Error {
  // Configurable, because several operations may throw the same error.
  return Object.defineProperties(error, {
    toString: { value: () => type, configurable: true },
    stack: {
      value: `failed, for the reason under the resource [${error.shownCode}]`,
      configurable: true,
    },
  })
}
