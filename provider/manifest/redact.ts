import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import type { z } from 'zod'
import { clientFields, credentialFields } from '../rules/client-fields.ts'
import type { PropertyPath } from '../rules/problem.ts'
import { isRecord } from '../rules/text.ts'
import { lineText, type Source } from './parse.ts'
import { manifestSchema, schemaOf } from './schema.ts'
import { rangeOf, type Tree } from './tree.ts'

const secretWord =
  /secr|segredo|senha|passw|pwd|token(?!Request|HasSideEffects)|private|chave|api.?key/i

/** Also matches the keys of references: a wrong one may hold the secret itself. */
const secretKey = new RegExp(`${secretWord.source}|^(?:env|config|pem)$`, 'i')

/** Cuts a path after the key of a secret. A step after it may be the secret, unless it is a kind of reference. */
export function withoutSecretKeys(path: PropertyPath): PropertyPath {
  // The first two steps are a section and the name of an entry.
  const at = path.findIndex((step, index) => index >= 2 && secretWord.test(String(step)))
  const next = String(path[at + 1])
  return at === -1 ? path : path.slice(0, /^(?:env|file|config)$/.test(next) ? at + 2 : at + 1)
}

/** Recognizes the user information of a URL, a line of a private key, and a comment about a secret. */
function looksSecret(line: string): boolean {
  const hash = line.indexOf('#')
  return (
    /:\/\/[^\s/?#]*@|^\s*[\w+/]{40,}={0,2}\s*$/.test(line) ||
    (hash !== -1 && secretWord.test(line.slice(hash)))
  )
}

const sections = ['clients', 'credentials', 'certificates', 'pscs']

/** Matches a line of a manifest's top. */
const topLine = new RegExp(`^["']?(?:${sections.join('|')})["']?[ \\t]*:`, 'm')

const shownFields = [...Object.keys(clientFields), ...Object.keys(credentialFields), 'stack']
  .filter((field) => !secretKey.test(field))
  .join('|')

/** Matches a line that begins with a field that is not a secret. */
const shownLine = new RegExp(`^\\s*(?:- +)?(?:${shownFields})\\s*:\\s`)

/** Tells whether a line, counted from 1, may be shown. */
export type IsShown = (line: number) => boolean

/**
 * Finds the lines that cannot hold a secret.
 *
 * - In valid YAML: all, except the key and value of each secret and of each unknown key, and the targets of aliases in the
 *   value.
 * - In text that is not YAML: only the lines of fields that are not secrets.
 * - Without a key of a manifest at its top: none.
 */
export function findShownLines(
  source: Source,
  parsed: { readonly document?: Document.Parsed; readonly tree?: Tree },
): IsShown {
  const { document, tree } = parsed
  if (tree && !sections.some((key) => isRecord(tree.value) && key in tree.value)) {
    return () => false
  }
  if (document === undefined || tree === undefined) {
    if (!topLine.test(source.text)) return () => false
    return perLine(
      source,
      // A map on the line may have unknown keys.
      (text) => shownLine.test(text) && !text.includes('{') && !secretWord.test(text),
    )
  }
  const secrets = findSecretLines(source, document, tree)
  return perLine(source, (_, line) => !secrets.has(line))
}

/** Tests each line once: a long line may have many problems. */
function perLine(source: Source, mayBeShown: (text: string, line: number) => boolean): IsShown {
  const known = new Map<number, boolean>()
  return (line) => {
    const before = known.get(line)
    if (before !== undefined) return before
    const text = lineText(source, line)
    const shown = mayBeShown(text, line) && !looksSecret(text)
    known.set(line, shown)
    return shown
  }
}

/**
 * Finds the lines of the key and value of each secret and each unknown key, and of the targets of aliases in the value.
 * Visits each node once.
 */
function findSecretLines({ lines }: Source, document: Document.Parsed, tree: Tree): Set<number> {
  const found = new Set<number>()
  const seen = new Set<unknown>()
  const pending: (Node | null | undefined)[] = []
  const hide = ({ key, value }: Pair) => {
    found.add(lines.linePos(rangeOf(key as Node)[0]).line)
    pending.push(value as Node | null)
  }
  for (const pair of secretPairs(document.contents)) hide(pair)
  for (const pair of unknownPairs(document.contents, manifestSchema)) hide(pair)
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === null || seen.has(node)) continue
    const [start, end] = rangeOf(node)
    const last = lines.linePos(end).line
    for (let { line } = lines.linePos(start); line <= last; line += 1) found.add(line)
    visit(node, {
      Node(_, inside) {
        if (seen.has(inside)) return visit.SKIP
        seen.add(inside)
        if (isAlias(inside)) pending.push(tree.resolve(inside))
        return undefined
      },
    })
  }
  return found
}

/** Yields the outermost pairs with the key of a secret. Not the library's visit(), which copies the path to each node. */
function* secretPairs(node: unknown): Generator<Pair> {
  const nodes = [node]
  while (nodes.length > 0) {
    const next = nodes.pop()
    if (isSeq(next)) nodes.push(...next.items)
    if (!isMap(next)) continue
    for (const pair of next.items) {
      if (isScalar(pair.key) && secretKey.test(String(pair.key.value).trim())) yield pair
      else nodes.push(pair.key, pair.value)
    }
  }
}

/** Yields the pairs whose key the schema does not have: their values may be secret. */
function* unknownPairs(node: unknown, schema: z.core.$ZodType): Generator<Pair> {
  if (isSeq(node)) {
    const item = schemaOf(schema, 0) ?? schema
    for (const each of node.items) yield* unknownPairs(each, item)
  }
  if (!isMap(node)) return
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    // A merge key adds to the map that it is in.
    const inside = key === '<<' ? schema : schemaOf(schema, key)
    if (inside === undefined) yield pair
    else yield* unknownPairs(pair.value, inside)
  }
}
