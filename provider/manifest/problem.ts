import { CodedError } from '../errors.ts'
import { describeProblem, type Problem, refuse, warn } from '../rules/problem.ts'
import { printable } from '../rules/text.ts'
import { say, sayLater } from '../say.ts'

/** Points into the manifest's text. Lines and columns count from 1; the end is exclusive. */
export interface SourceRange {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** Holds the line of a problem, with control characters escaped. A line that may hold a secret has no excerpt. */
export interface Excerpt {
  readonly text: string
  /** The place of the caret in `text`, from 0, in columns of a terminal. */
  readonly indent: number
  readonly width: number
}

/** Describes a problem of a manifest. `path` begins at its top: ['clients', 'portal', 'redirectUris', 1]. */
export interface ManifestProblem extends Problem {
  /** The manifest's file, as it was given. */
  readonly file: string
  /** Absent if the problem is the whole file. */
  readonly range?: SourceRange
  readonly excerpt?: Excerpt
}

/** Bounds the reported problems of each severity: those of a hostile manifest would fill the memory. */
export const maxProblems = 10_000

/** Collects problems up to the bound. Stops at too many errors, skips too many warnings, and reports either. */
export function collect<P extends Problem>(found: Iterable<P>): (P | Problem)[] {
  const kept: (P | Problem)[] = []
  const counts = { error: 0, warning: 0 }
  for (const problem of found) {
    const { severity } = problem
    counts[severity] += 1
    if (counts[severity] <= maxProblems) kept.push(problem)
    else if (counts[severity] === maxProblems + 1) kept.push(tooMany(severity))
    if (counts.error > maxProblems) break
  }
  return kept
}

/** Reports that a manifest has more problems of a severity than are shown. */
export function tooMany(severity: Problem['severity']): Problem {
  if (severity === 'error') {
    const message = say`the manifest has more than ${maxProblems} errors. Correct the others first.`
    return refuse([], message, 'ERR_PSC_TOO_MANY_PROBLEMS')
  }
  const message = say`the manifest has more than ${maxProblems} warnings. Correct the others first.`
  return warn([], message, 'WARN_PSC_TOO_MANY_PROBLEMS')
}

/** Reports a manifest with errors. Stands here, and not in errors.ts, because the problems are the manifest's. */
export class ManifestError extends CodedError<'ERR_PSC_MANIFEST'> {
  override readonly name = 'ManifestError'
  /** All problems with the warnings, in the order of the file. */
  readonly problems: readonly ManifestProblem[]

  constructor(problems: readonly ManifestProblem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    const count =
      errors.length === 1
        ? say`The manifest has one problem.`
        : say`The manifest has ${errors.length} problems.`
    super('ERR_PSC_MANIFEST', `${formatProblems(errors)}\n\n${count}`)
    this.problems = problems
  }
}

/** Colours a part of a report. */
export type Paint = (
  part: 'heading' | 'place' | 'error' | 'warning' | 'caret',
  text: string,
) => string

const plain: Paint = (_, text) => text

const kinds: Readonly<Record<string, readonly [kind: string, title: (name: string) => string]>> = {
  clients: ['client', (name) => say`client ${name}`],
  certificates: ['certificate', (name) => say`certificate ${name}`],
  credentials: ['credential', (name) => say`credential ${name}`],
  pscs: ['psc', (name) => `psc ${name}`],
}

/** Names the entry that a problem is in, for programs: `client portal`. Undefined for the whole manifest. */
export function problemEntry(problem: Problem): string | undefined {
  const entry = entryOf(problem)
  return entry && printable(`${entry.kind} ${entry.name}`)
}

/** Names the entry that a problem is in, for people. Undefined for the whole manifest. */
export function problemTitle(problem: Problem): string | undefined {
  const entry = entryOf(problem)
  return entry && printable(entry.title(entry.name))
}

function entryOf({ path }: Problem) {
  const [section, name] = path
  if (typeof section !== 'string' || name === undefined) return undefined
  const found = Object.hasOwn(kinds, section) ? kinds[section] : undefined
  return found && { kind: found[0], title: found[1], name: shorten(String(name)) }
}

/** Every problem of an entry repeats its name. A resource has at most 100 characters. */
function shorten(name: string): string {
  return name.length > 100 ? `${name.slice(0, 99).toWellFormed()}…` : name
}

/** Writes a problem in one line: the path within its entry, the problem, the remedy and the code. */
export function problemText(problem: ManifestProblem): string {
  const { path } = problem
  const within = entryOf(problem) === undefined ? path : path.slice(2)
  return printable(describeProblem({ ...problem, path: within }))
}

/** Writes problems, grouped by entry, each with its place, its line and a caret. */
export function formatProblems(problems: readonly ManifestProblem[], paint: Paint = plain): string {
  const groups = Map.groupBy(problems, problemTitle)
  const whole = groups.get(undefined) ?? []
  groups.delete(undefined)
  const parts = [...groups].map(
    ([entry = '', members]) => `${paint('heading', entry)}\n${formatGroup(members, paint)}`,
  )
  return [...(whole.length > 0 ? [formatGroup(whole, paint)] : []), ...parts].join('\n\n')
}

const severities = { error: sayLater`error`, warning: sayLater`warning` }

function formatGroup(problems: readonly ManifestProblem[], paint: Paint): string {
  return problems
    .flatMap((problem, index) => {
      const { file, range, excerpt, severity } = problem
      const place = range === undefined ? file : `${file}:${range.line}:${range.column}`
      const head = `  ${paint('place', printable(place))}: ${paint(severity, severities[severity]())}: ${problemText(problem)}`
      // The same place is shown once, below the last of its problems.
      const shown = range !== undefined && !samePlace(range, problems[index + 1]?.range)
      return shown && excerpt ? [head, ...formatExcerpt(range.line, excerpt, paint)] : [head]
    })
    .join('\n')
}

function samePlace(range: SourceRange, next: SourceRange | undefined): boolean {
  return (['line', 'column', 'endLine', 'endColumn'] as const).every(
    (key) => range[key] === next?.[key],
  )
}

function formatExcerpt(line: number, { text, indent, width }: Excerpt, paint: Paint): string[] {
  const number = String(line).padStart(6)
  return [
    `${number} | ${text}`,
    `${' '.repeat(number.length)} | ${' '.repeat(indent)}${paint('caret', '^'.repeat(width))}`,
  ]
}
