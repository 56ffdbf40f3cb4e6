import * as pulumi from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { isLeftOut, perStack, valueIfKnown } from '../engine/outputs.ts'
import { isExplained } from '../errors.ts'

type Outputs<K extends string> = Readonly<Record<K, pulumi.Output<unknown>>>

type Values<K extends string> = Readonly<Record<K, unknown>>

let fleet: AbortSignal | undefined

/**
 * Tells that this process runs one program after the other, where and with what the provider runs.
 *
 * @param ended aborted when the engine of the program that comes next has ended, whoever ended it.
 */
export function proveHere(ended: AbortSignal): void {
  fleet = ended
}

/**
 * Whether a preview's program proves what is new. It does so where the CLI started it. Elsewhere a process may be shared
 * by several programs, of which all would fail with one, may have another folder and environment than the provider, or may
 * be a test whose engine is a mock: there the provider's check proves.
 */
function provesHere(): boolean {
  return fleet !== undefined || process.env.PULUMI_NODEJS_MONITOR !== undefined
}

/** What a program tells the provider of its run. */
export function dryRun(): boolean | 'proven' {
  return pulumi.runtime.isDryRun() && (provesHere() ? 'proven' : true)
}

/**
 * Proves, in a preview, a resource that is not in the state yet; what is refused is an error under it, and fails the
 * preview. The provider's check could do so too, but the engine checks one resource after the other: a thousand new
 * clients would wait for a thousand answers in a row, and the first refusal would keep the others from being looked at.
 *
 * @param keys what the proof needs. What is not known yet is not proven.
 * @param args what was given for them. What is proven is what the engine makes of it: a transformation may change it.
 * @param prove throws why it is refused.
 */
export function proveIfNew<K extends string>(
  resource: pulumi.CustomResource & Outputs<K>,
  keys: readonly K[],
  args: Partial<Values<K>>,
  prove: (context: Context, declared: Partial<Values<K>>) => Promise<unknown>,
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
  // The SDK waits for nothing else that is not its own. By the next immediate it has heard what is thrown.
  const done = pulumi.runtime.rpcKeepAlive()
  void run().finally(() => setImmediate(done))
}

/** What is declared, if all of it is known and the preview has no id for it: then it would be created. */
async function declaredIfNew<K extends string>(
  resource: pulumi.CustomResource & Outputs<K>,
  keys: readonly K[],
  args: Partial<Values<K>>,
): Promise<Partial<Values<K>> | undefined> {
  try {
    if ((await valueIfKnown(resource.id)) !== undefined) return undefined
    const declared: Partial<Record<K, unknown>> = {}
    for (const key of keys) {
      const value = await valueIfKnown(resource[key])
      if (value !== undefined) declared[key] = value
      // To the SDK, what a preview does not tell is not known.
      else if (!(await isLeftOut(args[key]))) return undefined
    }
    return declared
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
    'What was not proven keeps this from being applied: the reasons are under the resources.',
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
