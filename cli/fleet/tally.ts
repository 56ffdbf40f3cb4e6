import type { automation } from '@pulumi/pulumi'

export type Operation = 'preview' | 'up' | 'refresh'

/** What became of a stack's entries. */
export interface Counts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** They left this stack; at their PSC they stay registered. */
  readonly removed: number
  /** A definite no, of a rule or of the PSC: repeating it does not help. */
  readonly refused: number
  /** Anything else that went wrong, such as a PSC that does not answer. */
  readonly failed: number
}

export const noCounts: Counts = {
  added: 0,
  changed: 0,
  unchanged: 0,
  removed: 0,
  refused: 0,
  failed: 0,
}

/** Something that went wrong: with an entry, or with the stack as a whole. */
export interface FleetProblem {
  readonly kind: 'refused' | 'failed'
  /** The key of the entry in the manifest. */
  readonly entry?: string
  readonly message: string
}

/** What an entry becomes, or would become by an `up` after a preview. */
export interface FleetChange {
  readonly kind: 'added' | 'changed' | 'removed'
  /** The key of the entry in the manifest. */
  readonly entry: string
}

/** All that is told of one stack. */
export interface Told {
  readonly counts: Counts
  readonly changes: readonly FleetChange[]
  readonly problems: readonly FleetProblem[]
  /** What did not stop anything and should be known, each once. */
  readonly warnings: readonly string[]
}

export const nothingTold: Told = { counts: noCounts, changes: [], problems: [], warnings: [] }

const ours = 'pulumi-nodejs:dynamic/psc:'

const outcomes: Readonly<Record<string, keyof Counts>> = {
  create: 'added',
  'create-replacement': 'changed',
  update: 'changed',
  same: 'unchanged',
  refresh: 'unchanged',
  delete: 'removed',
}

/** Counts what the engine tells of one stack. */
export class Tally {
  readonly #operation: Operation
  readonly #outcomes = new Map<string, keyof Counts>()
  readonly #problems: (FleetProblem & { readonly urn: string })[] = []
  readonly #warnings = new Set<string>()
  /** The ids of clients that take the place of themselves, because they are written again. */
  readonly #rewritten = new Set<string>()

  constructor(operation: Operation) {
    this.#operation = operation
  }

  /** @returns whether the counts have changed. */
  add(event: automation.EngineEvent): boolean {
    const { resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event
    if (diagnosticEvent?.severity === 'error') {
      return this.#addProblem(diagnosticEvent.urn ?? '', diagnosticEvent.message)
    }
    if (diagnosticEvent) this.#addWarning(diagnosticEvent)
    this.#noteRewritten(event.resourcePreEvent?.metadata)
    const metadata = resOutputsEvent?.metadata ?? resOpFailedEvent?.metadata
    if (!metadata?.type.startsWith(ours) || this.#failed(metadata.urn)) return false
    if (this.#operation === 'refresh' && metadata.op === 'delete') {
      return this.#addProblem(metadata.urn, leftTheState, 'refused')
    }
    const outcome = resOpFailedEvent ? 'failed' : outcomes[metadata.op]
    if (!outcome) return false
    this.#outcomes.set(metadata.urn, outcome)
    return true
  }

  get counts(): Counts {
    const counts = { ...noCounts }
    for (const outcome of this.#outcomes.values()) counts[outcome]++
    return counts
  }

  get changes(): FleetChange[] {
    return [...this.#outcomes].flatMap(([urn, kind]) =>
      kind === 'added' || kind === 'changed' || kind === 'removed'
        ? [{ kind, entry: readUrn(urn).entry }]
        : [],
    )
  }

  /** All of it, as it is now. */
  get told(): Told {
    const { counts, changes, problems, warnings } = this
    return { counts, changes, problems, warnings }
  }

  get problems(): FleetProblem[] {
    // That the stack has failed says nothing new where an entry's problem says why.
    const told = this.#problems.filter(({ entry }) => entry !== undefined)
    const list = told.length > 0 ? told : this.#problems
    return list.map(({ urn: _, ...problem }) => problem)
  }

  get warnings(): string[] {
    const stays = [...this.#rewritten].map((id) => `(${id}) leaves this stack`)
    return [...this.#warnings].filter((text) => !stays.some((words) => text.includes(words)))
  }

  #noteRewritten(metadata: automation.StepEventMetadata | undefined): void {
    if (metadata?.op !== 'create-replacement') return
    const [before, now] = [metadata.old, metadata.new].map((state) => {
      const { psc, clientId } = (state?.inputs ?? {}) as Readonly<Record<string, unknown>>
      return JSON.stringify([psc, clientId])
    })
    if (metadata.old && before === now) this.#rewritten.add(metadata.old.id)
  }

  /** The program warns under a resource, and the provider by a line on its stderr, which the engine passes on as it is. */
  #addWarning({ severity, message, urn = '' }: automation.DiagnosticEvent): void {
    const text = plain(message)
    const { type, entry } = readUrn(urn)
    const [, said] = /^warning: ([^]*)$/.exec(text) ?? []
    if (said !== undefined) this.#warnings.add(said)
    else if (severity === 'warning' && text !== '') {
      this.#warnings.add(type.startsWith(ours) ? `${entry}: ${text}` : text)
    }
  }

  #addProblem(urn: string, text: string, known?: FleetProblem['kind']): boolean {
    const message = plain(text)
    if (message === '') return false
    const kind = known ?? (isRefusal(message) ? 'refused' : 'failed')
    const { type, entry } = readUrn(urn)
    const isOurs = type.startsWith(ours)
    this.#problems.push({ kind, urn, message, ...(isOurs && { entry }) })
    if (!isOurs) return false
    this.#outcomes.set(urn, kind)
    return true
  }

  #failed(urn: string): boolean {
    const outcome = this.#outcomes.get(urn)
    return outcome === 'refused' || outcome === 'failed'
  }
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME`; the name may hold colons of its own. */
function readUrn(urn: string): { type: string; entry: string } {
  const [type = '', ...name] = urn.split('::').slice(2)
  return { type, entry: name.join('::') }
}

const leftTheState = 'the PSC does not know this client any more: it has left the state'

/** No answer, or one that asks to come back later. */
const unavailable = /\[(?:POST|PUT)\] "[^"]*": (?!\d{3}\b)|": (?:5\d\d|408|425|429)\b/

/** A secret that is not available where this runs. */
const secretMissing = /is not set here|cannot be read here|configuration has no \S+: pulumi config/

/** A rule's refusal has the engine's words around it, a PSC's has a status that a repetition does not change. */
function isRefusal(message: string): boolean {
  if (unavailable.test(message) || secretMissing.test(message)) return false
  return message.includes(' has a problem: ') || /": 4\d\d\b/.test(message)
}

/** Without the engine's colours (`<{%reset%}>`) and its counting of errors. */
function plain(text: string): string {
  return text
    .replace(/<\{%[a-z ]*%\}>/g, '')
    .replace(/^\d+ errors? occurred:\s*\*?\s*/, '')
    .trim()
}
