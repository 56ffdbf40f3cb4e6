import { describeProblem, type Problem, refuse, warn } from '../rules/problem.ts'
import { printable } from '../rules/text.ts'

/** Where in the manifest's text: lines and columns count from 1; the end is where the range stops. */
export interface SourceRange {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** The line that a problem is in, as it may be shown: secrets masked, control characters escaped. */
export interface Excerpt {
  readonly text: string
  /** The place of the caret in `text`, from 0, in columns of a terminal. */
  readonly indent: number
  readonly width: number
}

/** A problem of a manifest. `path` is the whole path in it: ['clients', 'portal', 'redirectUris', 1]. */
export interface ManifestProblem extends Problem {
  /** The manifest's file, as it was given. */
  readonly file: string
  /** What is missing when the problem is the file as a whole. */
  readonly range?: SourceRange
  readonly excerpt?: Excerpt
}

/** The most problems of a severity that are reported: those of a hostile manifest would fill the memory. */
export const maxProblems = 10_000

/** Collects problems. Stops at too many errors, and drops what is too many of the warnings; either is reported. */
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

/** Makes the problem of a manifest that has more problems of a severity than are reported. */
export function tooMany(severity: Problem['severity']): Problem {
  const message = `the manifest has more than ${maxProblems} ${severity}s. Correct the others first.`
  return severity === 'error'
    ? refuse([], message, 'ERR_PSC_TOO_MANY_PROBLEMS')
    : warn([], message, 'WARN_PSC_TOO_MANY_PROBLEMS')
}

/** How parts of a report are coloured; by default not at all. */
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

/** The entry of the manifest that a problem is in: `client portal`; of the manifest as a whole, undefined. */
export function problemEntry({ path }: ManifestProblem): string | undefined {
  const [section, name] = path
  if (typeof section !== 'string' || name === undefined) return undefined
  const kind = Object.hasOwn(kinds, section) ? kinds[section] : undefined
  return kind === undefined ? undefined : printable(`${kind} ${name}`)
}

/** Writes a problem in one line: the path within its entry, what is wrong and what to do, and the code. */
export function problemText(problem: ManifestProblem): string {
  const { path } = problem
  const within = problemEntry(problem) === undefined ? path : path.slice(2)
  return printable(describeProblem({ ...problem, path: within }))
}

/** Problems grouped by the entry that they are in, each with its place, its line and a caret. */
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
