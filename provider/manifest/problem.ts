import type { Problem } from '../rules/problem.ts'
import { formatProblems } from './format.ts'

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

/** A manifest with errors; `problems` has all of them, and the warnings too, in the order of the text. */
export class ManifestError extends Error {
  readonly code = 'ERR_PSC_MANIFEST'
  readonly problems: readonly ManifestProblem[]

  constructor(problems: readonly ManifestProblem[]) {
    super(formatProblems(problems.filter(({ severity }) => severity === 'error')))
    this.name = 'ManifestError'
    this.problems = problems
  }
}
