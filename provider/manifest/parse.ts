import { isUtf8 } from 'node:buffer'
import {
  type Document,
  type ErrorCode,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { isUtf16 } from '../read-file.ts'
import { nameCharacter } from '../rules/characters.ts'
import { refuse } from '../rules/problem.ts'
import { withLineFeeds } from '../rules/text.ts'
import { say, sayLater } from '../say.ts'
import { ExpansionError, type Offsets, type PlacedProblem, Tree, wholeText } from './tree.ts'

/** Bounds the memory: the parser takes up to 2 KB for each. 16 MiB of clients in block style have some 700,000. */
const maxSigns = 1_000_000

const tooMuch = sayLater`the aliases and merge keys stand for more values than a manifest may have. Use fewer.`

const tooDense = sayLater`the manifest has more than ${maxSigns} signs of YAML, such as colons and line breaks. Split it.`

const tooDeep = sayLater`the values are nested too deeply. Write at most five levels.`

/** Replaces the library's messages, which may quote the text, and so a secret. */
const messages: Readonly<Partial<Record<ErrorCode, () => string>>> = {
  ALIAS_PROPS: sayLater`an alias (*name) takes neither an anchor nor a tag. Remove it.`,
  BAD_ALIAS: sayLater`the name of an alias or an anchor is missing. Put a value that begins with * or & in quotes.`,
  BAD_DIRECTIVE: sayLater`the line begins with %, as a YAML directive does. Put the value in quotes.`,
  BAD_DQ_ESCAPE: sayLater`a backslash in double quotes begins an escape that does not exist. Write \\\\, or use single quotes.`,
  BAD_INDENT: sayLater`the indentation does not fit the lines before. Align it with its neighbours.`,
  BAD_PROP_ORDER: sayLater`an anchor or a tag is in the wrong place. It stands right before the value.`,
  BAD_SCALAR_START: sayLater`no value begins with this character. Put the value in quotes.`,
  BLOCK_AS_IMPLICIT_KEY: sayLater`there is a second key on the line, or a colon in the value. Start a new line, or put the value in quotes.`,
  BLOCK_IN_FLOW: sayLater`inside of { } and [ ] there are no indented blocks. Use { } and [ ] here too.`,
  KEY_OVER_1024_CHARS: sayLater`the key is longer than 1024 characters. Shorten it.`,
  MULTILINE_IMPLICIT_KEY: sayLater`the key does not end in the line that it begins in. Look for a colon or a quote that is missing.`,
  MULTIPLE_ANCHORS: sayLater`the value has a second anchor (&name). Remove it.`,
  MULTIPLE_DOCS: sayLater`a manifest is one YAML document. Move what follows --- to a file of its own.`,
  MULTIPLE_TAGS: sayLater`a manifest has no tags. Put a value that begins with ! in quotes.`,
  NON_STRING_KEY: sayLater`a key must be a string. Put it in quotes.`,
  RESOURCE_EXHAUSTION: tooDeep,
  TAB_AS_INDENT: sayLater`the line is indented with a tab. Indent it with spaces.`,
  TAG_RESOLVE_FAILED: sayLater`a manifest has no tags. Put a value that begins with ! in quotes.`,
  UNEXPECTED_TOKEN: sayLater`a character is out of place. Look for a quote, a comma or a bracket that is wrong or missing.`,
  BAD_COLLECTION_TYPE: sayLater`a manifest has no tags. Remove it.`,
}

const notYaml = sayLater`the text is not YAML. Correct it.`

const openQuote = /closing ['"]quote/

/** Distinguishes the mistakes of a code that has several, by the library's message. */
const details: readonly (readonly [pattern: RegExp, message: () => string])[] = [
  [openQuote, sayLater`the closing quote is missing. Add it.`],
  [/end with a \]/, sayLater`the closing ] is missing. Add it.`],
  [/end with a \}/, sayLater`the closing } is missing. Add it.`],
  [
    /^Comments must/,
    sayLater`a comment needs a space before its #. If the # belongs to the value, put the value in quotes.`,
  ],
  [/^Implicit map keys/, sayLater`a key has no colon. Write a colon and a space after it.`],
  [/^Missing ,/, sayLater`a comma is missing between two items. Add it.`],
  [/^Missing space after :/, sayLater`a space is missing after the colon. Add it.`],
  [
    /without - indicator/,
    sayLater`an item of a list has no dash. Begin it with a dash and a space.`,
  ],
]

