import { problemEntry } from '../../provider/manifest/format.ts'
import type { CheckedManifest } from '../../provider/manifest/load.ts'
import type { ManifestProblem } from '../../provider/manifest/problem.ts'
import { formatPath } from '../../provider/rules/problem.ts'
import type { LintSummary } from './summary.ts'

/** What JSON leaves as it is, and a terminal does not: DEL, C1 controls, and what turns the direction of a text. */
const unprintable = /[\u007F-\u009F]|\p{Cf}|\p{Zl}|\p{Zp}/gu

/** A report for programs: one object with `files` and `summary`. Lines and columns count from 1. */
export function jsonReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
  const files = checked.map(({ file, clients, problems }) => ({
    file,
    clients,
    problems: problems.map(toJson),
  }))
  const text = JSON.stringify({ files, summary }, undefined, 2)
  return `${text.replace(unprintable, escape)}\n`
}

function toJson(problem: ManifestProblem): Record<string, unknown> {
  const { severity, path, code, message, range, excerpt } = problem
  return {
    severity,
    entry: problemEntry(problem),
    path: formatPath(path),
    code,
    message,
    ...range,
    source: excerpt?.text,
  }
}

function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
