import { FileError } from '../../provider/errors.ts'
import { readText } from '../../provider/read-file.ts'
import { isRecord } from '../../provider/rules/text.ts'
import { say, sayLater } from '../../provider/say.ts'
import { CommandError } from '../errors.ts'

/** Untyped properties of a stranger's file. */
export type Bag = Readonly<Record<string, unknown>>

type BaseUrls = Readonly<Record<string, string>>

/** A resource of a state, or of a step of a preview. */
export interface Resource {
  readonly urn: string
  readonly type: string
  readonly inputs: Bag
  /** Empty for a resource that does not exist yet. */
  readonly outputs: Bag
  /** When the engine last changed it in the state; ISO 8601. */
  readonly modified: string | null
  /** The addresses of PSCs in the settings of its stack: one object for a whole preview. Absent in a state. */
  readonly baseUrls?: BaseUrls
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
  preview({ steps, diagnostics, changeSummary, config }) {
    if (!Array.isArray(steps) && !isRecord(changeSummary)) return undefined
    const baseUrls = readBaseUrls(config)
    return {
      steps: records(steps).map(({ op, urn, oldState, newState }) => ({
        op: String(op),
        urn: String(urn),
        before: readResource(oldState, baseUrls),
        after: readResource(newState, baseUrls),
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

/** Reads what has one document a line. */
const lineReaders: { readonly [K in Kind]?: (lines: readonly Bag[]) => Kinds[K] | undefined } = {
  preview: readEvents,
  /** A history of --append. Skips a line that was cut short. */
  verify(lines) {
    const results = lines.filter(({ result, psc }) => isText(result) && isText(psc))
    return results.length > 0 ? results : undefined
  },
}

/**
 * Reads the events of a preview with PULUMI_ENABLE_STREAMING_JSON_PREVIEW. Undefined for other lines, and without the event
 * that ends it: a report of a part would seem to be whole.
 */
function readEvents(events: readonly Bag[]): Preview | undefined {
  if (!events.some(({ summaryEvent }) => isRecord(summaryEvent))) return undefined
  const eventsOf = (name: string) => events.map((event) => event[name]).filter(isRecord)
  const baseUrls = readBaseUrls(eventsOf('preludeEvent')[0]?.config)
  return {
    steps: eventsOf('resourcePreEvent')
      .map(({ metadata }) => metadata)
      .filter(isRecord)
      .map(({ op, urn, old, new: next }) => ({
        op: String(op),
        urn: String(urn),
        before: readResource(old, baseUrls),
        after: readResource(next, baseUrls),
      })),
    diagnostics: eventsOf('diagnosticEvent').map(({ urn, severity, prefix, message }) => ({
      urn: isText(urn) ? urn : '',
      severity: String(severity),
      message: [prefix, message].filter(isText).join(''),
    })),
  }
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
  const content = read(kind, text)
  if (content !== undefined) return content
  const flag = `--${kind} ${file}`
  const found = kinds.find((other) => read(other, text) !== undefined)
  const what =
    text.trim() === ''
      ? say`the file is empty.`
      : found !== undefined
        ? say`the file is ${descriptions[found]()}. Give it with ${`--${found}`}.`
        : parse(text) === undefined
          ? say`the file is not JSON, or it is cut short. Write it again.`
          : say`the file is of an unknown kind.`
  throw new CommandError(
    'ERR_PSC_REPORT_FILE',
    `${flag}: ${what} ${say`Expected ${descriptions[kind]()}.`}`,
  )
}

/** Reads a document, or a document a line. */
function read<K extends Kind>(kind: K, text: string): Kinds[K] | undefined {
  const document = parse(text)
  const content = document && readers[kind](document)
  if (content !== undefined) return content
  const lines = text.split('\n').flatMap((line): Bag[] => {
    const one = parse(line)
    return one ? [one] : []
  })
  return lineReaders[kind]?.(lines)
}

const kinds = Object.keys(readers) as readonly Kind[]

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

function readResource(value: unknown, baseUrls?: BaseUrls): Resource | undefined {
  if (!isRecord(value) || !isText(value.urn) || !isText(value.type)) return undefined
  const { urn, type, inputs, outputs, modified } = value
  return {
    urn,
    type,
    inputs: isRecord(inputs) ? inputs : {},
    outputs: isRecord(outputs) ? outputs : {},
    modified: isText(modified) ? modified : null,
    ...(baseUrls && { baseUrls }),
  }
}

/** @param config the settings of the stack, as a preview has them: an object is JSON text. */
function readBaseUrls(config: unknown): BaseUrls {
  const text = isRecord(config) ? config['psc:baseUrls'] : undefined
  const urls = isText(text) ? (parse(text) ?? {}) : {}
  return Object.fromEntries(
    Object.entries(urls).filter((entry): entry is [string, string] => isText(entry[1])),
  )
}

function records(value: unknown): Bag[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
