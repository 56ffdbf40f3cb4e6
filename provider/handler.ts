import type { dynamic } from '@pulumi/pulumi'
import type { Context } from './lifecycle/context.ts'
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

/**
 * The verbs of `PscClient`, as Pulumi's dynamic provider host calls them. Each is loaded when it is first used.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
export function PscClient(): dynamic.ResourceProvider {
  let get: (key: string) => string | undefined = () => undefined
  let context: Promise<Context> | undefined
  const verb =
    <A extends unknown[], R>(load: () => Promise<(context: Context, ...args: A) => Promise<R>>) =>
    async (...args: A): Promise<R> => {
      try {
        const [run, shared] = await Promise.all([load(), (context ??= createContext(get))])
        return await run(shared, ...args)
      } catch (error) {
        throw isExplained(error) ? withoutStack(error) : error
      }
    }
  return {
    // The host serves other calls before this promise is fulfilled: the state is set before the first await.
    configure({ config }) {
      get = (key) => config.get(key)
      return Promise.resolve()
    },
    check: verb(async () => (await import('./lifecycle/check.ts')).check),
    diff: verb(async () => (await import('./lifecycle/diff.ts')).diff),
    create: verb(async () => (await import('./lifecycle/create.ts')).create),
    read: verb(async () => (await import('./lifecycle/read.ts')).read),
    update: verb(async () => (await import('./lifecycle/update.ts')).update),
    delete: verb(async () => (await import('./lifecycle/delete.ts')).forget),
  }
}

async function createContext(get: (key: string) => string | undefined): Promise<Context> {
  return (await import('./lifecycle/context.ts')).createContext(get)
}

/**
 * The host prints `${error}: ${error.stack}` beside the engine's own report of the message. A trace of this
 * package's functions tells a user nothing.
 */
function withoutStack(error: Error): Error {
  return Object.defineProperties(error, {
    toString: { value: () => 'PscClient' },
    stack: { value: 'refused, for the reason given under the resource' },
  })
}
