import * as pulumi from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { isLeftOut, perStack, valueIfKnown } from '../engine/outputs.ts'
import { isExplained } from '../errors.ts'

/** The values of a resource's outputs, once they are known. */
export type ValuesOf<R, K extends keyof R> = {
  readonly [Key in K]: R[Key] extends pulumi.Output<infer Value> ? Value : never
}

let fleet: AbortSignal | undefined

/**
 * Marks this process as one that runs one program after the other, in the same folder and environment as the provider.
 *
 * @param ended aborted when the engine of the program that comes next has ended, whoever ended it.
 */
export function proveHere(ended: AbortSignal): void {
  fleet = ended
}

/**
 * Tells whether a preview's program proves what is new. It does so where the CLI started it. Elsewhere several programs,
 * which would all fail with one, may share a process; it may have another folder and environment than the provider; or it
 * is a test whose engine is a mock. There the provider's check proves.
 */
function provesHere(): boolean {
  return fleet !== undefined || process.env.PULUMI_NODEJS_MONITOR !== undefined
}

/** Makes the input that tells the provider which run this is. The provider's check reads it and takes it out. */
export function dryRun(): boolean | 'proven' {
  return pulumi.runtime.isDryRun() && (provesHere() ? 'proven' : true)
}

/**
 * Proves, in a preview, a resource that is not in the state yet. A refusal is shown under the resource, and fails the
 * preview. The provider's check could do so too, but the engine checks one resource after the other: a thousand new
 * clients would wait for a thousand answers in a row, and the first refusal would keep the others from being proven.
 *
 * @param keys the outputs that the proof needs. Skips a resource of which one is not known yet.
 * @param args what was given for them. What is proven is what the engine makes of it: a transformation may change it.
 * @param prove throws why it is refused.
 */
export function proveIfNew<R extends pulumi.CustomResource, K extends keyof R & string>(
  resource: R,
  keys: readonly K[],
  args: Readonly<Partial<Record<K, unknown>>>,
  prove: (context: Context, declared: ValuesOf<R, K>) => Promise<unknown>,
): void {
  if (dryRun() !== 'proven') return
  const proofs = proofsOfProgram()
  const run = async () => {
    const declared = await declaredIfNew(resource, keys, args)
    if (!declared) return
    try {
      const context = await (proofs.context ??= openContext())
      await prove(context, declared)
    } catch (error) {
      if (!isExplained(error)) throw error
      await pulumi.log.error(error.message, resource)
      throw proofs.failure
    }
  }
  // The SDK waits only for what is its own. By the next immediate it has heard what is thrown.
  const done = pulumi.runtime.rpcKeepAlive()
  void run().finally(() => setImmediate(done))
}

/** Reads what is declared, if all of it is known and the preview has no id for it: then it would be created. */
async function declaredIfNew<R extends pulumi.CustomResource, K extends keyof R & string>(
  resource: R,
  keys: readonly K[],
  args: Readonly<Partial<Record<K, unknown>>>,
): Promise<ValuesOf<R, K> | undefined> {
  try {
    if ((await valueIfKnown(resource.id)) !== undefined) return undefined
    const declared: Partial<Record<K, unknown>> = {}
    for (const key of keys) {
      const value = await valueIfKnown(resource[key] as pulumi.Output<unknown>)
      if (value !== undefined) declared[key] = value
      // To the SDK, a value that a preview leaves out is not known.
      else if (!(await isLeftOut(args[key]))) return undefined
    }
    return declared as ValuesOf<R, K>
  } catch {
    // It was refused before, and the engine says why.
    return undefined
  }
}

/** What the proofs of one program share. */
interface Proofs {
  /** What is only logged fails no program. The SDK shows the same error once, however often it is thrown. */
  readonly failure: Error
  context?: Promise<Context>
}

const proofsOfProgram = perStack<Proofs>(() => {
  const failure = new pulumi.RunError(
    'Clients or credentials were refused: the reasons are under the resources. [ERR_PSC_NOT_PROVEN]',
  )
  // The SDK prints the stack of what is thrown after a program's last line.
  return { failure: Object.assign(failure, { stack: failure.message }) }
})

/** As the provider's host reads it: a key without a namespace is one of the project. */
function readConfig(key: string): string | undefined {
  return pulumi.runtime.getConfig(key.includes(':') ? key : `${pulumi.getProject()}:${key}`)
}

async function openContext(): Promise<Context> {
  const say = (line: string, isWarning: boolean) =>
    void (isWarning ? pulumi.log.warn(line) : pulumi.log.info(line))
  const { createContext, createShared } = await import('../engine/context.ts')
  const shared = createShared({ isProgram: true, say, stillWanted: await readWanted() })
  return createContext(readConfig, undefined, shared)
}

/** A program outlives an engine that is killed, with all the proofs that it has not begun. */
async function readWanted(): Promise<() => boolean | Promise<boolean>> {
  const ended = fleet
  if (ended) return () => !ended.aborted
  const { endWithEngine, engineIsThere } = await import('../engine/alive.ts')
  const address = process.env.PULUMI_NODEJS_ENGINE ?? ''
  endWithEngine(address)
  return () => engineIsThere(address)
}
