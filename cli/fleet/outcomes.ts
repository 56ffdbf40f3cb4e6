import type { automation } from '@pulumi/pulumi'
import { type Code, codes } from '../../provider/codes.ts'
import { hasDrifted } from '../../provider/client/index.ts'
import { describeDeletion, isDocumentedCode } from '../../provider/psc/index.ts'
import { say, sayLater } from '../../provider/say.ts'
import type { Operation } from './options.ts'

/** Counts the outcomes of a stack's entries. */
export interface Counts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** A refresh with `psc:drift` found other redirect URIs at the PSC than declared. */
  readonly drifted: number
  /** They left this stack and stay registered at their PSC. */
  readonly removed: number
  /** A rule or the PSC refused them. Repeating does not help. */
  readonly refused: number
  /** Any other problem, such as a PSC that does not answer. */
  readonly failed: number
}

export const noCounts: Counts = {
  added: 0,
  changed: 0,
  unchanged: 0,
  drifted: 0,
  removed: 0,
  refused: 0,
  failed: 0,
}

/** A message about an entry, or about the whole stack. */
export interface FleetWarning {
  /** The key of the entry in the manifest. */
  readonly entry?: string
  /** The code at the end of the message; undefined for the engine's own messages. */
  readonly code?: string
  readonly message: string
}

/** A problem of an entry, or of the whole stack. */
export interface FleetProblem extends FleetWarning {
  readonly kind: 'refused' | 'failed'
}

/** A change of an entry; after a preview, the change that `up` would make; after a refresh, one at the PSC. */
export interface FleetChange {
  readonly kind: 'added' | 'changed' | 'drifted' | 'removed'
  /** The key of the entry in the manifest. */
  readonly entry: string
}

/** Holds the results of one stack. */
export interface StackOutcomes {
  readonly counts: Counts
  readonly changes: readonly FleetChange[]
  readonly problems: readonly FleetProblem[]
  /** Each warning once. */
  readonly warnings: readonly FleetWarning[]
}

export const noOutcomes: StackOutcomes = {
  counts: noCounts,
  changes: [],
  problems: [],
  warnings: [],
}

const ours = 'pulumi-nodejs:dynamic/psc:'

/** Maps the engine's operations to the outcomes of entries. */
const outcomeOf: Readonly<Record<string, keyof Counts>> = {
  create: 'added',
  'create-replacement': 'changed',
  update: 'changed',
  same: 'unchanged',
  refresh: 'unchanged',
  delete: 'removed',
}

/** Codes of problems that may be gone at the next run without a change of the manifest. */
const passing: ReadonlySet<string> = new Set<Code>([
  'ERR_PSC_ENGINE',
  'ERR_PSC_FILE',
  'ERR_PSC_NOT_SETTLED',
  'ERR_PSC_SECRET_UNAVAILABLE',
  'ERR_PSC_UNAVAILABLE',
  'ERR_PSC_UNEXPECTED_ANSWER',
])

/** Makes a problem of a whole stack. */
export function stackProblem(code: Code, detail: string): FleetProblem {
  return { kind: 'failed', code, message: `${detail} [${code}]` }
}

/** Collects the outcomes of one stack's entries from the engine's events. */
export class Outcomes {
  readonly #operation: Operation
  readonly #outcomes = new Map<string, keyof Counts>()
  readonly #problems: FleetProblem[] = []
  readonly #warnings = new Map<string, FleetWarning>()
  /** The clients that the run declares. */
  readonly #declared = new Set<string>()

  constructor(operation: Operation) {
    this.#operation = operation
  }

