import { isAlias, isMap, isScalar, visit } from 'yaml'
import type { Document, Node, Pair } from 'yaml'
import { isShownReference, secretKey, secretsInBrokenText } from './secret-text.ts'
import type { Offsets } from './tree.ts'

/** Where a text has secrets: offsets that are never shown. */
export function findSecrets(text: string, document: Document.Parsed | undefined): Offsets[] {
  if (document === undefined || document.errors.length > 0) return secretsInBrokenText(text)
  const found: Offsets[] = []
  const trimmed = ([start, end]: Offsets): Offsets => {
    const shown = text.slice(start, end)
    return [end - shown.trimStart().length, start + shown.trimEnd().length]
  }
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && secretKey.test(String(pair.key.value))) {
        found.push(...secretsOfPair(pair as Pair<Node>, text, document))
      }
    },
  })
  return found.map(trimmed).filter(([start, end]) => start < end)
}

/** All that stands after the key, an anchor and a tag included, except a reference. */
function secretsOfPair({ key, value }: Pair<Node>, text: string, document: Document): Offsets[] {
  const node = value as Node | null
  const colon = text.indexOf(':', key.range?.[1])
  const [start, end] = node?.range ?? [colon, colon]
  const target = isAlias(node) ? node.resolve(document) : node
  const elsewhere = isAlias(node) && target?.range ? [rangeOf(target)] : []
  if (!isMap(target)) return [[colon + 1, end], ...elsewhere]
  const inside = (target.items as Pair<Node, Node | null>[]).flatMap((pair) => {
    const kind = isScalar(pair.key) ? String(pair.key.value) : ''
    if (isScalar(pair.value) && isShownReference(kind, String(pair.value.value))) return []
    return [pair.key, pair.value].filter((part) => part !== null).map(rangeOf)
  })
  return [[colon + 1, start], ...inside]
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
