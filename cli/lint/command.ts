import { checkManifest } from '../../provider/manifest/load.ts'
import { githubReport, jsonReport, summarize, textReport } from './text.ts'

export interface LintOptions {
  /** Whether a warning fails, as an error does. */
  readonly strict?: boolean
  readonly format: 'text' | 'json' | 'github'
}

const reports = { text: textReport, json: jsonReport, github: githubReport }

/** `psc lint`: reports every problem of every manifest. Returns the exit code: 0, or 1 for an error. */
export function runLint(files: readonly string[], options: LintOptions): number {
  const checked = (files.length === 0 ? ['clients.yaml'] : files).map((file) => checkManifest(file))
  const summary = summarize(checked)
  process.stdout.write(reports[options.format](checked, summary))
  return summary.errors > 0 || (options.strict === true && summary.warnings > 0) ? 1 : 0
}