  /** @returns whether the counts have changed. */
  add(event: automation.EngineEvent): boolean {
    const { resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event
    if (diagnosticEvent?.severity === 'error') {
      return this.#addProblem(diagnosticEvent.urn ?? '', plain(diagnosticEvent.message))
    }
    if (diagnosticEvent) this.#addDiagnosticWarning(diagnosticEvent)
    this.#noteDeclared(event.resourcePreEvent?.metadata)
    const metadata = resOutputsEvent?.metadata ?? resOpFailedEvent?.metadata
    if (!metadata?.type.startsWith(ours) || this.#hasFailed(metadata.urn)) return false
    if (this.#operation === 'refresh' && metadata.op === 'delete') {
      return this.#addProblem(metadata.urn, unknownAtPsc())
    }
    if (resOutputsEvent) this.#noteRemoved(metadata)
    const isDrifted =
      this.#operation === 'refresh' && resOutputsEvent && hasDrifted(metadata.new?.outputs ?? {})
    const outcome = resOpFailedEvent ? 'failed' : isDrifted ? 'drifted' : outcomeOf[metadata.op]
    if (!outcome) return false
    this.#outcomes.set(metadata.urn, outcome)
    return true
  }

  get counts(): Counts {
    const counts = { ...noCounts }
    for (const outcome of this.#outcomes.values()) counts[outcome]++
    return counts
  }

  /** The results so far. */
  get result(): StackOutcomes {
    const changes = [...this.#outcomes].flatMap(([urn, kind]) =>
      kind === 'added' || kind === 'changed' || kind === 'drifted' || kind === 'removed'
        ? [{ kind, entry: readUrn(urn).entry }]
        : [],
    )
    // An entry's problem already explains the failure of the stack.
    const ofEntries = this.#problems.filter(({ entry }) => entry !== undefined)
    const problems = ofEntries.length > 0 ? ofEntries : [...this.#problems]
    return { counts: this.counts, changes, problems, warnings: [...this.#warnings.values()] }
  }

  #noteDeclared(metadata: automation.StepEventMetadata | undefined): void {
    if (metadata?.new && !metadata.op.startsWith('delete')) this.#declared.add(keyOf(metadata.new))
  }

  /** Warns of a client that leaves the stack, unless it has only another name there or is written again. */
  #noteRemoved({ op, old, type, urn }: automation.StepEventMetadata): void {
    const isRemoved = op.startsWith('delete') && !(old && this.#declared.has(keyOf(old)))
    if (this.#operation !== 'up' || !isRemoved || !type.endsWith(':PscClient')) return
    const { entry } = readUrn(urn)
    const id = old === undefined ? '' : ` (${old.id})`
    this.#warn({
      entry,
      code: staysRegistered,
      message: `${say`${entry + id} leaves this stack and stays registered at its PSC.`} ${describeDeletion(old?.inputs.psc)} [${staysRegistered}]`,
    })
  }

  /**
   * Reads a warning. A program warns under a resource. A provider only writes lines to its stderr, which the engine passes
   * on as information; the code tells which of them are warnings.
   */
  #addDiagnosticWarning({ severity, message, urn = '' }: automation.DiagnosticEvent): void {
    const text = plain(message)
    const code = codeAtEnd(text)
    const isOfProgram = severity === 'warning'
    if (!isOfProgram && code?.startsWith('WARN_PSC_') !== true) return
    if (text === '' || code === staysRegistered) return
    const { type, entry } = readUrn(urn)
    const isOfEntry = isOfProgram && type.startsWith(ours)
    this.#warn({
      ...(isOfEntry && { entry }),
      ...(code !== undefined && { code }),
      message: text.replace(/^warning: /, ''),
    })
  }

  #warn(warning: FleetWarning): void {
    this.#warnings.set(JSON.stringify([warning.entry, warning.message]), warning)
  }

  #addProblem(urn: string, text: string): boolean {
    if (text === '') return false
    const code = codeAtEnd(text) ?? 'ERR_PSC_ENGINE'
    const message = code === 'ERR_PSC_ENGINE' ? `${text} [${code}]` : text
    const kind = passing.has(code) ? 'failed' : 'refused'
    const { type, entry } = readUrn(urn)
    const isOfEntry = type.startsWith(ours)
    this.#problems.push({ kind, ...(isOfEntry && { entry }), code, message })
    if (!isOfEntry) return false
    this.#outcomes.set(urn, kind)
    return true
  }

  #hasFailed(urn: string): boolean {
    const outcome = this.#outcomes.get(urn)
    return outcome === 'refused' || outcome === 'failed'
  }
}

const staysRegistered: Code = 'WARN_PSC_STAYS_REGISTERED'

const unknownAtPsc = sayLater`the PSC does not know this client any more. The refresh removed it from the state. Remove it from the manifest, or ask the support of the PSC. [ERR_PSC_UNKNOWN_CLIENT]`

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME`; the name may hold colons of its own. */
export function readUrn(urn: string): { type: string; entry: string } {
  const [type = '', ...name] = urn.split('::').slice(2)
  return { type, entry: name.join('::') }
}

/** Reads the code at the end of one of our messages. The engine passes messages on as plain text. */
export function codeAtEnd(message: string): string | undefined {
  const word = /\[(\w+)\]$/.exec(message)?.[1] ?? ''
  return Object.hasOwn(codes, word) || isDocumentedCode(word) ? word : undefined
}

/** Removes the engine's colours (`<{%reset%}>`) and its heading of a list of errors. */
export function plain(text: string): string {
  return text
    .replace(/<\{%[a-z ]*%\}>/g, '')
    .replace(/^\d+ errors? occurred:\s*\*?\s*/, '')
    .trim()
}

/** Names the client of a state, whichever resource describes it. */
function keyOf({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }): string {
  return JSON.stringify([inputs.psc, inputs.clientId])
}
