import type { ManifestProblem } from '../../provider/manifest/index.ts'
import { printable } from '../../provider/rules/text.ts'
import { say, sayLater } from '../../provider/say.ts'
import { jsonText } from '../json.ts'
import { locales, spokenLanguage } from '../language.ts'
import { problemJson } from '../manifest-problem.ts'
import type { Operation } from './options.ts'
import {
  type Counts,
  type FleetChange,
  type FleetWarning,
  noCounts,
  noOutcomes,
} from './outcomes.ts'
import type { Entries, Part, StackResult } from './protocol.ts'

/** Holds the result of a run that ended or was stopped. */
export interface FleetRun {
  readonly operation: Operation
  readonly parts: readonly Part[]
  /** What the name of a stack, or its missing entries, may not mean; by the name of the stack. */
  readonly partWarnings: ReadonlyMap<string, readonly FleetWarning[]>
  /** By the name of the stack. A missing stack did not begin. */
  readonly results: ReadonlyMap<string, StackResult>
  /** The warnings of the manifest. */
  readonly warnings: readonly ManifestProblem[]
  readonly milliseconds: number
}

export function sum(all: readonly Counts[]): Counts {
  const total = { ...noCounts }
  for (const counts of all) {
    for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key]
  }
  return total
}

const outcomes: Readonly<Record<keyof Counts, (count: string) => string>> = {
  added: (count) => say`${count} added`,
  changed: (count) => say`${count} changed`,
  unchanged: (count) => say`${count} unchanged`,
  drifted: (count) => say`${count} drifted`,
  removed: (count) => say`${count} removed`,
  refused: (count) => say`${count} refused`,
  failed: (count) => say`${count} failed`,
}

/** Writes `3 added, 1 refused`, without the zeros. */
export function describeCounts(counts: Counts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => outcomes[name as keyof Counts](number(count as number)))
    .join(', ')
}

/** Writes minutes and seconds: `1:05`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Tells whether every stack is done, and every entry reached. */
export function isGood({ parts, results }: FleetRun): boolean {
  return parts.every((part) => {
    const result = results.get(part.stack)
    return result?.outcome === 'done' && notReached(part, result.counts) === 0
  })
}

/** Counts the entries that the engine did not reach: it stops a stack at the first check or diff that fails. */
export function notReached({ clients, credentials }: Entries, counts: Counts = noCounts): number {
  const { removed: _, ...others } = counts
  const reached = Object.values(others).reduce((total, count) => total + count, 0)
  return Math.max(0, clients.length + credentials.length - reached)
}

/** Writes a report for people: the changes and problems of each stack, and the sums. */
export function textReport(run: FleetRun): string {
  const { operation, parts, results, milliseconds } = run
  const ended = [...results.values()]
  const entries = parts.reduce((n, part) => n + part.clients.length + part.credentials.length, 0)
  const lines = parts.flatMap(({ stack }) => linesOf(operation, stack, results.get(stack)))
  const unreached = parts.reduce(
    (n, part) => n + notReached(part, results.get(part.stack)?.counts),
    0,
  )
  const notBegun = parts.filter(({ stack }) => !results.has(stack)).length
  const all = entries === 1 ? say`1 entry` : say`${number(entries)} entries`
  const stacks = parts.length === 1 ? say`1 stack` : say`${number(parts.length)} stacks`
  const what = say`${all} in ${stacks}`
  const counts = describeCounts(sum(ended.map((result) => result.counts)))
  const isIdle = counts === '' && unreached === 0 && notBegun === 0
  return [
    ...lines,
    `${operation}: ${what}, ${clock(milliseconds)}`,
    ...(counts !== '' || isIdle ? [`  ${counts || say`nothing to do`}`] : []),
    ...(unreached > 0
      ? [`  ${say`${number(unreached)} not reached: correct the problems above and run again`}`]
      : []),
    ...(notBegun > 0 ? [`  ${say`${number(notBegun)} of the stacks did not begin`}`] : []),
    '',
  ].join('\n')
}

/** Writes a report for programs: one object with `summary`, the manifest's `warnings`, and `stacks` with their problems. */
export function jsonReport(run: FleetRun): string {
  const { operation, parts, partWarnings, results, milliseconds } = run
  const stacks = parts.map((part) => {
    const result = results.get(part.stack)
    const { outcome, counts, changes, problems, warnings } = result ?? {
      ...noOutcomes,
      outcome: 'not begun',
    }
    return {
      stack: part.stack,
      entries: part.clients.length + part.credentials.length,
      outcome,
      ...counts,
      notReached: notReached(part, result?.counts),
      changes,
      problems,
      warnings: [...(partWarnings.get(part.stack) ?? []), ...warnings],
    }
  })
  const summary = {
    ...sum([...results.values()].map(({ counts }) => counts)),
    notReached: stacks.reduce((total, stack) => total + stack.notReached, 0),
  }
  const seconds = Math.round(milliseconds / 100) / 10
  const warnings = run.warnings.map(problemJson)
  return `${jsonText({ operation, seconds, summary, warnings, stacks })}\n`
}

const kinds = {
  refused: sayLater`refused`,
  failed: sayLater`failed`,
  warning: sayLater`warning`,
}

/** Names how a stack ended. */
export const ends = {
  done: sayLater`done`,
  failed: sayLater`failed`,
  locked: sayLater`locked`,
  stopped: sayLater`stopped`,
} as const satisfies Record<StackResult['outcome'], () => string>

function linesOf(operation: Operation, stack: string, result: StackResult | undefined): string[] {
  if (!result) return []
  // The preview has already listed the changes of an `up`.
  const changes = operation === 'preview' ? changeLines(result.changes) : []
  if (result.outcome === 'done' && result.warnings.length === 0 && changes.length === 0) return []
  const indented = (message: string) => message.split('\n').map(printable).join('\n    ')
  const lines = [
    ...changes,
    ...result.problems.map(({ kind, entry, message }) => {
      return `  ${kinds[kind]()}${entry === undefined ? '' : ` ${printable(entry)}`}: ${indented(message)}`
    }),
    ...result.warnings.map(
      ({ entry, message }) =>
        `  ${kinds.warning()}${entry === undefined ? '' : ` ${printable(entry)}`}: ${indented(message)}`,
    ),
  ]
  const advice =
    result.outcome === 'locked'
      ? [`  ${say`If no other run uses it any more: pulumi cancel --yes --stack ${stack}`}`]
      : []
  return [`${stack} (${ends[result.outcome]()})`, ...lines, ...advice, '']
}

/** The number of entries that the report for people lists. The JSON lists all. */
const mostNamed = 20

/** The marks of Pulumi's own previews. */
const marks = { added: '+', changed: '~', removed: '-' } as const

function changeLines(changes: readonly FleetChange[]): string[] {
  return (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const names = changes
      .filter((change) => change.kind === kind)
      .map(({ entry }) => printable(entry))
    if (names.length === 0) return []
    const shown = names.slice(0, mostNamed).join(', ')
    const some =
      names.length > mostNamed ? say`${shown} and ${number(names.length - mostNamed)} more` : shown
    return [`  ${marks[kind]} ${some}`]
  })
}

function number(count: number): string {
  return count.toLocaleString(locales[spokenLanguage()])
}
