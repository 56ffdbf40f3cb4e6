import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { isExplained } from '../error.ts'
import { checkpointProblem } from './checkpoints.ts'
import type { RegistrationInputs } from './declaration.ts'
import { RegistrationPendingError } from './failure.ts'
import { thisRun } from './run.ts'

/**
 * Stops what must not be sent: an attempt of another run, and whatever would lose the secret. What is to be registered
 * was judged by the check of its attempt.
 */
export function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const declared = readDeclaration(news)
  const stop = checkpointProblem(process.env)
  const isNew = Object.keys(olds).length === 0
  const reasons = stop === undefined ? [] : [stop]
  if (isNew) reasons.push(...judgeRun(context, declared))
  return Promise.resolve({
    inputs: news,
    failures: reasons.map((reason) => ({ property: '', reason })),
  })
}

/** An attempt that is in the state while its outcome is not: the run that announced it was cut short. */
function judgeRun(context: Context, declared: Readonly<Record<string, unknown>>): string[] {
  const { psc, attempt, run } = declared
  if (run === thisRun || hasUnknown([psc, attempt, run])) return []
  try {
    const { name } = context.profile(psc)
    const inputs = declared as unknown as RegistrationInputs
    return [new RegistrationPendingError(undefined, inputs, name).message]
  } catch (error) {
    if (!isExplained(error)) throw error
    return [error.message]
  }
}
