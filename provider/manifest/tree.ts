import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { ProblemCode, PropertyPath } from '../rules/problem.ts'

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

/** Hears of YAML that a manifest does not have. */
export type Report = (at: Offsets, message: string, path: PropertyPath, code?: ProblemCode) => void

interface Built {
  readonly value: unknown
  readonly node: Node | undefined
  /** How many values this one stands for, counting those of an alias each time. */
  readonly size: number
}

type MapPair = Pair<Node | null, Node | null>

/** Far more than ten thousand clients need, far less than what fills a memory. */
const maxValues = 2_000_000

const nothing: Built = { value: undefined, node: undefined, size: 1 }

/** Builds the tree of a document in one walk, in time proportional to its text, whatever its aliases stand for. */
export function buildTree(document: Document.Parsed, lines: LineCounter, report: Report): Tree {
  return new TreeBuilder(lines, report).build(document)
}

class TreeBuilder {
  readonly #lines: LineCounter
  readonly #report: Report
  readonly #entries = new Map<object, Entries>()
  readonly #anchors = new Map<string, Built | 'open'>()
  readonly #path: (string | number)[] = []

  constructor(lines: LineCounter, report: Report) {
    this.#lines = lines
    this.#report = report
  }

  build(document: Document.Parsed): Tree {
    const { value, size } = this.#node(document.contents)
    if (size <= maxValues) return new Tree(value, this.#entries)
    this.#refuse(
      wholeText,
      'the aliases stand for more values than a manifest may have. Use fewer.',
      'ERR_PSC_YAML_LIMIT',
    )
    return new Tree(undefined, new Map())
  }

  #refuse(at: Offsets, message: string, code: ProblemCode): Built {
    this.#report(at, message, [...this.#path], code)
    return nothing
  }

  #node(node: Node | null | undefined): Built {
    if (node === null || node === undefined) return { ...nothing, value: null }
    if (isAlias(node)) return this.#alias(node.source, offsets(node))
    const { anchor } = node as { anchor?: string }
    if (anchor !== undefined) this.#anchors.set(anchor, 'open')
    const built = this.#plain(node)
    if (anchor !== undefined) this.#anchors.set(anchor, built)
    return built
  }

  #plain(node: Node): Built {
    if (isMap(node)) return this.#map(node)
    if (isSeq(node)) return this.#list(node)
    return { value: isScalar(node) ? node.value : null, node, size: 1 }
  }

  #alias(name: string, at: Offsets): Built {
    const built = this.#anchors.get(name)
    if (built === 'open') {
      return this.#refuse(
        at,
        'the alias stands inside of what it stands for. Write the value.',
        'ERR_PSC_ALIAS',
      )
    }
    return (
      built ??
      this.#refuse(
        at,
        'the alias has no anchor before it. Put a value that begins with * in quotes.',
        'ERR_PSC_ALIAS',
      )
    )
  }

  #list(list: YAMLSeq): Built {
    const value: unknown[] = []
    const entries: Entries = new Map()
    this.#entries.set(value, entries)
    let size = 1
    for (const [index, item] of (list.items as Node[]).entries()) {
      const built = this.#at(index, item)
      entries.set(index, { value: offsets(item), node: built.node })
      value.push(built.value)
      size += built.size
    }
    return { value, node: list, size }
  }

  #map(map: YAMLMap): Built {
    const value = Object.create(null) as Record<string, unknown>
    const entries: Entries = new Map()
    this.#entries.set(value, entries)
    const merges: MapPair[] = []
    let size = 1
    for (const pair of map.items as MapPair[]) {
      if (isScalar(pair.key) && typeof pair.key.value === 'symbol') {
        merges.push(pair)
        continue
      }
      const key = this.#key(pair, map, entries)
      if (key === undefined) continue
      const built = this.#at(key, pair.value)
      const at = offsets(pair.key)
      entries.set(key, { key: at, value: valueOffsets(pair, at), node: built.node })
      value[key] = built.value
      size += built.size
    }
    // After the map's own keys, which win wherever they stand.
    for (const pair of merges) size += this.#merge(pair, value, entries)
    return { value, node: map, size }
  }

  #at(step: string | number, node: Node | null): Built {
    this.#path.push(step)
    const built = this.#node(node)
    this.#path.pop()
    return built
  }

  #key({ key }: MapPair, map: YAMLMap, entries: Entries): string | undefined {
    const at = offsets(key ?? map)
    if (!isScalar(key) || typeof key.value !== 'string') {
      this.#refuse(at, 'a key must be a string. Put it in quotes.', 'ERR_PSC_YAML')
      return undefined
    }
    const name = key.value
    const before = entries.get(name)
    if (name !== '__proto__' && before === undefined) return name
    this.#path.push(name)
    if (before === undefined) {
      this.#refuse(at, 'the name __proto__ is reserved. Choose another.', 'ERR_PSC_ENTRY_NAME')
    } else {
      const { line } = this.#lines.linePos((before.key ?? before.value)[0])
      this.#refuse(
        at,
        `the same key is at line ${line} already. Remove one of them, or rename it.`,
        'ERR_PSC_REPEATED_KEY',
      )
    }
    this.#path.pop()
    return undefined
  }

  /** Of several sources, an earlier one wins. */
  #merge(pair: MapPair, value: Record<string, unknown>, entries: Entries): number {
    const built = this.#node(pair.value)
    const sources = Array.isArray(built.value) ? (built.value as unknown[]) : [built.value]
    for (const source of sources) {
      // What is undefined was reported where it stands.
      if (source === undefined) continue
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        const at = valueOffsets(pair, offsets(pair.key))
        this.#refuse(
          at,
          'the key << takes a map, an alias of one, or a list of them. Correct its value.',
          'ERR_PSC_ALIAS',
        )
        continue
      }
      for (const [key, entry] of this.#entries.get(source) ?? []) {
        if (entries.has(key)) continue
        entries.set(key, entry)
        value[key] = own(source, key)
      }
    }
    return built.size
  }
}

function offsets(node: Node | null): Offsets {
  const [start, end] = node?.range ?? wholeText
  return [start, end]
}

/** A value that is not there (`name:`) is pointed to by its key. */
function valueOffsets({ value }: MapPair, key: Offsets): Offsets {
  const [start, end] = value?.range ?? wholeText
  return start === end ? key : [start, end]
}
