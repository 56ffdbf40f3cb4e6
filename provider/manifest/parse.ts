import { parseDocument } from 'yaml'
import type { Document, ErrorCode, YAMLError } from 'yaml'
import type { Source } from './source.ts'
import { Tree } from './tree.ts'
import type { Report } from './tree.ts'

/** Our own words, because the library's may quote the text, and the text may be a secret. */
const messages: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'an alias (*name) takes neither an anchor nor a tag',
  BAD_ALIAS:
    'a value that begins with * or & must be in quotes, unless it is an alias or an anchor',
  BAD_DIRECTIVE: 'this line begins with %, as a YAML directive does: put the value in quotes',
  BAD_DQ_ESCAPE:
    'a backslash in double quotes begins an escape, and this is none: write \\\\ or use single quotes',
  BAD_INDENT: 'the indentation does not fit the lines before: align it with its neighbours',
  BAD_PROP_ORDER: 'anchors and tags stand after the indicator and before the value',
  BAD_SCALAR_START: 'a value must not begin with this character: put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a second key on one line, or a colon in a value: start a new line, or put the value in quotes',
  BLOCK_IN_FLOW: 'inside of { } and [ ] there are no indented blocks: use { } and [ ] here too',
  KEY_OVER_1024_CHARS: 'a key has at most 1024 characters',
  MULTILINE_IMPLICIT_KEY:
    'a key ends in the line that it begins in: is a colon or a quote missing?',
  MULTIPLE_ANCHORS: 'a value has at most one anchor (&name)',
  MULTIPLE_DOCS: 'a manifest is one YAML document: move what follows --- to a file of its own',
  MULTIPLE_TAGS: 'a value has at most one tag',
  RESOURCE_EXHAUSTION: 'the values are nested too deeply',
  TAB_AS_INDENT: 'YAML indents with spaces: replace the tab',
  TAG_RESOLVE_FAILED: 'a manifest has no tags: if the value begins with !, put it in quotes',
  UNEXPECTED_TOKEN: 'this does not belong here: is a quote, a comma or a bracket wrong or missing?',
  BAD_COLLECTION_TYPE: 'a manifest has no tags',
}

/** For codes that stand for several mistakes: which one it is shows in the library's message alone. */
const details: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/closing ['"]quote/, 'a closing quote is missing'],
  [/end with a \]/, 'a closing ] is missing'],
  [/end with a \}/, 'a closing } is missing'],
  [
    /^Comments must/,
    'a comment needs a space before its #: if it is none, put the value in quotes',
  ],
  [/^Implicit map keys/, 'a key must be followed by a colon and a space'],
  [/^Missing ,/, 'a comma is missing between two items'],
  [/^Missing space after :/, 'a space is missing after the colon'],
  [/without - indicator/, 'an item of a list must begin with a dash and a space'],
]

function explain({ code, message }: YAMLError): string {
  const detail = details.find(([pattern]) => pattern.test(message))
  return detail?.[1] ?? messages[code] ?? 'this is not YAML'
}

export interface Parsed {
  /** The document even if it has errors, so that the secrets in it can be found. */
  readonly document?: Document.Parsed
  /** What is in it; absent if it is not YAML. */
  readonly tree?: Tree
}

/** Parses a manifest's text. Reports all that is not YAML, or is YAML that a manifest does not have. */
export function parse(source: Source, report: Report): Parsed {
  try {
    const document = parseDocument(source.text, {
      merge: true,
      prettyErrors: false,
      // Judged in the tree, which takes time in proportion to the keys and not to their square.
      uniqueKeys: false,
    })
    for (const problem of [...document.errors, ...document.warnings]) {
      report(problem.pos, explain(problem))
    }
    const tree = new Tree(document, source.lines, report)
    return document.errors.length === 0 ? { document, tree } : { document }
  } catch (error) {
    // The parser and the tree follow the nesting with the stack.
    if (!(error instanceof RangeError)) throw error
    report([0, 0], 'the values are nested too deeply')
    return {}
  }
}
