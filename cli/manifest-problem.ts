import { formatPath, type ManifestProblem, problemEntry } from '../provider/manifest/index.ts'

export { ManifestError } from '../provider/manifest/index.ts'

/** Writes a problem of a manifest for the JSON document of a command. Lines and columns count from 1. */
export function problemJson(problem: ManifestProblem): Record<string, unknown> {
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
