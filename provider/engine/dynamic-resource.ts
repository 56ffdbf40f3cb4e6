import * as pulumi from '@pulumi/pulumi'
import { refuseImport, validateSurroundings } from './preconditions.ts'
import { stackConfiguration } from './stack-configuration.ts'

/**
 * Loads the installed implementation from the program's folder. The engine stores this constant line with every resource, as
 * the provider's code. It must never change: a change would rewrite the state of every resource.
 *
 * It captures nothing, so it captures no secret. Existing resources use a new version of this package from the next preview,
 * refresh or destroy on, without a diff.
 */
export const providerCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscClient()"

/** Loads the implementation of `TokenCredential`. */
export const credentialProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').TokenCredential()"

/** Loads the implementation of `PscRegistration`. */
export const registrationProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistration()"

/** Loads the implementation of `PscRegistrationAttempt`. */
export const attemptProviderCode =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').PscRegistrationAttempt()"

/** Is the base class of resources whose verbs run in Pulumi's dynamic provider host. */
export abstract class DynamicResource extends pulumi.CustomResource {
  /** What to do instead of an import: a sentence. */
  protected static readonly insteadOfImport: string = ''

  /**
   * @param type the part of the resource's type after `pulumi-nodejs:dynamic/psc:`.
   * @throws {pulumi.RunError} for the option `import`, surroundings that do not work, and an unknown or unusable setting.
   */
  constructor(
    type: string,
    name: string,
    props: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    refuseImport(type, name, opts, new.target.insteadOfImport)
    validateSurroundings()
    stackConfiguration()
    const showCallSites = hideCallSites()
    const { stackTraceLimit } = Error
    // For its own debugging, the SDK takes a stack trace for each promise of a resource: half of the time of a program with
    // a thousand clients.
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
 * Keeps the SDK's stack traces out of the state: half a kilobyte of frames for each resource, with the paths of the last
 * machine. Does nothing if a later SDK lacks the method.
 *
 * @returns a function that restores the method.
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
