import type { CheckedManifest } from '../../provider/manifest/load.ts'

/** What was checked, and what was found. */
export interface LintSummary {
  readonly clients: number
  readonly files: number
  readonly errors: number
  readonly warnings: number
}

export function summarize(checked: readonly CheckedManifest[]): LintSummary {
  const problems = checked.flatMap((each) => each.problems)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return {
    clients: checked.reduce((sum, { clients }) => sum + clients, 0),
    files: checked.length,
    errors,
    warnings: problems.length - errors,
  }
}

/** The summary as a sentence. */
export function summaryLine({ clients, files, errors, warnings }: LintSummary): string {
  const what = `${count(clients, 'client')} in ${count(files, 'file')}`
  return `Checked ${what}: ${count(errors, 'error')}, ${count(warnings, 'warning')}.`
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`
}
