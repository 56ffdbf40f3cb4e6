import * as pulumi from '@pulumi/pulumi'

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

/** A resource whose verbs run in Pulumi's dynamic provider host. */
export abstract class DynamicResource extends pulumi.CustomResource {
  /** @param type what follows `pulumi-nodejs:dynamic/psc:` in the resource's type. */
  constructor(
    type: string,
    name: string,
    props: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const showCallSites = hideCallSites()
    const { stackTraceLimit } = Error
    // The SDK notes the calls that led to each of a resource's promises too, for its own debugging: half of the time
    // that a program of a thousand clients takes.
    Error.stackTraceLimit = 0
    try {
      super(`pulumi-nodejs:dynamic/psc:${type}`, name, props, opts)
    } finally {
      Error.stackTraceLimit = stackTraceLimit
      showCallSites()
    }
  }
}

/**
 * The SDK keeps the place of every call that led to a resource in its state: half a kilobyte of this package's and
 * its own frames each, which nobody reads, with the paths of the machine that ran last. Where a later SDK has no such
 * method, they are kept.
 *
 * @returns a function that undoes it.
 */
function hideCallSites(): () => void {
  const sdk = pulumi.Resource
  const own = Object.getOwnPropertyDescriptor(sdk, 'stackTrace')
  if (typeof own?.value !== 'function' || own.configurable !== true) return () => undefined
  Object.defineProperty(sdk, 'stackTrace', { ...own, value: () => [] })
  return () => {
    Object.defineProperty(sdk, 'stackTrace', own)
  }
}
