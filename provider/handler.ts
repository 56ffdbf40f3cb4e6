import type { dynamic } from '@pulumi/pulumi'
import type { Context, Shared } from './engine/context.ts'
import { isExplained } from './errors.ts'

/** The verbs of `PscClient`, as Pulumi's dynamic provider host calls them. */
export function PscClient(): dynamic.ResourceProvider {
  return provide('PscClient', {
    check: async () => (await import('./client/verbs.ts')).check,
    diff: async () => (await import('./client/verbs.ts')).diff,
    create: async () => (await import('./client/verbs.ts')).create,
    read: async () => (await import('./client/verbs.ts')).read,
    update: async () => (await import('./client/verbs.ts')).update,
    delete: async () => (await import('./client/verbs.ts')).forget,
  })
}

/** The verbs of `TokenCredential`. It has no delete: there is nothing to undo, and nothing to say. */
export function TokenCredential(): dynamic.ResourceProvider {
  return provide('TokenCredential', {
    check: async () => (await import('./credential/verbs.ts')).check,
    diff: async () => (await import('./credential/verbs.ts')).diff,
    create: async () => (await import('./credential/verbs.ts')).create,
    read: async () => (await import('./credential/verbs.ts')).read,
    update: async () => (await import('./credential/verbs.ts')).update,
  })
}

/** The verbs of `PscRegistration`. */
export function PscRegistration(): dynamic.ResourceProvider {
  return provide('PscRegistration', {
    check: async () => (await import('./registration/verbs.ts')).check,
    diff: async () => (await import('./registration/verbs.ts')).diff,
    create: async () => (await import('./registration/verbs.ts')).create,
    read: async () => (await import('./registration/verbs.ts')).read,
    update: async () => (await import('./registration/verbs.ts')).update,
    delete: async () => (await import('./registration/verbs.ts')).forget,
  })
}

/** The verbs of an attempt to register. */
export function PscRegistrationAttempt(): dynamic.ResourceProvider {
  return provide('PscRegistrationAttempt', {
    check: async () => (await import('./registration/attempt.ts')).check,
    diff: async () => (await import('./registration/attempt.ts')).diff,
    create: async () => (await import('./registration/attempt.ts')).create,
    read: async () => (await import('./registration/verbs.ts')).read,
    update: async () => (await import('./registration/attempt.ts')).update,
    delete: async () => (await import('./registration/attempt.ts')).forget,
  })
}

/** Loads a verb, which takes what the verbs of a resource share before what the host gives. */
type Load<Name extends keyof dynamic.ResourceProvider> =
  NonNullable<dynamic.ResourceProvider[Name]> extends (...args: infer A) => Promise<infer R>
    ? () => Promise<(context: Context, ...args: A) => Promise<R>>
    : never

interface Verbs {
  readonly check: Load<'check'>
  readonly diff: Load<'diff'>
  readonly create: Load<'create'>
  readonly read: Load<'read'>
  readonly update: Load<'update'>
  readonly delete?: Load<'delete'>
}

/**
 * A provider whose verbs are loaded when they are first used.
 *
 * @param resource how the host's own messages call it.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
function provide(resource: string, verbs: Verbs): dynamic.ResourceProvider {
  let get: (key: string) => string | undefined = () => undefined
  let context: Promise<Context> | undefined
  const run =
    <A extends unknown[], R>(load: () => Promise<(context: Context, ...args: A) => Promise<R>>) =>
    async (...args: A): Promise<R> => {
      try {
        const [verb, shared] = await Promise.all([load(), (context ??= createContext(get))])
        return await verb(shared, ...args)
      } catch (error) {
        throw isExplained(error) ? withoutStack(error, resource) : error
      }
    }
  return {
    // The host serves other calls before this promise is fulfilled: the state is set before the first await.
    configure({ config }) {
      get = (key) => config.get(key)
      return Promise.resolve()
    },
    check: run(verbs.check),
    diff: run(verbs.diff),
    create: run(verbs.create),
    read: run(verbs.read),
    update: run(verbs.update),
    ...(verbs.delete && { delete: run(verbs.delete) }),
  }
}

/** The host has one provider for each type, and a PSC is asked for one token for each client of a process. */
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
 * Lets the providers that are used from now on begin as in a new process, for tests.
 *
 * @internal
 */
export function startAnew(): void {
  shared = undefined
}

/**
 * The host prints `${error}: ${error.stack}` beside the engine's own report of the message. A trace of this
 * package's functions tells a user nothing.
 */
function withoutStack(error: Error, resource: string): Error {
  return Object.defineProperties(error, {
    toString: { value: () => resource },
    stack: { value: 'refused, for the reason given under the resource' },
  })
}
