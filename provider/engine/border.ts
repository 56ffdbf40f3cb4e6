import { unknownValue } from '../rules/problem.ts'
import type { Context } from './context.ts'
import type { Declared } from './unknown.ts'

/** Properties as a door passes them: declared by a program, or stored by the engine. */
export type Bag = Readonly<Record<string, unknown>>

/** Reads the bags of one resource into typed values, and writes what a verb returns. */
export interface BagReader<Inputs, Outputs> {
  /** Reads what is declared, for a verb of a preview. */
  declared(bag: Bag): Declared<Inputs>
  /** Reads what is declared, for a verb that applies it: then everything is known. */
  inputs(bag: Bag): Inputs
  /** Reads what is stored. */
  outputs(bag: Bag): Outputs
  /** Writes what is to be stored. */
  stored(outputs: Outputs): Bag
}

/** Makes the reader of a resource whose properties are stored as they are. */
export function bagReader<Inputs, Outputs>(): BagReader<Inputs, Outputs> {
  return {
    declared: (bag) => readBag(bag) as Declared<Inputs>,
    inputs: (bag) => readBag(bag) as Inputs,
    outputs: (bag) => readBag(bag) as Outputs,
    stored: (outputs) => outputs as Bag,
  }
}

/** The verbs of a resource type, which know no door. */
export interface Verbs<Inputs, Outputs> {
  /**
   * Validates a declaration. Never changes it.
   *
   * @param request.old what was declared before; undefined for a new resource.
   * @returns why it is refused, each with the path and the code; empty for a good one.
   */
  check(
    context: Context,
    request: { readonly old: Declared<Inputs> | undefined; readonly news: Declared<Inputs> },
  ): Promise<{ readonly failures: readonly string[] }>
  /** Compares what is stored with what is declared. */
  diff(
    context: Context,
    request: { readonly id: string; readonly old: Outputs; readonly news: Declared<Inputs> },
  ): Promise<Difference>
  create(
    context: Context,
    request: { readonly news: Inputs },
  ): Promise<{ readonly id: string; readonly outputs: Outputs }>
  /** @returns whether the resource still exists; else the engine removes it from the state. */
  read(
    context: Context,
    request: { readonly id: string; readonly old: Outputs },
  ): Promise<{ readonly exists: boolean }>
  update(
    context: Context,
    request: { readonly id: string; readonly old: Outputs; readonly news: Inputs },
  ): Promise<{ readonly outputs: Outputs }>
  /** Takes leave of a resource that the engine removes from the state. Default: does nothing. */
  forget?(context: Context, request: { readonly id: string; readonly old: Outputs }): Promise<void>
}

/** What a preview shows of a resource that is stored. */
export interface Difference {
  readonly changes: boolean
  /** The properties for whose sake the resource is replaced. */
  readonly replaces?: readonly string[]
}

/** What the engine passes in place of a value that is not known yet. */
const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Reads a bag: `unknownValue` for what is not known yet, and without the dynamic provider's own key. */
function readBag({ __provider, ...properties }: Bag): unknown {
  return markUnknown(properties)
}

function markUnknown(value: unknown): unknown {
  if (value === engineUnknown) return unknownValue
  if (Array.isArray(value)) return value.map(markUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, markUnknown(v)]))
}
