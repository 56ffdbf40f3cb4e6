import * as pulumi from '@pulumi/pulumi'
import type { Outcome } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { isLeftOut, perStack, valueIfKnown } from '../engine/outputs.ts'
import { type CodedError, isExplained } from '../errors.ts'
import { describeOutcomes } from './summary.ts'

/** Holds the values of a resource's outputs. */
export type ValuesOf<R, K extends keyof R> = {
  readonly [Key in K]: R[Key] extends pulumi.Output<infer Value> ? Value : never
}

let fleet: AbortSignal | undefined

/**
 * Marks this process as a fleet worker: same folder and environment as the provider, one program after the other.
 *
 * @param ended aborted when the engine of the next program has ended.
 */
export function proveHere(ended: AbortSignal): void {
  fleet = ended
}

/**
 * Tells whether a preview's program proves the new resources. It does if the CLI started it. Other processes may run several
 * programs, which would fail together, may have another folder and environment than the provider, or may be tests with a
 * mocked engine. There the provider's check proves them.
 */
function provesHere(): boolean {
  return fleet !== undefined || process.env.PULUMI_NODEJS_MONITOR !== undefined
}

/** Makes the input with the program's note about its run. The provider's check reads and removes it. */
export function dryRun(): boolean | 'proven' {
  return pulumi.runtime.isDryRun() && (provesHere() ? 'proven' : true)
}

/**
 * Proves a new resource in a preview. Shows a refusal under the resource and fails the preview. The provider's check could
 * do so too, but the engine checks one resource after the other: a thousand new clients would wait for a thousand answers
 * in a row, and the first refusal would stop the check.
 *
 * @param keys the outputs that the proof needs. Skips a resource with an unknown one.
 * @param args the arguments for these outputs. The proof uses the engine's values, which a transformation may change.
 * @param prove throws the refusal.
 */
export function proveIfNew<R extends pulumi.CustomResource, K extends keyof R & string>(
  resource: R,
  keys: readonly K[],
  args: Readonly<Partial<Record<K, unknown>>>,
  prove: (context: Context, declared: ValuesOf<R, K>) => Promise<Outcome>,
): void {
  if (dryRun() !== 'proven') return
  const proofs = proofsOfProgram()
  proofs.underWay += 1
  const run = async () => {
    const declared = await declaredIfNew(resource, keys, args)
    if (!declared) return
    try {
      const context = await (proofs.context ??= openContext())
      proofs.outcomes.push(await prove(context, declared))
    } catch (error) {
      if (!isExplained(error)) throw error
      proofs.isRefused = true
      if (isLasting(await proofs.context, error)) {
        proofs.lasting.set(error, (proofs.lasting.get(error) ?? 0) + 1)
        return
      }
      await pulumi.log.error(error.message, resource)
      throw proofs.failure
    }
  }
  const runAndReport = async () => {
    try {
      await run()
    } finally {
      proofs.underWay -= 1
      if (proofs.underWay === 0) {
        await reportLasting(proofs)
        await summarize(proofs)
      }
    }
  }
  // The SDK waits only for its own promises. It receives a thrown error by the next immediate.
  const done = pulumi.runtime.rpcKeepAlive()
  void runAndReport().finally(() => setImmediate(done))
}

/** Tells whether an error is that of a server that fails every request. */
function isLasting(context: Context | undefined, error: unknown): boolean {
  return context !== undefined && [...context.run.gates.values()].some(({ down }) => down === error)
}

/** Shows the error of a server that failed every request once, with the number of those that it is about. */
async function reportLasting({ lasting, failure }: Proofs): Promise<void> {
  if (lasting.size === 0) return
  for (const [{ detail, shownCode }, count] of lasting) {
    const them =
      count === 1 ? 'One client or credential was' : `${count} clients or credentials were`
    await pulumi.log.error(`${detail} ${them} not verified. [${shownCode}]`)
  }
  lasting.clear()
  throw failure
}

/** Shows where a preview's new clients would be written to, and how many were verified. The report of a fleet has its own. */
async function summarize({ outcomes, context, isRefused }: Proofs): Promise<void> {
  const all = outcomes.splice(0)
  if (isRefused || all.length === 0 || fleet !== undefined) return
  await pulumi.log.info(describeOutcomes(all, (await context)?.run.unverified ?? []))
}

/** Reads a declaration if all of it is known and the resource is new: then a preview knows no id. */
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
      // The SDK treats a value that a preview omits as unknown.
      else if (!(await isLeftOut(args[key]))) return undefined
    }
    return declared as ValuesOf<R, K>
  } catch {
    // The engine has already reported the refusal.
    return undefined
  }
}

/** Holds what the proofs of one program share. */
interface Proofs {
  /** The thrown error: logging alone does not fail a program. The SDK shows an error that is thrown repeatedly only once. */
  readonly failure: Error
  context?: Promise<Context>
  /** The number of proofs that have not ended. */
  underWay: number
  /** The errors of servers that failed every request, with the number of resources that they are about. */
  readonly lasting: Map<CodedError, number>
  /** What was not refused, since the last summary. */
  readonly outcomes: Outcome[]
  isRefused?: boolean
}

const proofsOfProgram = perStack<Proofs>(() => {
  const failure = new pulumi.RunError(
    'Clients or credentials were refused: the reasons are under the resources. [ERR_PSC_NOT_PROVEN]',
  )
  // The SDK prints the stack of an error that is thrown after a program's last line.
  const shown = Object.assign(failure, { stack: failure.message })
  return { failure: shown, underWay: 0, lasting: new Map(), outcomes: [] }
})

/** Reads a key as the provider's host does: a key without a namespace belongs to the project. */
function readConfig(key: string): string | undefined {
  return pulumi.runtime.getConfig(key.includes(':') ? key : `${pulumi.getProject()}:${key}`)
}

async function openContext(): Promise<Context> {
  // The engine would repeat a line that is not ephemeral at the end.
  const show = (line: string, isWarning: boolean) =>
    void (isWarning ? pulumi.log.warn(line) : pulumi.log.info(line, undefined, undefined, true))
  const { createContext, createShared } = await import('../engine/context.ts')
  const shared = createShared({ isProgram: true, show, stillWanted: await readWanted() })
  return createContext(readConfig, undefined, shared)
}

/** Stops the proofs of a program whose engine was killed. The program outlives the engine. */
async function readWanted(): Promise<() => boolean | Promise<boolean>> {
  const ended = fleet
  if (ended) return () => !ended.aborted
  const { endWithEngine, engineIsThere } = await import('../engine/alive.ts')
  const address = process.env.PULUMI_NODEJS_ENGINE ?? ''
  endWithEngine(address)
  return () => engineIsThere(address)
}
