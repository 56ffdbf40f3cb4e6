import { isAlias, isMap, isScalar, visit } from 'yaml'
import type { Document, Node, Pair } from 'yaml'
import { isShownReference, secretKey, secretsInBrokenText } from './secret-text.ts'
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
