import { createHash } from 'node:crypto'
import {
  type CheckedManifest,
  formatPath,
  type ManifestProblem,
  problemEntry,
  problemText,
} from '../../provider/manifest/index.ts'
import { jsonText } from '../json.ts'
import { inRepository } from './repository.ts'

/**
 * Writes a report for the widget of a merge request.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport(checked: readonly CheckedManifest[]): string {
  const seen = new Map<string, number>()
  const issues = checked
    .flatMap(({ problems }) => problems)
    .map((problem) => {
      const identity = identityOf(problem)
      const nth = seen.get(identity) ?? 0
      seen.set(identity, nth + 1)
      const entry = problemEntry(problem)
      return {
        description: `${entry === undefined ? '' : `${entry}: `}${problemText(problem)}`,
        check_name: problem.code,
        fingerprint: createHash('sha256').update(`${identity}\n${nth}`).digest('hex'),
        severity: problem.severity === 'error' ? 'major' : 'minor',
        location: {
          path: inRepository(problem.file),
          lines: { begin: problem.range?.line ?? 1 },
        },
      }
    })
  return `${jsonText(issues)}\n`
}

/** Identifies a problem, wherever its line moves: GitLab compares the branches by it. */
export function identityOf({ file, code, path }: ManifestProblem): string {
  return [inRepository(file), code, formatPath(path)].join('\n')
}
