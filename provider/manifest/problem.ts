import { CodedError } from '../errors.ts'
import { describeProblem, type Problem, refuse, warn } from '../rules/problem.ts'
import { printable } from '../rules/text.ts'

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
  const message = `the manifest has more than ${maxProblems} ${severity}s. Correct the others first.`
  return severity === 'error'
    ? refuse([], message, 'ERR_PSC_TOO_MANY_PROBLEMS')
    : warn([], message, 'WARN_PSC_TOO_MANY_PROBLEMS')
}

/** Reports a manifest with errors. Stands here, and not in errors.ts, because the problems are the manifest's. */
export class ManifestError extends CodedError<'ERR_PSC_MANIFEST'> {
  override readonly name = 'ManifestError'
  /** All problems with the warnings, in the order of the file. */
  readonly problems: readonly ManifestProblem[]

  constructor(problems: readonly ManifestProblem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error')
    const count = errors.length === 1 ? 'one problem' : `${errors.length} problems`
    super('ERR_PSC_MANIFEST', `${formatProblems(errors)}\n\nThe manifest has ${count}.`)
    this.problems = problems
  }
}

/** Colours a part of a report. */
export type Paint = (
  part: 'heading' | 'place' | 'error' | 'warning' | 'caret',
  text: string,
) => string

const plain: Paint = (_, text) => text

const kinds: Readonly<Record<string, string>> = {
  clients: 'client',
  certificates: 'certificate',
  credentials: 'credential',
  pscs: 'psc',
}

/** Names the entry that a problem is in: `client portal`. Undefined for the whole manifest. */
export function problemEntry({ path }: ManifestProblem): string | undefined {
  const [section, name] = path
  if (typeof section !== 'string' || name === undefined) return undefined
  const kind = Object.hasOwn(kinds, section) ? kinds[section] : undefined
  return kind === undefined ? undefined : printable(`${kind} ${name}`)
}

/** Writes a problem in one line: the path within its entry, the problem, the remedy and the code. */
export function problemText(problem: ManifestProblem): string {
  const { path } = problem
  const within = problemEntry(problem) === undefined ? path : path.slice(2)
  return printable(describeProblem({ ...problem, path: within }))
}

/** Writes problems, grouped by entry, each with its place, its line and a caret. */
export function formatProblems(problems: readonly ManifestProblem[], paint: Paint = plain): string {
  const groups = Map.groupBy(problems, problemEntry)
  const whole = groups.get(undefined) ?? []
  groups.delete(undefined)
  const parts = [...groups].map(
    ([entry = '', members]) => `${paint('heading', entry)}\n${formatGroup(members, paint)}`,
  )
  return [...(whole.length > 0 ? [formatGroup(whole, paint)] : []), ...parts].join('\n\n')
}

function formatGroup(problems: readonly ManifestProblem[], paint: Paint): string {
  return problems
    .flatMap((problem, index) => {
      const { file, range, excerpt, severity } = problem
      const place = range === undefined ? file : `${file}:${range.line}:${range.column}`
      const head = `  ${paint('place', printable(place))}: ${paint(severity, severity)}: ${problemText(problem)}`
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
