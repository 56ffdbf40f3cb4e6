import type { dynamic } from '@pulumi/pulumi'
import type { Context, Shared } from './lifecycle/context.ts'
import { isExplained } from './lifecycle/error.ts'

/**
 * What the engine keeps, as the provider's code, with every resource: one constant line that loads the installed
 * implementation from the program's folder. It must never change: a change would rewrite every resource's state.
 *
 * Nothing is captured, so no secret can be, and a new version of this package reaches existing resources at the
 * next preview, refresh or destroy, without a diff.
 */
export const providerCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscClient()"

/** The same for `TokenCredential`. */
export const credentialProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').TokenCredential()"

/** The same for `PscRegistration`. */
export const registrationProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistration()"

/** The same for the attempts of `PscRegistration`. */
export const attemptProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistrationAttempt()"

/** The verbs of `PscClient`, as Pulumi's dynamic provider host calls them. */
export function PscClient(): dynamic.ResourceProvider {
  return provide('PscClient', {
    check: async () => (await import('./lifecycle/check.ts')).check,
    diff: async () => (await import('./lifecycle/diff.ts')).diff,
    create: async () => (await import('./lifecycle/create.ts')).create,
    read: async () => (await import('./lifecycle/read.ts')).read,
    update: async () => (await import('./lifecycle/update.ts')).update,
    delete: async () => (await import('./lifecycle/delete.ts')).forget,
  })
}

/** The verbs of `TokenCredential`. It has no delete: there is nothing to undo, and nothing to say. */
export function TokenCredential(): dynamic.ResourceProvider {
  return provide('TokenCredential', {
    check: async () => (await import('./lifecycle/credential/check.ts')).check,
    diff: async () => (await import('./lifecycle/credential/diff.ts')).diff,
    create: async () => (await import('./lifecycle/credential/create.ts')).create,
    read: async () => (await import('./lifecycle/credential/read.ts')).read,
    update: async () => (await import('./lifecycle/credential/update.ts')).update,
  })
}

/** The verbs of `PscRegistration`. */
export function PscRegistration(): dynamic.ResourceProvider {
  return provide('PscRegistration', {
    check: async () => (await import('./lifecycle/registration/check.ts')).check,
    diff: async () => (await import('./lifecycle/registration/diff.ts')).diff,
    create: async () => (await import('./lifecycle/registration/create.ts')).create,
    read: async () => (await import('./lifecycle/registration/read.ts')).read,
    update: async () => (await import('./lifecycle/registration/update.ts')).update,
    delete: async () => (await import('./lifecycle/registration/delete.ts')).forget,
  })
}

/** The verbs of an attempt to register. */
export function PscRegistrationAttempt(): dynamic.ResourceProvider {
  return provide('PscRegistrationAttempt', {
    check: async () => (await import('./lifecycle/registration/attempt.ts')).check,
    diff: async () => (await import('./lifecycle/registration/attempt.ts')).diff,
    create: async () => (await import('./lifecycle/registration/attempt.ts')).create,
    read: async () => (await import('./lifecycle/registration/read.ts')).read,
    update: async () => (await import('./lifecycle/registration/attempt.ts')).update,
    delete: async () => (await import('./lifecycle/registration/attempt.ts')).forget,
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
  const { createContext, createShared } = await import('./lifecycle/context.ts')
  if (!shared) {
    shared = createShared()
    const { endWithEngine } = await import('./lifecycle/engine.ts')
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
