import {
  type Alias,
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
import { maxProblems, tooMany } from './problem.ts'
import { type Problem, type ProblemCode, type PropertyPath, refuse } from '../rules/problem.ts'
import { say } from '../say.ts'

/** Points into the text; the end is exclusive. */
export type Offsets = readonly [start: number, end: number]

/** Points to the whole text. */
export const wholeText: Offsets = [0, 0]

/** Holds a problem with its place in the text. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly at: Offsets
}

/** Bounds the values that aliases and merge keys add: some twenty for each of 25,000 clients. */
const maxExpanded = 500_000

/** In characters. YAML 1.2.2, section 7.4.2, allows no more without a `?` before the key. Every problem repeats its keys. */
const longestKey = 1024

/** Bounds the items of a list: far more than a client has redirect URIs, or a certificate names. */
const maxItems = 10_000

/** Bounds the levels: a manifest has some six. */
const maxDepth = 100

type MapPair = Pair<Node, Node | null>

interface Anchored {
  readonly node: Node
  readonly value: unknown
  /** How many values it stands for. */
  readonly size: number
}

/**
 * Reads the plain values of a YAML document, and finds the place of each in the text.
 *
 * An alias shares the value of its anchor, and a merge key (`<<`) copies the pairs: a place inside of them is that of
 * the shared text. The time is linear. That of the library's `toJS` grows with the square of the aliases, and with the
 * third power of merges of merges.
 */
export class Tree {
  /** Maps have no prototype. Undefined where a value could not be read. */
  readonly value: unknown
  /** YAML that a manifest must not have. */
  readonly problems: PlacedProblem[] = []
  readonly #root: Node | null
  readonly #lines: LineCounter
  readonly #pairs = new Map<YAMLMap, Map<string, MapPair>>()
  readonly #anchors = new Map<string, Anchored | 'open'>()
  readonly #targets = new Map<Alias, Node>()
  readonly #path: (string | number)[] = []
  #expanded = 0
  #depth = 0

  /**
   * @throws {ExpansionError} if aliases and merge keys add too many values.
   * @throws {RangeError} for values that are nested too deeply.
   */
  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#root = document.contents
    this.#lines = lines
    this.value = this.#read(document.contents).value
  }

  /** Returns the target of an alias; any other node as it is. */
  resolve(node: Node | null | undefined): Node | null | undefined {
    return isAlias(node) ? this.#targets.get(node) : node
  }

  /** Finds the value at a path, or its key. Finds the nearest key above a value that is missing. */
  locate(path: PropertyPath, part: 'key' | 'value' = 'value'): Offsets {
    let node: Node | null | undefined = this.#root
    let key: Offsets = wholeText
    let value: Offsets = wholeText
    for (const step of path) {
      const found = this.#step(node, step)
      if (found === undefined) return key
      value = rangeOf(found.value)
      // An item of a list has no key, and a value that is empty (`name:`) has no range.
      key = found.key === undefined ? value : rangeOf(found.key)
      if (value[0] === value[1]) value = key
      node = found.value
    }
    return part === 'key' ? key : value
  }

  /** Returns the value at a path, undefined if it is missing, and its source text. */
  at(path: PropertyPath): { readonly value: unknown; readonly source?: string } {
    let node: Node | null | undefined = this.#root
    let { value } = this
    for (const step of path) {
      node = this.#step(node, step)?.value
      value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
    }
    const scalar = this.resolve(node)
    return { value, ...(isScalar(scalar) && scalar.source && { source: scalar.source }) }
  }

  #step(
    node: Node | null | undefined,
    step: string | number,
  ): { readonly key?: Node; readonly value: Node | null } | undefined {
    const parent = this.resolve(node)
    if (isMap(parent)) return this.#pairs.get(parent)?.get(String(step))
    const item = isSeq(parent) ? (parent.items as Node[])[Number(step)] : undefined
    return item && { value: item }
  }

  #refuse(at: Offsets, message: string, code: ProblemCode): void {
    if (this.problems.length > maxProblems) return
    this.problems.push(
      this.problems.length === maxProblems
        ? { problem: tooMany('error'), at: wholeText }
        : { problem: refuse([...this.#path], message, code), at },
    )
  }

  #read(node: Node | null): { value: unknown; size: number } {
    if (node === null) return { value: null, size: 1 }
    if (isAlias(node)) return this.#readAlias(node)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, 'open')
    if (++this.#depth > maxDepth) throw new RangeError('nested too deeply')
    const read = isMap(node)
      ? this.#readMap(node)
      : isSeq(node)
        ? this.#readList(node)
        : { value: isScalar(node) ? node.value : null, size: 1 }
    this.#depth -= 1
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { node, ...read })
    return read
  }

  #readAlias(alias: Alias): { value: unknown; size: number } {
    const anchored = this.#anchors.get(alias.source)
    if (typeof anchored === 'object') {
      this.#targets.set(alias, anchored.node)
      this.#expand(anchored.size)
      return anchored
    }
    const message =
      anchored === undefined
        ? say`the alias has no anchor before it. Put a value that begins with * in quotes.`
        : say`the alias stands inside of what it stands for. Write the value.`
    this.#refuse(rangeOf(alias), message, 'ERR_PSC_ALIAS')
    return { value: undefined, size: 1 }
  }

  #expand(size: number): void {
    this.#expanded += size
    if (this.#expanded > maxExpanded) throw new ExpansionError()
  }

  #readList(list: YAMLSeq): { value: unknown; size: number } {
    const items = list.items as Node[]
    if (items.length > maxItems) {
      const message = say`the list has ${items.length} items. Shorten it to at most ${maxItems}.`
      this.#refuse(rangeOf(list), message, 'ERR_PSC_YAML_LIMIT')
      return { value: undefined, size: 1 }
    }
    let size = 1
    const value = items.map((item, index) => {
      const read = this.#readAt(index, item)
      size += read.size
      return read.value
    })
    return { value, size }
  }

  #readMap(map: YAMLMap): { value: Record<string, unknown>; size: number } {
    const value = Object.create(null) as Record<string, unknown>
    const pairs = new Map<string, MapPair>()
    this.#pairs.set(map, pairs)
    let size = 1
    const all = map.items as MapPair[]
    for (const pair of all.filter((each) => !isMerge(each))) {
      const key = this.#readKey(pair, pairs)
      if (key === undefined) continue
      const read = this.#readAt(key, pair.value)
      pairs.set(key, pair)
      value[key] = read.value
      size += read.size
    }
    // The map's own keys win, and of several sources the earlier one.
    for (const pair of all.filter(isMerge)) size += this.#merge(pair, pairs, value)
    return { value, size }
  }

  #readAt(step: string | number, node: Node | null): { value: unknown; size: number } {
    this.#path.push(step)
    const read = this.#read(node)
    this.#path.pop()
    return read
  }

  #readKey({ key }: MapPair, pairs: ReadonlyMap<string, MapPair>): string | undefined {
    const name = String(isScalar(key) ? key.value : '')
    if (name.length > longestKey) {
      this.#path.push(name.slice(0, 100))
      const message = say`the key is longer than ${longestKey} characters. Shorten it.`
      this.#refuse(rangeOf(key), message, 'ERR_PSC_YAML_LIMIT')
      this.#path.pop()
      return undefined
    }
    const before = pairs.get(name)
    if (name !== '__proto__' && before === undefined) return name
    this.#path.push(name)
    if (before === undefined) {
      const message = say`the name __proto__ is reserved. Choose another.`
      this.#refuse(rangeOf(key), message, 'ERR_PSC_ENTRY_NAME')
    } else {
      const { line } = this.#lines.linePos(rangeOf(before.key)[0])
      const message = say`the same key is at line ${line} already. Remove one of them, or rename it.`
      this.#refuse(rangeOf(key), message, 'ERR_PSC_REPEATED_KEY')
    }
    this.#path.pop()
    return undefined
  }

  #merge(pair: MapPair, pairs: Map<string, MapPair>, value: Record<string, unknown>): number {
    const read = this.#read(pair.value)
    // An undefined value is reported already.
    if (read.value === undefined) return 1
    const node = this.resolve(pair.value)
    const nodes = isSeq(node) ? (node.items as Node[]) : [node]
    const values = Array.isArray(read.value) ? (read.value as unknown[]) : [read.value]
    for (const [index, each] of nodes.entries()) {
      const source = this.resolve(each)
      const sourceValue = values[index]
      if (isMap(source) && isObject(sourceValue)) {
        for (const [key, merged] of this.#pairs.get(source) ?? []) {
          if (pairs.has(key)) continue
          pairs.set(key, merged)
          value[key] = sourceValue[key]
        }
      } else if (sourceValue !== undefined) {
        const message = say`the key << takes a map, an alias of one, or a list of them. Correct it.`
        this.#refuse(rangeOf(pair.value ?? pair.key), message, 'ERR_PSC_ALIAS')
      }
    }
    return read.size
  }
}

/** Aliases and merge keys add too many values. */
export class ExpansionError extends Error {}

function isMerge({ key }: MapPair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}

/** Returns the offsets of a node, without the comment and the white space after it. */
export function rangeOf(node: Node | null): Offsets {
  const [start, end] = node?.range ?? wholeText
  return [start, end]
}
