import type { Node } from 'yaml'
import type { PropertyPath } from '../rules/problem.ts'

/** Offsets in the text: where something starts and where it stops. */
export type Offsets = readonly [start: number, end: number]

/** The offsets of what has no place of its own: the text as a whole. */
export const wholeText: Offsets = [0, 0]

/** A value of a map or a list, and where it is. */
export interface Entry {
  /** Absent in a list. */
  readonly key?: Offsets
  readonly value: Offsets
  /** The node itself, an alias resolved; undefined where nothing is. */
  readonly node: Node | undefined
}

export type Entries = Map<string | number, Entry>

/**
 * The plain values of a YAML document, and where each of them is in the text.
 *
 * An alias shares the value of its anchor and a merge key (`<<`) copies the entries, so that a place inside of them is
 * the place where the text to change is; an alias on its own is pointed to where it is used.
 */
export class Tree {
  /** Maps have no prototype. Undefined if the document stands for more than may be built. */
  readonly value: unknown
  readonly #entries: ReadonlyMap<object, Entries>

  constructor(value: unknown, entries: ReadonlyMap<object, Entries>) {
    this.value = value
    this.#entries = entries
  }

  /** Where the value at a path is; of what is missing, the key of what should have it. */
  locate(path: PropertyPath): Offsets {
    const { entry, found } = this.#find(path)
    return found ? (entry?.value ?? wholeText) : (entry?.key ?? entry?.value ?? wholeText)
  }

  /** Where the key at a path is. */
  locateKey(path: PropertyPath): Offsets {
    const { entry } = this.#find(path)
    return entry?.key ?? entry?.value ?? wholeText
  }

  /** The value at a path; undefined where nothing is. */
  valueAt(path: PropertyPath): unknown {
    return path.reduce(own, this.value)
  }

  /** The YAML node at a path. */
  nodeAt(path: PropertyPath): Node | undefined {
    const { entry, found } = this.#find(path)
    return found ? entry?.node : undefined
  }

  /** The entry at a path, or else the last one on the way. */
  #find(path: PropertyPath): { entry?: Entry; found: boolean } {
    let entry: Entry | undefined
    let value = this.value
    for (const step of path) {
      const next = isObject(value) ? this.#entries.get(value)?.get(step) : undefined
      if (next === undefined) return { ...(entry && { entry }), found: false }
      entry = next
      value = own(value, step)
    }
    return { ...(entry && { entry }), found: true }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** A value's own property, never one that it inherits. */
export function own(value: unknown, step: string | number): unknown {
  return isObject(value) && Object.hasOwn(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined
}
