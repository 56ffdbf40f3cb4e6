import {
  type Bag,
  type BagReader,
  engineUnknown,
  type Outcome,
  type Verbs,
} from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { isExplained } from '../errors.ts'
import { type Detail, detailsOf } from './details.ts'
import { ImportError } from './errors.ts'
import { describePlain, describeUnreachable } from './settings.ts'
import { describeProblem } from '../rules/problem.ts'

/** Describes what differs between the resource types of the plugin. */
export interface ResourceType<Inputs, Outputs> {
  readonly reader: BagReader<Inputs, Outputs>
  readonly load: () => Promise<Verbs<Inputs, Outputs>>
  /** The inputs that may hold an inline secret. */
  readonly secrets: readonly string[]
  /** The outputs that only an apply knows. */
  readonly computed: readonly string[]
  /** What to do instead of an import: a sentence. */
  readonly insteadOfImport: string
  /**
   * Reads a declaration, as the class of the dynamic door does in its program.
   *
   * @returns the inputs to store, and what the check judges in their place.
   */
  readonly declare: (context: Context, urn: string, news: Bag) => Declaration
}

/** Holds a declaration as it is stored, and as it is judged. */
export interface Declaration {
  readonly inputs: Bag
  readonly judged: Bag
}

/** Serves the calls of the engine for one resource type, in the engine's untyped properties. */
export interface ResourceDoor {
  check(call: Call, olds: Bag | undefined, news: Bag): Promise<Bag>
  diff(
    call: Call,
    id: string,
    bags: { olds: Bag; oldInputs: Bag; news: Bag },
  ): Promise<BagDifference>
  create(call: Call, news: Bag, isPreview: boolean): Promise<{ id: string; properties: Bag }>
  update(call: Call, id: string, olds: Bag, news: Bag, isPreview: boolean): Promise<Bag>
  read(
    call: Call,
    id: string,
    properties: Bag,
  ): Promise<{ properties: Bag; inputs?: Bag } | undefined>
  delete(call: Call, id: string, properties: Bag): Promise<void>
  /** Writes the properties of an error that leaves the resource not settled. */
  stored(outputs: object): Bag
  readonly secrets: readonly string[]
}

/** Holds what a call of the engine is about. */
export interface Call {
  readonly urn: string
  readonly context: Context
  /** Shows a warning under the resource, once. */
  readonly warn: (line: string) => void
  /** Tells whether a key of the stack's configuration holds its value unencrypted. */
  readonly isPlain: (key: string) => boolean
  /** Remembers what the check refuses: one line for each reason. */
  readonly remember: (failures: readonly string[]) => void
  readonly remembered: () => Error | undefined
  /** Ends a preview with a refusal, after all others. */
  readonly refuse: (refusal: Error) => Promise<void>
  /** Resolves when the user cancels the run. */
  readonly cancelled: Promise<undefined>
  /** Notes that a new resource was verified, for the summary of a preview. */
  readonly note: (outcome: Outcome) => void
}

/** Holds a comparison for the engine. */
export interface BagDifference {
  readonly changes: boolean
  readonly replaces: readonly string[]
  readonly details: ReadonlyMap<string, Detail>
}

/**
 * Makes the door of a resource type.
 *
 * The engine checks one resource after the other and ends at the first failure, but previews several creates and updates at
 * once. So a check remembers what it refuses, and the create or update refuses it: a preview shows all refusals, and an
 * apply writes nothing that is refused.
 */
