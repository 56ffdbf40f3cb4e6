import { FileError } from '../../provider/errors.ts'
import { readText } from '../../provider/read-file.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { say, sayLater } from '../../provider/say.ts'
import { CommandError } from '../errors.ts'

/** Untyped properties of a stranger's file. */
export type Bag = Readonly<Record<string, unknown>>

/** A resource of a state, or of a step of a preview. */
export interface Resource {
  readonly urn: string
  readonly type: string
  readonly inputs: Bag
  /** Empty for a resource that does not exist yet. */
  readonly outputs: Bag
  /** When the engine last changed it in the state; ISO 8601. */
  readonly modified: string | null
}

export interface Step {
  readonly op: string
  readonly urn: string
  readonly before: Resource | undefined
  readonly after: Resource | undefined
}

export interface Diagnostic {
  readonly urn: string
  readonly severity: string
  readonly message: string
}

export interface Preview {
  readonly steps: readonly Step[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The contents of a file for a report, by its kind. */
interface Kinds {
  readonly state: readonly Resource[]
  readonly preview: Preview
  readonly verify: readonly Bag[]
}

export type Kind = keyof Kinds

const readers: { readonly [K in Kind]: (document: Bag) => Kinds[K] | undefined } = {
  state({ deployment }) {
    if (!isRecord(deployment)) return undefined
    return records(deployment.resources).flatMap((resource) => readResource(resource) ?? [])
  },
  preview({ steps, diagnostics, changeSummary }) {
    if (!Array.isArray(steps) && !isRecord(changeSummary)) return undefined
    return {
      steps: records(steps).map(({ op, urn, oldState, newState }) => ({
        op: String(op),
        urn: String(urn),
        before: readResource(oldState),
        after: readResource(newState),
      })),
      diagnostics: records(diagnostics).map(({ urn, severity, message }) => ({
        urn: typeof urn === 'string' ? urn : '',
        severity: String(severity),
        message: typeof message === 'string' ? message : '',
      })),
    }
  },
  verify({ results }) {
    return Array.isArray(results) ? records(results) : undefined
  },
}

const descriptions: Readonly<Record<Kind, () => string>> = {
  state: sayLater`a state from \`pulumi stack export\``,
  preview: sayLater`a preview from \`pulumi preview --json\``,
  verify: sayLater`a result of \`pulumi-psc verify --json\` or a history of --append`,
}

/** A state of 10,000 clients has some 40 MB, a preview of all of them some 60 MB. */
const longestFile = 256 * 2 ** 20

/**
 * Reads a file for a report. Its author may be a stranger: only regular files up to a limit are read.
 *
 * @throws {FileError} for a file that cannot be read.
 * @throws {CommandError} for a file of another kind.
 */
export function readSource<K extends Kind>(kind: K, file: string): Kinds[K] {
  const text = readBounded(file)
  const document = parse(text)
  const content = document && readers[kind](document)
  if (content !== undefined) return content
  // A history of --append with more than one line.
  const lines = kind === 'verify' ? readLines(text) : undefined
  if (lines !== undefined) return lines as unknown as Kinds[K]
  const flag = `--${kind} ${file}`
  const found = document && nameOf(document)
  const what =
    text.trim() === ''
      ? say`the file is empty.`
      : found === undefined
        ? say`the file is of an unknown kind.`
        : say`the file is ${descriptions[found]()}. Give it with ${`--${found}`}.`
  throw new CommandError(
    'ERR_PSC_REPORT_FILE',
    `${flag}: ${what} ${say`Expected ${descriptions[kind]()}.`}`,
  )
}

function readBounded(file: string): string {
  try {
    return readText(file, undefined, longestFile)
  } catch (error) {
    throw error instanceof FileError ? new FileError(`${file}: ${error.detail}`) : error
  }
}

function parse(text: string): Bag | undefined {
  try {
    const document: unknown = JSON.parse(text)
    return isRecord(document) ? document : undefined
  } catch {
    return undefined
  }
}

/** Reads the lines of a history. Skips one that was cut short. Undefined if no line is a result. */
function readLines(text: string): Bag[] | undefined {
  const lines = text.split('\n').flatMap((line): Bag[] => {
    const result = parse(line)
    return result ? [result] : []
  })
  const results = lines.filter(({ result, psc }) => isText(result) && isText(psc))
  return results.length > 0 ? results : undefined
}

function nameOf(document: Bag): Kind | undefined {
  return (Object.keys(readers) as Kind[]).find((kind) => readers[kind](document) !== undefined)
}

function readResource(value: unknown): Resource | undefined {
  if (!isRecord(value) || !isText(value.urn) || !isText(value.type)) return undefined
  const { urn, type, inputs, outputs, modified } = value
  return {
    urn,
    type,
    inputs: isRecord(inputs) ? inputs : {},
    outputs: isRecord(outputs) ? outputs : {},
    modified: isText(modified) ? modified : null,
  }
}

function records(value: unknown): Bag[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