function explain({ code, message }: YAMLError): string {
  const detail = details.find(([pattern]) => pattern.test(message))
  return (detail?.[1] ?? messages[code] ?? notYaml)()
}

/** Holds the content of a manifest's text. */
export interface Parsed {
  readonly document?: Document.Parsed
  /** Absent if the text is not YAML, or exceeds a limit. */
  readonly tree?: Tree
  /** What is not YAML, or is YAML that a manifest must not have. */
  readonly problems: readonly PlacedProblem[]
}

/** Parses a manifest's text, in time proportional to it. Every key is a string, as it is written. */
export function parse({ text, lines, damage }: Source): Parsed {
  if (damage !== undefined) return { problems: [damage] }
  if (countSigns(text) > maxSigns) return { problems: [limit(tooDense())] }
  try {
    const document = withPlainEnvironment(() =>
      parseDocument(text, {
        merge: true,
        prettyErrors: false,
        stringKeys: true,
        // The tree reports them, in time proportional to the keys and not to their square.
        uniqueKeys: false,
      }),
    )
    const indentation = findIndentation(text, document)
    if (indentation !== undefined) return { problems: [indentation] }
    const problems = findErrors(text, document)
    if (document.errors.length > 0) return { problems }
    const tree = new Tree(document, lines)
    return { document, tree, problems: [...problems, ...tree.problems] }
  } catch (error) {
    if (error instanceof ExpansionError) return { problems: [limit(tooMuch())] }
    // The tree has a limit of its own. The parser may exhaust the call stack before.
    if (error instanceof RangeError) return { problems: [limit(tooDeep())] }
    throw error
  }
}

/**
 * Parses with a copy of the environment in place of `process.env`, which calls the system for each variable: the library
 * reads LOG_TOKENS there for every token, which takes a sixth of its time.
 */
function withPlainEnvironment<T>(read: () => T): T {
  const { env } = process
  process.env = { ...env }
  try {
    return read()
  } finally {
    process.env = env
  }
}

/** Counts the characters that can begin or end a value: an upper bound of what the parser builds. */
function countSigns(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += 1) if (signs.has(text.charCodeAt(at))) count += 1
  return count
}

const signs = new Set(Array.from('[]{},:*&!?|>\'"#\n-', (sign) => sign.charCodeAt(0)))

function limit(message: string): PlacedProblem {
  return { problem: refuse([], message, 'ERR_PSC_YAML_LIMIT'), at: wholeText }
}

/** Collects the errors and warnings of the library. Skips repetitions of the one before, which follow from it. */
function findErrors(text: string, document: Document.Parsed): PlacedProblem[] {
  const tab = document.errors.find(({ code }) => code === 'TAB_AS_INDENT')
  // All others follow from the first tab.
  const all = tab ? [tab] : [...document.errors, ...document.warnings]
  const odd = document.errors.length > 0 ? findOddSeparator(text) : undefined
  if (odd) return [odd]
  const hasOpenQuote = all.some(({ message }) => openQuote.test(message))
  const starts = hasOpenQuote ? startsOfScalars(document) : new Map<number, number>()
  return all
    .map((error): PlacedProblem => {
      const start = openQuote.test(error.message) ? starts.get(error.pos[0]) : undefined
      const at: Offsets = start === undefined ? error.pos : [start, start + 1]
      const code = error.code === 'RESOURCE_EXHAUSTION' ? 'ERR_PSC_YAML_LIMIT' : 'ERR_PSC_YAML'
      return { problem: refuse([], explain(error), code), at }
    })
    .filter(({ problem }, index, list) => problem.message !== list[index - 1]?.problem.message)
}

/** Matches the start of a line up to a character that looks like a space, or like nothing, and is no space of YAML. */
const oddIndentation = /^[ \t]*-?(?:[^\S\t\n\r ]|[\u200B-\u200F\u2060])/gmu

