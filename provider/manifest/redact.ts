import { type Document, isAlias, isMap, isScalar, type Node, type Pair, visit } from 'yaml'
import type { Offsets } from './tree.ts'

/** Where a text has secrets: offsets that are never shown. */
export function findSecrets(text: string, document: Document.Parsed | undefined): Offsets[] {
  if (document === undefined || document.errors.length > 0) return secretsInBrokenText(text)
  const found: Offsets[] = []
  visit(document, {
    Pair(_, { key, value }) {
      const name = isScalar(key) ? String(key.value).trim() : ''
      // A reference that is indented wrongly may hold the secret itself, as one in its place may.
      const stray =
        name === 'env' && isScalar(value) && !isShownReference(name, String(value.value))
      if (!isScalar(key) || !(stray || secretKey.test(name))) return
      const colon = text.indexOf(':', key.range?.[1])
      const [, end] = (value as Node | null)?.range ?? [colon, colon + 1]
      found.push(...allBut(text, [colon + 1, endOfRest(text, end)], references(value)))
      if (isAlias(value)) {
        const target = value.resolve(document)
        if (target?.range) found.push(...allBut(text, rangeOf(target), references(target)))
      }
    },
  })
  return found
}

/** Where a value says where a secret is, and may be shown: `env: NAME`. */
function references(value: unknown): Offsets[] {
  if (!isMap(value)) return []
  return (value.items as Pair<Node, Node | null>[]).flatMap(({ key, value: place }) => {
    const kind = isScalar(key) ? String(key.value) : ''
    const shown = isScalar(place) && isShownReference(kind, String(place.value))
    return shown ? [[rangeOf(key)[0], rangeOf(place)[1]] as const] : []
  })
}

/** What is left of a range without some parts of it, and without the signs of a map around them. */
function allBut(text: string, [from, to]: Offsets, parts: readonly Offsets[]): Offsets[] {
  const starts = [from, ...parts.map(([, end]) => end)]
  const ends = [...parts.map(([start]) => start), to]
  return starts.flatMap((start, index): Offsets[] => {
    const gap = text.slice(start, ends[index])
    const trimmed = gap.replace(/^[\s{},]+/, '')
    const first = start + gap.length - trimmed.length
    const length = trimmed.replace(/[\s{},]+$/, '').length
    return length === 0 ? [] : [[first, first + length]]
  })
}

/** Beyond all that stands behind a value and belongs to no other: a comment may hold the secret of before. */
function endOfRest(text: string, from: number): number {
  const lineEnd = text.indexOf('\n', from)
  const rest = text.slice(from, lineEnd === -1 ? undefined : lineEnd)
  return /^\s*[,}\]]/.test(rest) ? from : from + rest.length
}

function rangeOf({ range }: Node): Offsets {
  return [range?.[0] ?? 0, range?.[1] ?? 0]
}

const inLine = [
  // The user information of a URL.
  /(?<=:\/\/)[^\s/?#]*(?=@)/g,
  // A line of a private key.
  /(?<=^\s*)[A-Za-z0-9+/]{40,}={0,2}(?=\s*$)/g,
]

/** What is masked in a line by its look alone, with offsets in the line. */
export function masksInLine(line: string): Offsets[] {
  return inLine.flatMap((pattern) =>
    Array.from(line.matchAll(pattern), ({ index, 0: text }): Offsets => [
      index,
      index + text.length,
    ]),
  )
}

const secretWord =
  '(?:secr|segredo|senha|passw|pwd|token(?!Request|HasSideEffects)|private|chave|api.?key)'

/** A key whose value is a secret, however it is misspelt and wherever it stands. */
export const secretKey = new RegExp(secretWord, 'i')

const shownReferences: ReadonlyMap<string, RegExp> = new Map([
  // What does not look like the name of a variable may be the secret itself.
  ['env', /^[A-Z_][A-Z0-9_]*$/],
  ['file', /^/],
  ['config', /^/],
])

/** Whether the value of a reference to a secret may be shown. */
export function isShownReference(kind: string, value: string): boolean {
  return shownReferences.get(kind)?.test(value) ?? false
}

const keyInLine = new RegExp(`${secretWord}[\\w-]*["']?[\\s:=#]*`, 'gi')

const referenceInLine = /\{\s*(env|file|config)\s*:\s*([^\s{},"']*)\s*\}/y

const referenceAlone = /^\s*(env|file|config)\s*:\s*(\S*)\s*$/

/**
 * Where a text that is no YAML may have secrets: from a secret's key to the end of its line, and on to the quote that
 * ends it, or to the next field that is not indented deeper.
 */
export function secretsInBrokenText(text: string): Offsets[] {
  const found: Offsets[] = []
  let start = 0
  let continues: ((line: string) => boolean) | undefined
  for (const line of text.split('\n')) {
    if (continues?.(line) === true) {
      if (!isReferenceAlone(line)) found.push([start, start + line.length])
    } else {
      const from = secretStart(line)
      if (from !== undefined) found.push([start + from, start + line.length])
      continues = from === undefined ? undefined : continuation(line, from)
    }
    start += line.length + 1
  }
  return found
}

/** Where the first secret of a line starts: after its key, unless a reference is all that follows the key. */
function secretStart(line: string): number | undefined {
  for (const { index, 0: key } of line.matchAll(keyInLine)) {
    const after = index + key.length
    referenceInLine.lastIndex = after
    const [, kind = '', value = ''] = referenceInLine.exec(line) ?? []
    if (!isShownReference(kind, value)) return after
  }
  return undefined
}

function isReferenceAlone(line: string): boolean {
  const [, kind = '', value = ''] = referenceAlone.exec(line) ?? []
  return isShownReference(kind, value)
}

/** A field whose value is no secret, or a key with nothing behind it. */
const endsSecret =
  /^ *(?:- +)?(?:(?:psc|clientId|name|comments|email|redirectUris|certificate|preflight|stack|issuer|authBaseUrl)\s*:\s|[\w.-]+\s*:\s*$)/

/** Tells of each line that follows whether the value goes on in it. */
function continuation(first: string, from: number): (line: string) => boolean {
  const indent = first.search(/[^\s-]/)
  const quote = /^\s*(["'])/.exec(first.slice(from))?.[1]
  let open = quote !== undefined && first.slice(from).split(quote).length % 2 === 0
  return (line) => {
    if (open) {
      open = quote !== undefined && line.split(quote).length % 2 === 1
      return true
    }
    return line.search(/\S/) > indent || !endsSecret.test(line)
  }
}
