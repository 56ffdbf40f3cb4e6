import * as pulumi from '@pulumi/pulumi'
import type { LimitFunction } from 'p-limit'
import type { Context } from '../lifecycle/context.ts'
import { isExplained } from '../lifecycle/error.ts'
import { valueIfKnown } from './known.ts'
import { perStack } from './per-stack.ts'

type Outputs<K extends string> = Readonly<Record<K, pulumi.Output<unknown>>>
type Values<K extends string> = Readonly<Record<K, unknown>>

/**
 * Proves, in a preview, a resource that is not in the state yet; what is refused is an error under it, and fails the
 * preview. The provider's check could do so too, but the engine checks one resource after the other: a thousand new
 * clients would wait for a thousand answers in a row, and the first refusal would keep the others from being looked at.
 *
 * @param keys the outputs that the proof needs, of what is declared: a preview does not know the others. What is not
 * known yet is not proven.
 * @param prove throws why it is refused.
 */
export function proveIfNew<K extends string>(
  resource: pulumi.CustomResource & Outputs<K>,
  keys: readonly K[],
  prove: (context: Context, declared: Values<K>) => Promise<unknown>,
): void {
  if (!pulumi.runtime.isDryRun()) return
  const proofs = proofsOfProgram()
  const run = async () => {
    const declared = await declaredIfNew(resource, keys)
    if (!declared) return
    try {
      const { context, limit } = await (proofs.begun ??= begin())
      await limit(prove, context, declared)
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
): Promise<Values<K> | undefined> {
  try {
    if ((await valueIfKnown(resource.id)) !== undefined) return undefined
    const outputs = keys.map((key) => [key, resource[key]] as const)
    const declared = await valueIfKnown(pulumi.all(Object.fromEntries(outputs)))
    return declared as Values<K> | undefined
  } catch {
    // It was refused before, and the engine says why.
    return undefined
  }
}

/** What the proofs of one program share. */
interface Proofs {
  /** What is only logged fails no program. The SDK shows the same error once, however often it is thrown. */
  readonly failure: Error
  begun?: Promise<{ readonly context: Context; readonly limit: LimitFunction }>
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

/** No more proofs go on than may have a connection: none of them spends its time waiting for one. */
async function begin(): NonNullable<Proofs['begun']> {
  const { default: createLimit } = await import('p-limit')
  const { createContext, createShared } = await import('../lifecycle/context.ts')
  const say = (line: string, isWarning: boolean) =>
    void (isWarning ? pulumi.log.warn(line) : pulumi.log.info(line))
  const context = createContext(readConfig, undefined, createShared({ say }))
  return { context, limit: createLimit(context.configuration.maxConnections) }
}
