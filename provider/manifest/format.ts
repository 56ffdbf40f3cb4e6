import { formatPath } from '../rules/problem.ts'
import { printable } from './printable.ts'
import type { Excerpt, ManifestProblem } from './problem.ts'

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

/** What is wrong, with the property's path within its entry and the PSC's code: one line. */
export function problemText(problem: ManifestProblem): string {
  const { path, message, code } = problem
  const within = formatPath(problemEntry(problem) === undefined ? path : path.slice(2))
  return printable(
    `${within === '' ? '' : `${within}: `}${message}${code === undefined ? '' : ` [${code}]`}`,
  )
}

/** Problems grouped by the entry that they are in, each with its place, its line and a caret. */
export function formatProblems(problems: readonly ManifestProblem[], paint: Paint = plain): string {
  const groups = new Map<string | undefined, ManifestProblem[]>()
  for (const problem of problems) {
    const entry = problemEntry(problem)
    const members = groups.get(entry)
    if (members === undefined) groups.set(entry, [problem])
    else members.push(problem)
  }
  return [...groups]
    .map(([entry, members]) =>
      [
        ...(entry === undefined ? [] : [paint('heading', entry)]),
        ...members.map((problem) => formatProblem(problem, paint)),
      ].join('\n'),
    )
    .join('\n\n')
}

function formatProblem(problem: ManifestProblem, paint: Paint): string {
  const { file, range, excerpt, severity } = problem
  const place = range === undefined ? file : `${file}:${range.line}:${range.column}`
  const head = `  ${paint('place', printable(place))}: ${paint(severity, severity)}: ${problemText(problem)}`
  if (range === undefined || excerpt === undefined) return head
  return [head, ...formatExcerpt(range.line, excerpt, (text) => paint('caret', text))].join('\n')
}

function formatExcerpt(line: number, excerpt: Excerpt, paint: (text: string) => string): string[] {
  const number = String(line).padStart(6)
  const caret = paint('^'.repeat(excerpt.width))
  return [
    `${number} | ${excerpt.text}`,
    `${' '.repeat(number.length)} | ${' '.repeat(excerpt.indent)}${caret}`,
  ]
}
