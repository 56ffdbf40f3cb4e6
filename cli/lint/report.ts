import { styleText } from 'node:util'
import type { Code } from '../../provider/codes.ts'
import {
  type CheckedManifest,
  formatProblems,
  type ManifestProblem,
  type Paint,
  problemText,
  problemTitle,
} from '../../provider/manifest/index.ts'
import { say, sayLater } from '../../provider/say.ts'
import { jsonText } from '../json.ts'
import { problemJson } from '../manifest-problem.ts'
import { gitlabReport } from './gitlab.ts'
import { inRepository } from './repository.ts'
import { sarifReport } from './sarif.ts'

const styles = {
  heading: 'bold',
  place: 'cyan',
  error: 'red',
  warning: 'yellow',
  caret: 'green',
} as const

/** Colours a part on a terminal, unless NO_COLOR is set. */
const paint: Paint = (part, text) => styleText(styles[part], text, { stream: process.stdout })

/** Writes a report for people: the errors of each file, grouped by client, then its warnings. */
function textReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
  const parts = checked.flatMap(({ problems }) => [
    ...section(
      undefined,
      problems.filter(({ severity }) => severity === 'error'),
    ),
    ...section(
      say`Warnings`,
      problems.filter(({ severity }) => severity === 'warning'),
    ),
  ])
  const line = summaryLine(summary, (text) => paint('error', text))
  return `${[...parts, line].join('\n\n')}\n`
}

function section(title: string | undefined, problems: CheckedManifest['problems']): string[] {
  if (problems.length === 0) return []
  return [
    ...(title === undefined ? [] : [paint('heading', title)]),
    formatProblems(problems, paint),
  ]
}

/** Writes a report for programs: one object with `files` and `summary`. */
function jsonReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
  const files = checked.map(({ file, clients, credentials, problems }) => ({
    file,
    clients,
    credentials,
    problems: problems.map(problemJson),
  }))
  return `${jsonText({ files, summary })}\n`
}

/** Holds what was checked: a manifest, or the file of a stack's settings. */
export interface CheckedFile extends CheckedManifest {
  readonly isSettings?: true
}

/** Counts the checked manifests, their entries and problems, also those of the settings. */
export interface LintSummary {
  readonly clients: number
  readonly credentials: number
  readonly files: number
  readonly errors: number
  readonly warnings: number
  readonly expiredCertificates: number
  /** The file of the settings, if it was checked. */
  readonly settings?: string
}

export function summarize(checked: readonly CheckedFile[]): LintSummary {
  const settings = checked.find(({ isSettings }) => isSettings)
  const problems = checked.flatMap((each) => each.problems)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const expired = problems.filter(({ code }) => code === expiredCode || code === refusedCode)
  return {
    clients: checked.reduce((sum, { clients }) => sum + clients, 0),
    credentials: checked.reduce((sum, { credentials }) => sum + credentials, 0),
    files: checked.length - (settings ? 1 : 0),
    errors,
    warnings: problems.length - errors,
    expiredCertificates: expired.length,
    ...(settings && { settings: settings.file }),
  }
}

const expiredCode: Code = 'WARN_PSC_CERTIFICATE_EXPIRED'
const refusedCode: Code = 'ERR_PSC_CERTIFICATE_EXPIRED'

/** Makes an error of each certificate that has expired. */
export function refuseExpired(checked: readonly CheckedFile[]): CheckedFile[] {
  return checked.map((each) => ({
    ...each,
    problems: each.problems.map((problem) =>
      problem.code === expiredCode ? { ...problem, severity: 'error', code: refusedCode } : problem,
    ),
  }))
}

/** Writes the summary as a sentence, and one of its own about certificates that have expired. */
function summaryLine(summary: LintSummary, paintExpired = (text: string) => text): string {
  const { clients, credentials, files, errors, warnings, expiredCertificates, settings } = summary
  const nouns = [
    ...(clients > 0 || credentials === 0 ? [counts.clients(clients)] : []),
    ...(credentials > 0 ? [counts.credentials(credentials)] : []),
  ]
  const entries = nouns.length === 1 ? nouns.join('') : say`${nouns[0] ?? ''} and ${nouns[1] ?? ''}`
  const manifests = counts.files(files)
  const found = `${counts.errors(errors)}, ${counts.warnings(warnings)}`
  const line =
    settings === undefined
      ? say`Checked ${entries} in ${manifests}: ${found}.`
      : say`Checked ${entries} in ${manifests} and ${settings}: ${found}.`
  if (expiredCertificates === 0) return line
  const expired =
    expiredCertificates === 1
      ? say`1 certificate has expired!`
      : say`${expiredCertificates} certificates have expired!`
  return `${line} ${paintExpired(expired)}`
}

const counts = {
  clients: counter(sayLater`no clients`, sayLater`1 client`, (count) => say`${count} clients`),
  credentials: counter(
    sayLater`no credentials`,
    sayLater`1 credential`,
    (count) => say`${count} credentials`,
  ),
  files: counter(sayLater`no files`, sayLater`1 file`, (count) => say`${count} files`),
  errors: counter(sayLater`no errors`, sayLater`1 error`, (count) => say`${count} errors`),
  warnings: counter(sayLater`no warnings`, sayLater`1 warning`, (count) => say`${count} warnings`),
}

function counter(none: () => string, one: () => string, several: (count: number) => string) {
  return (count: number) => (count === 0 ? none() : count === 1 ? one() : several(count))
}

/**
 * Writes a report for GitHub Actions: each problem annotates its line.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
function githubReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
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
          // GitHub uses columns for annotations of one line only.
          ...(range.line === range.endLine && {
            col: range.column,
            endColumn: Math.max(range.column, range.endColumn),
          }),
        }
  const properties: Record<string, string | number> = {
    file: inRepository(file),
    ...place,
    title: problemTitle(problem) ?? say`manifest`,
  }
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`)
  return `::${severity} ${list.join(',')}::${data(problemText(problem))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Maps `--format` to its report. */
export const reports = {
  text: textReport,
  json: jsonReport,
  github: githubReport,
  gitlab: gitlabReport,
  sarif: sarifReport,
} as const
