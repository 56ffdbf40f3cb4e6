import { isAbsolute, relative, resolve, sep } from 'node:path'
import { problemEntry, problemText } from '../../provider/manifest/format.ts'
import type { CheckedManifest } from '../../provider/manifest/load.ts'
import type { ManifestProblem } from '../../provider/manifest/problem.ts'
import { summaryLine } from './summary.ts'
import type { LintSummary } from './summary.ts'

/**
 * A report for GitHub Actions: a problem is an annotation of the line that it is in.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
  const commands = checked.flatMap(({ problems }) => problems.map(toCommand))
  return `${[...commands, summaryLine(summary)].join('\n')}\n`
}

function toCommand(problem: ManifestProblem): string {
  const { severity, file, range } = problem
  const place =
    range === undefined
      ? {}
      : {
          line: range.line,
          endLine: range.endLine,
          // Columns are taken into account on one line only.
          ...(range.line === range.endLine && {
            col: range.column,
            endColumn: Math.max(range.column, range.endColumn),
          }),
        }
  const properties: Record<string, string | number> = {
    file: inRepository(file),
    ...place,
    title: problemEntry(problem) ?? 'manifest',
  }
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`)
  return `::${severity} ${list.join(',')}::${data(problemText(problem))}`
}

/** Annotations name files from the repository's root, wherever the command runs. */
function inRepository(file: string): string {
  const root = process.env.GITHUB_WORKSPACE
  if (root === undefined || root === '') return file
  const path = relative(root, resolve(file))
  return path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