/** Finds the first line that is indented with such a character: all other problems follow from it. A text may begin so. */
function findIndentation(text: string, document: Document.Parsed): PlacedProblem | undefined {
  const found = Array.from(text.matchAll(oddIndentation), ({ 0: { length }, index }) => ({
    start: index,
    at: index + length - 1,
  }))
  if (found.length === 0) return undefined
  // A document with mistakes may have its nodes in another order.
  const ranges = rangesOfScalars(document).toSorted(([a], [b]) => a - b)
  let next = 0
  const odd = found.filter(({ start }) => {
    while (next < ranges.length && (ranges[next]?.[1] ?? 0) <= start) next += 1
    return (ranges[next]?.[0] ?? start) >= start
  })
  const [first, ...others] = odd
  if (first === undefined) return undefined
  const character = nameCharacter(text.slice(first.at))
  const message =
    others.length === 0
      ? say`the line is indented with ${character}. Indent with spaces.`
      : say`the line is indented with ${character}, and ${others.length} more so. Indent with spaces.`
  return { problem: refuse([], message, 'ERR_PSC_YAML'), at: [first.at, first.at + 1] }
}

/** Matches what YAML takes for a part of a key or a value: a character that looks like a colon and a space, or a dash and a space. */
const oddSeparator =
  /^ *(?:- +)*(?:[\w-]+(?::(?=[^\S\t\n\r ]|[\u200B-\u200F\u2060\uFEFF])|(?=\uFF1A))|-(?=[^\S\t\n\r ]))/mu

/** Finds the first such character, which explains the errors of the document. */
function findOddSeparator(text: string): PlacedProblem | undefined {
  const found = oddSeparator.exec(text)
  if (!found) return undefined
  const at = found.index + found[0].length
  const message = say`the line contains ${nameCharacter(text.slice(at))}. Write a colon or a dash, and a space after it.`
  return { problem: refuse([], message, 'ERR_PSC_YAML'), at: [at, at + 1] }
}

/** Maps the end of each scalar to its start: a missing quote is reported where the quoted text begins. */
function startsOfScalars(document: Document.Parsed): Map<number, number> {
  return new Map(rangesOfScalars(document).map(([start, end]) => [end, start]))
}

function rangesOfScalars(document: Document.Parsed): Offsets[] {
  const ranges: Offsets[] = []
  const pending: unknown[] = [document.contents]
  // Not the library's visit(), which copies the path to each node.
  while (pending.length > 0) {
    const node = pending.pop()
    if (isScalar(node) && node.range) ranges.push([node.range[0], node.range[1]])
    if (isCollection(node)) for (const item of node.items) pending.push(item)
    if (isPair(node)) pending.push(node.key, node.value)
  }
  return ranges
}

/** Holds the text of a manifest, and what is needed to point into it. */
export interface Source {
  /** The file, as it was given. */
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
  /** Where the bytes stop being UTF-8. */
  readonly damage?: PlacedProblem
}

/** Decodes a manifest from UTF-8, without a byte order mark. Lines end with LF, CRLF or CR, as in YAML. */
export function createSource(file: string, bytes: Uint8Array): Source {
  const text = withLineFeeds(new TextDecoder().decode(bytes))
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1)
  }
  const damage = findDamage(bytes, text)
  return { file, text, lines, ...(damage && { damage }) }
}

/** Returns the text of a line, counted from 1, without its end. */
export function lineText({ text, lines }: Source, line: number): string {
  const start = lines.lineStarts[line - 1] ?? text.length
  const end = (lines.lineStarts[line] ?? text.length + 1) - 1
  return text.slice(start, text.charAt(end - 1) === '\r' ? Math.max(start, end - 1) : end)
}

function findDamage(bytes: Uint8Array, text: string): PlacedProblem | undefined {
  const refuseEncoding = (message: string) => refuse([], message, 'ERR_PSC_ENCODING')
  if (isUtf16(bytes)) {
    return { problem: refuseEncoding(say`the file is UTF-16. Save it as UTF-8.`), at: wholeText }
  }
  if (isUtf8(bytes)) return undefined
  const offset = text.indexOf('\uFFFD')
  const problem = refuseEncoding(say`the file is not UTF-8 from here on. Save it as UTF-8.`)
  return { problem, at: [offset, offset + 1] }
}
