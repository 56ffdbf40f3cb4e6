import { type Problem, unknownValue } from '../rules/problem.ts'
import type { Context } from './context.ts'
import type { Declared } from './unknown.ts'

/** Holds untyped properties: declared by a program, or stored by the engine. */
export type Bag = Readonly<Record<string, unknown>>

/** Reads the untyped properties of one resource into typed values, and writes the result of a verb. */
export interface BagReader<Inputs, Outputs> {
  /** Reads a declaration in a preview. */
  declared(bag: Bag): Declared<Inputs>
  /** Reads a declaration in an apply, where every value is known. */
  inputs(bag: Bag): Inputs
  /** Reads the stored properties. */
  outputs(bag: Bag): Outputs
  /** Writes the properties to store. */
  stored(outputs: Outputs): Bag
}

/** Makes the reader of a resource whose properties are stored unchanged. */
export function bagReader<Inputs, Outputs>(): BagReader<Inputs, Outputs> {
  return {
    declared: (bag) => readBag(bag) as Declared<Inputs>,
    inputs: (bag) => readBag(bag) as Inputs,
    outputs: (bag) => readBag(bag) as Outputs,
    stored: (outputs) => outputs as Bag,
  }
}

/** Declares the verbs of a resource type. */
export interface Verbs<Inputs, Outputs> {
  /**
   * Validates a declaration. Never changes it.
   *
   * @param request.old the earlier declaration; undefined for a new resource.
   * @returns the problems, each with its path and its code; empty for a valid declaration. The warnings likewise, which
   * the dynamic door leaves to the program.
   */
  check(
    context: Context,
    request: { readonly old: Declared<Inputs> | undefined; readonly news: Declared<Inputs> },
  ): Promise<{ readonly failures: readonly string[]; readonly warnings?: readonly Problem[] }>
  /** Compares the stored properties with the declared ones. */
  diff(
    context: Context,
    request: { readonly id: string; readonly old: Outputs; readonly news: Declared<Inputs> },
  ): Promise<Difference>
  /**
   * Proves in a preview what is new or changes, for a door whose engine previews these concurrently. Default: nothing is
   * proven.
   *
   * @returns what came of it; undefined if a value that it needs is unknown.
   * @throws the refusal.
   */
  prove?(
    context: Context,
    request: { readonly news: Declared<Inputs> },
  ): Promise<Outcome | undefined>
  create(
    context: Context,
    request: { readonly news: Inputs },
  ): Promise<{ readonly id: string; readonly outputs: Outputs }>
  /**
   * Reads a resource.
   *
   * @returns whether it still exists; if not, the engine removes it from the state. Outputs replace the stored ones, and
   * changed inputs those: the next preview shows what differs from them.
   */
  read(
    context: Context,
    request: { readonly id: string; readonly old: Outputs },
  ): Promise<{
    readonly exists: boolean
    readonly outputs?: Outputs
    readonly inputs?: Partial<Inputs>
  }>
  update(
    context: Context,
    request: { readonly id: string; readonly old: Outputs; readonly news: Inputs },
  ): Promise<{ readonly outputs: Outputs }>
  /** Handles the removal of a resource from the state. Default: does nothing. */
  forget?(context: Context, request: { readonly id: string; readonly old: Outputs }): Promise<void>
}

/** Holds the result of a proof in a preview that was not refused. */
export interface Outcome {
  readonly isVerified: boolean
  /** Of a client: the PSC and the address that applying writes to. */
  readonly writesTo?: string
}

/** Holds the result of a comparison. */
export interface Difference {
  readonly changes: boolean
  /** The properties that require a replacement. */
  readonly replaces?: readonly string[]
}

/** The engine's placeholder for an unknown string, and in the dynamic door for every unknown value. */
export const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** The engine's placeholders, of which each type has its own. */
const engineUnknowns: ReadonlySet<unknown> = new Set([
  engineUnknown,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', // a boolean
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421', // a number
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2', // a list
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff', // an object
  '030794c1-ac77-496b-92df-f27374a8bd58', // an asset
  'e48ece36-62e2-4504-bad9-02848725956a', // an archive
])

/** Reads untyped properties: sets `unknownValue` for unknown values, and drops the dynamic provider's own key. */
function readBag({ __provider, ...properties }: Bag): unknown {
  return markUnknown(properties)
}

/** Sets `unknownValue` for unknown values, at any depth. */
export function markUnknown(value: unknown): unknown {
  if (engineUnknowns.has(value)) return unknownValue
  if (Array.isArray(value)) return value.map(markUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, markUnknown(v)]))
}
