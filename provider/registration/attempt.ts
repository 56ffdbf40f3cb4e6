import type { Difference } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { describeProblem, refuse } from '../rules/problem.ts'
import { checkpointProblem, describeUnknownOutcome } from './errors.ts'
import { type AttemptOutputs, type RegistrationInputs, thisRun } from './inputs.ts'
import { readKey, validateRegistration } from './validate.ts'
import { hasLeft } from './verbs.ts'

/**
 * Validates what is to be registered, by every rule that the known values allow. Sends nothing: a PSC can judge a
 * registration only by making it. What an earlier run attempted is not validated again, except for what would lose a
 * secret.
 */
export function check(
  context: Context,
  {
    old,
    news,
  }: {
    readonly old: Declared<RegistrationInputs> | undefined
    readonly news: Declared<RegistrationInputs>
  },
): Promise<{ failures: string[] }> {
  const { attempt } = news
  const counts = !isKnown<number>(attempt) || (Number.isSafeInteger(attempt) && attempt >= 1)
  const stop = checkpointProblem(process.env)
  const failures = counts ? [] : [describeProblem(wrongAttempt)]
  if (stop !== undefined) failures.push(stop)
  if (old?.attempt !== attempt) failures.push(...validateRegistration(context, news))
  return Promise.resolve({ failures })
}

const wrongAttempt = refuse(['attempt'], '`attempt` must be a whole number from 1.', 'ERR_PSC_TYPE')

/** Finds whether the program asks for another attempt. */
export function diff(
  _context: Context,
  { old, news }: { readonly old: AttemptOutputs; readonly news: Declared<RegistrationInputs> },
): Promise<Difference> {
  return Promise.resolve({ changes: old.attempt !== news.attempt })
}

/**
 * Announces an attempt.
 *
 * @throws what {@link update} throws.
 */
export async function create(
  context: Context,
  { news }: { readonly news: RegistrationInputs },
): Promise<{ id: string; outputs: AttemptOutputs }> {
  return { id: 'attempt', ...(await update(context, { news })) }
}

/** Leaves an attempt as it is: there is nothing at the PSC that could be read. */
export function read(): Promise<{ exists: boolean }> {
  return Promise.resolve({ exists: true })
}

/**
 * Announces the next attempt: the engine stores it before the registration sends its request. What is wrong here, and not
 * at the PSC, is found now, so that it uses up no attempt.
 *
 * @throws {SecretUnavailableError} for a private key that is not available here.
 * @throws {PrivateKeyError} for one that cannot be used.
 */
export function update(
  context: Context,
  { news }: { readonly news: RegistrationInputs },
): Promise<{ outputs: AttemptOutputs }> {
  const { attempt, psc, name, privateKey } = news
  if (context.profile(psc).registration === 'application_cert' && privateKey !== undefined) {
    readKey(context, news)
  }
  return Promise.resolve({ outputs: { attempt, run: thisRun, psc, name } })
}

/**
 * Warns where the attempt is all that is known: the run that announced it was interrupted. Otherwise its registration,
 * which leaves the stack first, has warned already.
 */
export function forget(context: Context, { old }: { readonly old: AttemptOutputs }): Promise<void> {
  if (!hasLeft(old)) context.warn('WARN_PSC_UNKNOWN_OUTCOME', describeUnknownOutcome(old))
  return Promise.resolve()
}
