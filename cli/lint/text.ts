import { styleText } from 'node:util'
import { formatProblems } from '../../provider/manifest/format.ts'
import type { Paint } from '../../provider/manifest/format.ts'
import type { CheckedManifest } from '../../provider/manifest/load.ts'
import { summaryLine } from './summary.ts'
import type { LintSummary } from './summary.ts'

const styles = {
  heading: 'bold',
  place: 'cyan',
  error: 'red',
  warning: 'yellow',
  caret: 'green',
} as const

/** Only a terminal sees colours, and not where NO_COLOR is set. */
const paint: Paint = (part, text) => styleText(styles[part], text, { stream: process.stdout })

/** A report for people: of each file the errors, grouped by client, and apart from them the warnings. */
export function textReport(checked: readonly CheckedManifest[], summary: LintSummary): string {
  const parts = checked.flatMap(({ problems }) => [
    ...section(
      undefined,
      problems.filter(({ severity }) => severity === 'error'),
    ),
    ...section(
      'Warnings',
      problems.filter(({ severity }) => severity === 'warning'),
    ),
  ])
  return `${[...parts, summaryLine(summary)].join('\n\n')}\n`
}

function section(title: string | undefined, problems: CheckedManifest['problems']): string[] {
  if (problems.length === 0) return []
  return [
    ...(title === undefined ? [] : [paint('heading', title)]),
    formatProblems(problems, paint),
  ]
}
