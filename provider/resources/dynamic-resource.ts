import * as pulumi from '@pulumi/pulumi'

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
