import {
  type Document,
  type ErrorCode,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import { isUtf16 } from '../read-file.ts'
import { type Problem, refuse } from '../rules/problem.ts'
import { buildTree, type Offsets, type Report, type Tree, wholeText } from './tree.ts'

const tooDeep = 'the values are nested too deeply. Write at most five levels.'

/** Our own words, because the library's may quote the text, and the text may be a secret. */
const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'an alias (*name) takes neither an anchor nor a tag. Remove it.',
  BAD_ALIAS:
    'the name of an alias or an anchor is missing. Put a value that begins with * or & in quotes.',
  BAD_DIRECTIVE: 'the line begins with %, as a YAML directive does. Put the value in quotes.',
  BAD_DQ_ESCAPE:
    'a backslash in double quotes begins an escape that does not exist. Write \\\\, or use single quotes.',
  BAD_INDENT: 'the indentation does not fit the lines before. Align it with its neighbours.',
  BAD_PROP_ORDER: 'an anchor or a tag is in the wrong place. It stands right before the value.',
  BAD_SCALAR_START: 'no value begins with this character. Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'there is a second key on the line, or a colon in the value. Start a new line, or put the value in quotes.',
  BLOCK_IN_FLOW: 'inside of { } and [ ] there are no indented blocks. Use { } and [ ] here too.',
  KEY_OVER_1024_CHARS: 'the key is longer than 1024 characters. Shorten it.',
  MULTILINE_IMPLICIT_KEY:
    'the key does not end in the line that it begins in. Look for a colon or a quote that is missing.',
  MULTIPLE_ANCHORS: 'the value has a second anchor (&name). Remove it.',
  MULTIPLE_DOCS: 'a manifest is one YAML document. Move what follows --- to a file of its own.',
  MULTIPLE_TAGS: 'a manifest has no tags. Put a value that begins with ! in quotes.',
  RESOURCE_EXHAUSTION: tooDeep,
  TAB_AS_INDENT: 'the line is indented with a tab. Indent it with spaces.',
  TAG_RESOLVE_FAILED: 'a manifest has no tags. Put a value that begins with ! in quotes.',
  UNEXPECTED_TOKEN:
    'a character is out of place. Look for a quote, a comma or a bracket that is wrong or missing.',
  BAD_COLLECTION_TYPE: 'a manifest has no tags. Remove it.',
}

/** For codes that stand for several mistakes: which one it is shows in the library's message alone. */
const details: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/closing ['"]quote/, 'the closing quote is missing. Add it.'],
  [/end with a \]/, 'the closing ] is missing. Add it.'],
  [/end with a \}/, 'the closing } is missing. Add it.'],
  [
    /^Comments must/,
    'a comment needs a space before its #. If the # belongs to the value, put the value in quotes.',
  ],
  [/^Implicit map keys/, 'a key has no colon. Write a colon and a space after it.'],
  [/^Missing ,/, 'a comma is missing between two items. Add it.'],
  [/^Missing space after :/, 'a space is missing after the colon. Add it.'],
  [/without - indicator/, 'an item of a list has no dash. Begin it with a dash and a space.'],
]

function explain({ code, message }: YAMLError): string {
  const detail = details.find(([pattern]) => pattern.test(message))
  return detail?.[1] ?? messages[code] ?? 'the text is not YAML. Correct it.'
}

/** A problem of the YAML itself, with its place. */
export interface YamlProblem {
  readonly problem: Problem
  readonly at: Offsets
}

export interface Parsed {
  /** The document even if it has errors, so that the secrets in it can be found. */
  readonly document?: Document.Parsed
  /** What is in it; absent if it is not YAML. */
  readonly tree?: Tree
  readonly problems: readonly YamlProblem[]
}

/** Parses a manifest's text. Its problems are all that is not YAML, or is YAML that a manifest does not have. */
export function parse({ text, lines }: Source): Parsed {
  const problems: YamlProblem[] = []
  const report: Report = (at, message, path, code = 'ERR_PSC_YAML') =>
    problems.push({ problem: refuse(path, message, code), at })
  try {
    const document = parseDocument(text, {
      merge: true,
      prettyErrors: false,
      // Judged in the tree, in time proportional to the keys and not to their square.
      uniqueKeys: false,
    })
    for (const [at, message] of told(document)) report(at, message, [])
    const tree = buildTree(document, lines, report)
    return { document, problems, ...(document.errors.length === 0 && { tree }) }
  } catch (error) {
    // The parser and the tree follow the nesting with the stack.
    if (!(error instanceof RangeError)) throw error
    return { problems: [{ problem: refuse([], tooDeep, 'ERR_PSC_YAML_LIMIT'), at: wholeText }] }
  }
}

/** The errors of a document's text without those that follow from the one before: more of the same. */
function told(document: Document.Parsed): (readonly [Offsets, string])[] {
  const all = [...document.errors, ...document.warnings].map(
    (problem) => [placeOf(problem, document), explain(problem)] as const,
  )
  return all.filter(([, message], index) => message !== all[index - 1]?.[1])
}

/** A quote that is missing at the end is shown where the text in quotes begins. */
function placeOf({ pos, message }: YAMLError, document: Document.Parsed): Offsets {
  let place: Offsets = pos
  if (!message.includes('closing')) return place
  visit(document, {
    Scalar(_, { range }) {
      if (range && range[0] < pos[0] && pos[0] <= range[1]) place = [range[0], range[0] + 1]
    },
  })
  return place
}

/** The text of a manifest, with what is needed to point into it. */
export interface Source {
  /** The file, as it was given. */
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
  /** Where the bytes stop being UTF-8, and why. */
  readonly damage?: { readonly at: Offsets; readonly message: string }
}

/** Decodes a manifest: UTF-8, a byte order mark left out, with lines that end with LF or CRLF, as they do for YAML. */
export function createSource(file: string, bytes: Uint8Array): Source {
  const text = new TextDecoder().decode(bytes)
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1)
  }
  const damage = findDamage(bytes, text)
  return { file, text, lines, ...(damage && { damage }) }
}

/** The text of a line, counted from 1, without its end. */
export function lineText({ text, lines }: Source, line: number): string {
  const start = lines.lineStarts[line - 1] ?? text.length
  const next = lines.lineStarts[line]
  return text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, '')
}

function findDamage(bytes: Uint8Array, text: string): Source['damage'] | undefined {
  if (isUtf16(bytes)) {
    return { at: wholeText, message: 'the file is UTF-16. Save it as UTF-8.' }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return undefined
  } catch {
    const message = 'the file is not UTF-8 from here on. Save it as UTF-8.'
    const offset = text.indexOf('\uFFFD')
    return { at: [offset, offset + 1], message }
  }
}
