import * as pulumi from '@pulumi/pulumi'
import { unknownValue } from '../rules/problem.ts'

/** Describes the part of an output that the SDK's types lack. */
interface OutputInside {
  readonly isKnown: Promise<boolean>
  readonly isSecret: Promise<boolean>
  promise(): Promise<unknown>
}

/** Tells whether nested inputs contain a promise or an output. */
export function isDeferred(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false
  if (input instanceof Promise || pulumi.Output.isInstance(input)) return true
  return Object.values(input).some(isDeferred)
}

/** Reads the value of an output, secrets too. Undefined if unknown, such as the `id` of a resource that a preview would create. */
export async function valueIfKnown<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const inside = output as unknown as OutputInside
  return (await inside.isKnown) ? ((await inside.promise()) as T) : undefined
}

/** Tells whether an optional argument resolved to nothing. */
export async function isLeftOut(input: pulumi.Input<unknown>): Promise<boolean> {
  const inside = pulumi.output(input) as unknown as OutputInside
  return (await inside.isKnown) && (await inside.promise()) == null
}

/**
 * Resolves nested inputs, with `unknownValue` for each unknown or secret value. A message about a secret value would show
 * it.
 *
 * `pulumi.output` would make the whole unknown because of one unknown element.
 */
export async function knownValues(input: unknown): Promise<unknown> {
  const value = await (input instanceof Promise ? (input as Promise<unknown>) : input)
  if (pulumi.Output.isInstance(value)) {
    const inside = value as unknown as OutputInside
    if (!(await inside.isKnown) || (await inside.isSecret)) return unknownValue
    return knownValues(await inside.promise())
  }
  if (Array.isArray(value)) return Promise.all(value.map(knownValues))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(
    async ([key, v]) => [key, await knownValues(v)] as const,
  )
  return Object.fromEntries(await Promise.all(entries))
}

/** Makes the input of a secret: an inline one is stored encrypted; a reference stays readable for reviewers. */
export function secretInput<T>(secret: pulumi.Input<T>): pulumi.Input<T> {
  if (typeof secret === 'object' && !isDeferred(secret)) return secret
  const output: pulumi.Output<unknown> = pulumi.output(secret)
  const marked = output.apply((given) => (typeof given === 'string' ? pulumi.secret(given) : given))
  return marked as pulumi.Output<T>
}

const withoutStack = {}

/** Stores a value for each stack's program: the Automation API may run several in one process. */
export function perStack<T>(create: () => T): () => T {
  const made = new WeakMap<object, T>()
  return () => {
    const stack = pulumi.runtime.getStackResource() ?? withoutStack
    const known = made.get(stack)
    if (known !== undefined) return known
    const one = create()
    made.set(stack, one)
    return one
  }
}