export function openDoor<Inputs, Outputs extends object>(
  type: ResourceType<Inputs, Outputs>,
): ResourceDoor {
  const { reader, load } = type
  /** Writes the properties. Pulumi counts an absent output as unknown in every preview, but not one that is null. */
  const stored = (outputs: Outputs): Bag => {
    const bag = reader.stored(outputs)
    return { ...bag, ...Object.fromEntries(type.computed.map((name) => [name, bag[name] ?? null])) }
  }
  const outputsOf = (bag: Bag): Outputs => {
    const isAbsent = (name: string) => type.computed.includes(name) && bag[name] === null
    const entries = Object.entries(bag).filter(([name]) => !isAbsent(name))
    return reader.outputs(Object.fromEntries(entries))
  }
  const refuseRemembered = async (call: Call, isPreview: boolean): Promise<boolean> => {
    const refusal = call.remembered()
    if (refusal === undefined) return false
    if (!isPreview) throw refusal
    await call.refuse(refusal)
    return true
  }
  /** Verifies what an apply would write. */
  const preview = async (call: Call, news: Bag, isNew: boolean) => {
    if (await refuseRemembered(call, true)) return
    const verbs = await load()
    try {
      const proof = verbs.prove?.(call.context, { news: reader.declared(news) })
      // A preview writes nothing, so a cancelled one need not wait for a PSC.
      const outcome = await Promise.race([proof, call.cancelled])
      if (outcome && isNew) call.note(outcome)
    } catch (error) {
      if (!isExplained(error)) throw error
      await call.refuse(error)
    }
  }
  return {
    secrets: type.secrets,
    stored: (outputs) => stored(outputs as Outputs),
    async check({ urn, context, warn, isPlain, remember }, olds, news) {
      const { inputs, judged } = type.declare(context, urn, news)
      const verbs = await load()
      const old = olds && reader.declared(olds)
      const { failures, warnings = [] } = await verbs.check(context, {
        old,
        news: reader.declared(judged),
      })
      remember([...describeUnreachable(type.secrets, news), ...failures])
      for (const warning of warnings) warn(describeProblem(warning))
      for (const warning of describePlain(type.secrets, news, isPlain)) warn(warning)
      return inputs
    },
    async diff({ context, remember, remembered }, id, { olds, oldInputs, news }) {
      const details = detailsOf(oldInputs, news)
      const verbs = await load()
      try {
        const request = { id, old: outputsOf(olds), news: reader.declared(news) }
        const { changes, replaces = [] } = await verbs.diff(context, request)
        return { changes: changes || remembered() !== undefined, replaces, details }
      } catch (error) {
        if (!isExplained(error)) throw error
        remember([error.message])
        return { changes: true, replaces: [], details }
      }
    },
    async create(call, news, isPreview) {
      if (isPreview) {
        await preview(call, news, true)
        const unknown = type.computed.map((name) => [name, engineUnknown] as const)
        const id = news.clientId === engineUnknown ? '' : String(news.clientId)
        return { id, properties: { ...news, ...Object.fromEntries(unknown) } }
      }
      await refuseRemembered(call, false)
      const verbs = await load()
      const { id, outputs } = await verbs.create(call.context, { news: reader.inputs(news) })
      return { id, properties: stored(outputs) }
    },
    async update(call, id, olds, news, isPreview) {
      if (isPreview) {
        await preview(call, news, false)
        const computed = type.computed.filter((name) => olds[name] !== undefined)
        return { ...news, ...Object.fromEntries(computed.map((name) => [name, olds[name]])) }
      }
      await refuseRemembered(call, false)
      const verbs = await load()
      const request = { id, old: outputsOf(olds), news: reader.inputs(news) }
      return stored((await verbs.update(call.context, request)).outputs)
    },
    async read({ context }, id, properties) {
      if (Object.keys(properties).length === 0) throw new ImportError(id, type.insteadOfImport)
      const verbs = await load()
      const { exists, outputs, inputs } = await verbs.read(context, {
        id,
        old: outputsOf(properties),
      })
      if (!exists) return undefined
      return {
        properties: outputs ? stored(outputs) : properties,
        ...(inputs && { inputs }),
      }
    },
    async delete({ context }, id, properties) {
      const verbs = await load()
      await verbs.forget?.(context, { id, old: outputsOf(properties) })
    },
  }
}
