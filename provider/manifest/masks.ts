import { isAlias, isMap, isScalar, visit } from 'yaml'
import type { Document, Node } from 'yaml'
import type { Offsets } from './tree.ts'

/** A key whose value is a secret, however it is misspelt or wherever it stands. */
const secretKey = /secret|secrt|senha|passw|token|segredo|private/i

/** What may be shown of a reference; a value of `env` that does not look like a variable may be the secret itself. */
const reference: Readonly<Record<string, RegExp>> = {
  env: /^[A-Z_][A-Z0-9_]*$/,
  file: /^/,
  config: /^/,
}

/** Where a document's text has secrets: offsets that are never shown. */
export function secretOffsets(document: Document.Parsed): Offsets[] {
  const found: Offsets[] = []
  const add = ({ range }: Node) => {
    if (range) found.push([range[0], range[1]])
  }
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !secretKey.test(String(key.value))) return undefined
      const target = isAlias(value) ? value.resolve(document) : value
      if (isAlias(value)) add(value)
      if (isMap(target)) {
        for (const pair of target.items) maskReference(pair.key, pair.value, add)
      } else if (target instanceof Object && 'range' in target) add(target as Node)
      return undefined
    },
  })
  return found
}

function maskReference(key: unknown, value: unknown, add: (node: Node) => void): void {
  const kind = isScalar(key) ? String(key.value) : ''
  const shown = Object.hasOwn(reference, kind) ? reference[kind] : undefined
  if (shown === undefined && isScalar(key) && value === null) add(key)
  if (value instanceof Object && !(isScalar(value) && shown?.test(String(value.value)))) {
    add(value as Node)
  }
}

const inLine = [
  // The user information of a URL.
  /(?<=:\/\/)[^\s/?#]*(?=@)/g,
  // A line of a private key.
  /(?<=^\s*)[A-Za-z0-9+/]{40,}={0,2}(?=\s*$)/g,
]

/** In a text that could not be parsed, all that follows a key of a secret, except a reference. */
const afterSecretKey =
  /(?<=(?:secret|secrt|senha|passw|token|segredo|private)[\w-]*["']?\s*[:=]\s*)(?!\s|\{\s*(?:env|file|config)\s*:).+/gi

/** What is masked in a line by its look alone, with offsets in the line. */
export function masksInLine(line: string, parsed: boolean): Offsets[] {
  const patterns = parsed ? inLine : [...inLine, afterSecretKey]
  return patterns.flatMap((pattern) =>
    Array.from(line.matchAll(pattern), ({ index, 0: text }): Offsets => [
      index,
      index + text.length,
    ]),
  )
}
