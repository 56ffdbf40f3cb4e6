import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { PropertyPath as Path } from '../rules/problem.ts'
import type { Document, LineCounter, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'

/** Offsets in the text: where a node starts and where it stops. */
export type Offsets = readonly [start: number, end: number]

export type Report = (at: Offsets, message: string) => void

interface Entry {
  readonly key?: Offsets
  readonly value: Offsets
  /** The node itself, an alias resolved. */
  readonly node: Node | undefined
}

interface Built {
  readonly value: unknown
  readonly node: Node | undefined
  /** How many values this one stands for, aliases resolved each time. */
  readonly size: number
}

const start: Offsets = [0, 0]

type Entries = Map<string | number, Entry>

/** Far more than a manifest of ten thousand clients needs, far less than what fills a memory. */
export const maxValues = 2_000_000

/**
 * The plain values of a YAML document, and where each of them is in the text.
 *
 * Maps have no prototype. An alias shares the value of its anchor and a merge key (`<<`) copies the entries, so that
 * a place inside of them is the place where the text to change is; an alias on its own is pointed to where it is used.
 */
export class Tree {
  readonly value: unknown
  readonly #root: Node | undefined
  readonly #entries = new Map<object, Entries>()
  readonly #anchors = new Map<string, Built | 'open'>()
  readonly #lines: LineCounter
  readonly #report: Report

  constructor(document: Document.Parsed, lines: LineCounter, report: Report) {
    this.#lines = lines
    this.#report = report
    const built = this.#build(document.contents)
    this.#root = built.node
    if (built.size > maxValues) {
      report(
        [0, 0],
        'The aliases stand for more values than a manifest may have. Use fewer of them.',
      )
      this.value = undefined
    } else {
      this.value = built.value
    }
  }

  /** Where the value at a path is; of what is missing, the key of what should have it. */
  locate(path: Path): Offsets {
    const entry = this.#find(path)
    return entry?.found === true ? entry.value : (entry?.key ?? entry?.value ?? start)
  }

  /** Where the key at a path is. */
  locateKey(path: Path): Offsets {
    const entry = this.#find(path)
    return entry?.key ?? entry?.value ?? start
  }

  /** The value at a path; undefined where nothing is. */
  valueAt(path: Path): unknown {
    return path.reduce(own, this.value)
  }

  /** The YAML node of the value at a path, an alias resolved. */
  nodeAt(path: Path): Node | undefined {
    let node = this.#root
    let value = this.value
    for (const segment of path) {
      node = this.#entry(value, segment)?.node
      value = own(value, segment)
    }
    return node
  }

  /** The entry at a path, or else the last one on the way. */
  #find(path: Path): (Entry & { readonly found: boolean }) | undefined {
    let last: Entry | undefined
    let value = this.value
    for (const segment of path) {
      const entry = this.#entry(value, segment)
      if (entry === undefined) return last && { ...last, found: false }
      last = entry
      value = own(value, segment)
    }
    return last && { ...last, found: true }
  }

  #entry(value: unknown, segment: string | number): Entry | undefined {
    if (typeof value !== 'object' || value === null) return undefined
    return this.#entries.get(value)?.get(segment)
  }

  #build(node: Node | null | undefined): Built {
    if (node === null || node === undefined) return { value: null, node: undefined, size: 1 }
    if (isAlias(node)) return this.#resolve(node.source, offsets(node))
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined
    if (anchor !== undefined) this.#anchors.set(anchor, 'open')
    const built = this.#buildPlain(node)
    if (anchor !== undefined) this.#anchors.set(anchor, built)
    return built
  }

  #buildPlain(node: Node): Built {
    if (isMap(node)) return this.#buildMap(node)
    if (isSeq(node)) return this.#buildList(node)
    return { value: isScalar(node) ? node.value : null, node, size: 1 }
  }

  #resolve(name: string, at: Offsets): Built {
    const built = this.#anchors.get(name)
    if (built !== undefined && built !== 'open') return built
    this.#report(
      at,
      built === 'open'
        ? 'The alias stands inside of what it stands for. Move it out, or write the value.'
        : 'The alias has no anchor before it. Put a value that begins with * in quotes.',
    )
    return { value: undefined, node: undefined, size: 1 }
  }

  #buildList(list: YAMLSeq): Built {
    const value: unknown[] = []
    const entries: Entries = new Map()
    this.#entries.set(value, entries)
    let size = 1
    for (const item of list.items as Node[]) {
      const built = this.#build(item)
      entries.set(value.length, { value: offsets(item), node: built.node })
      value.push(built.value)
      size += built.size
    }
    return { value, node: list, size }
  }

  #buildMap(map: YAMLMap): Built {
    const value = Object.create(null) as Record<string, unknown>
    const entries: Entries = new Map()
    this.#entries.set(value, entries)
    const merges: Pair[] = []
    let size = 1
    for (const pair of map.items as Pair<Node | null, Node | null>[]) {
      if (isScalar(pair.key) && typeof pair.key.value === 'symbol') {
        merges.push(pair)
        continue
      }
      const key = this.#key(pair, map, entries)
      const built = this.#build(pair.value)
      size += built.size
      if (key === undefined) continue
      const at = offsets(pair.key)
      entries.set(key, { key: at, value: valueOffsets(pair, at), node: built.node })
      value[key] = built.value
    }
    for (const pair of merges) size += this.#merge(pair, value, entries)
    return { value, node: map, size }
  }

  #key(pair: Pair<Node | null, Node | null>, map: YAMLMap, entries: Entries): string | undefined {
    const { key } = pair
    const at = key === null ? offsets(map) : offsets(key)
    if (!isScalar(key) || typeof key.value !== 'string') {
      this.#report(at, 'A key must be text. Put it in quotes.')
      return undefined
    }
    if (key.value === '__proto__') {
      this.#report(at, 'No entry can have the name __proto__. Choose another.')
      return undefined
    }
    const before = entries.get(key.value)
    if (before !== undefined) {
      const { line } = this.#lines.linePos((before.key ?? before.value)[0])
      this.#report(at, `The same key is at line ${line} already. Remove one of them, or rename it.`)
      return undefined
    }
    return key.value
  }

  /** Entries that the map has itself, or that an earlier merge gave it, stay. */
  #merge(pair: Pair, value: Record<string, unknown>, entries: Entries): number {
    const built = this.#build(pair.value as Node | null)
    for (const source of Array.isArray(built.value) ? (built.value as unknown[]) : [built.value]) {
      const from =
        typeof source === 'object' && source !== null ? this.#entries.get(source) : undefined
      if (from === undefined || Array.isArray(source)) {
        if (source !== undefined) {
          this.#report(
            valueOffsets(pair, offsets(pair.key as Node)),
            'The key << merges a map, an alias of one, or a list of them, and this is none.',
          )
        }
        continue
      }
      for (const [key, entry] of from) {
        if (entries.has(key)) continue
        entries.set(key, entry)
        value[key] = own(source, key)
      }
    }
    return built.size
  }
}

function own(value: unknown, segment: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment))
    return undefined
  return (value as Record<string | number, unknown>)[segment]
}

function offsets(node: Node | null): Offsets {
  const [start, end] = node?.range ?? [0, 0]
  return [start, end]
}

/** A value that is not there (`name:`) is pointed to by its key. */
function valueOffsets(pair: Pair, key: Offsets): Offsets {
  const { value } = pair as Pair<Node, Node | null>
  if (value?.range === null || value?.range === undefined) return key
  const [start, end] = value.range
  return start === end ? key : [start, end]
}
