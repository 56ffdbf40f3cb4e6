import { isDeepStrictEqual } from 'node:util'
import { judgeClientSecret } from './client-secret.ts'
import { refuse, type Problem } from './problem.ts'
import { isUnknown } from './unknown.ts'

/**
 * Judges the secret that may still be in force: as the other one, and that it is not the same, because then there is
 * nothing that could be set. It may be missing.
 */
export function judgePreviousClientSecret(previous: unknown, secret: unknown): Problem[] {
  const path = ['previousClientSecret']
  if (previous === undefined || previous === null) return []
  const problems = judgeClientSecret(previous, path)
  if (problems.length > 0 || isUnknown(previous)) return problems
  const known = typeof previous === 'string' || !Object.values(previous).some(isUnknown)
  return known && isDeepStrictEqual(previous, secret)
    ? [refuse(path, 'This is the same as clientSecret. Give the one before, or leave this out.')]
    : []
}
