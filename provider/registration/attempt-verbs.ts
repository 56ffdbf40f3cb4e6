import type { Verbs } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { describeProblem, refuse } from '../rules/problem.ts'
import { hasLeft } from './attempt.ts'
import { checkpointProblem, describeUnknownOutcome } from './errors.ts'
import { type AttemptOutputs, fingerprintOf, type RegistrationInputs, thisRun } from './inputs.ts'
import { readKey, validateRegistration } from './validate.ts'

type AttemptVerbs = Required<Omit<Verbs<RegistrationInputs, AttemptOutputs>, 'prove'>>

/**
 * Validates the registration by every rule that the known values allow. Sends nothing: a PSC can judge a registration only
 * by making it. Skips an attempt of an earlier run, except for the check that would lose a secret.
 */
export const check: AttemptVerbs['check'] = (context, { old, news }) => {
  const { attempt } = news
  const counts = !isKnown<number>(attempt) || (Number.isSafeInteger(attempt) && attempt >= 1)
  const stop = checkpointProblem(process.env)
  const failures = counts ? [] : [describeProblem(wrongAttempt)]
  if (stop !== undefined) failures.push(stop)
  if (old?.attempt !== attempt || fingerprintOf(old) !== fingerprintOf(news))
    failures.push(...validateRegistration(context, news))
  return Promise.resolve({ failures })
}

const wrongAttempt = refuse(['attempt'], '`attempt` must be a whole number from 1.', 'ERR_PSC_TYPE')

/** Finds whether the program asks for another attempt, by its number or by other values to register. */
export const diff: AttemptVerbs['diff'] = (_context, { old, news }) => {
  return Promise.resolve({ changes: isNext(old, news) })
}

function isNext(old: AttemptOutputs, news: Declared<RegistrationInputs>): boolean {
  const declared = fingerprintOf(news)
  const isOther = old.declared !== undefined && declared !== undefined && old.declared !== declared
  return old.attempt !== news.attempt || isOther
}

/**
 * Announces an attempt.
 *
 * @throws what {@link announce} throws.
 */
export const create: AttemptVerbs['create'] = (context, { news }) => {
  return Promise.resolve({ id: 'attempt', outputs: announce(context, news) })
}

/** Leaves an attempt as it is: there is nothing at the PSC that could be read. */
export const read: AttemptVerbs['read'] = () => {
  return Promise.resolve({ exists: true })
}

/**
 * Announces the next attempt.
 *
 * @throws what {@link announce} throws.
 */
export const update: AttemptVerbs['update'] = (context, { old, news }) => {
  return Promise.resolve({ outputs: { ...announce(context, news), follows: old.run } })
}

/**
 * Makes the outputs that the engine stores before the registration sends its request. Reads the private key, so that a
 * local mistake uses up no attempt.
 *
 * @throws {SecretUnavailableError} for a private key that is not available here.
 * @throws {PrivateKeyError} for one that cannot be used.
 */
function announce(context: Context, inputs: RegistrationInputs): AttemptOutputs {
  const { attempt, psc, name, privateKey } = inputs
  if (context.profile(psc).registration === 'application_cert' && privateKey !== undefined) {
    readKey(context, inputs)
  }
  const declared = fingerprintOf(inputs)
  return { attempt, run: thisRun, psc, name, ...(declared !== undefined && { declared }) }
}

/**
 * Warns about an attempt without a registration: the run that announced it was interrupted. Otherwise its registration,
 * which leaves the stack first, has already warned.
 */
export const forget: AttemptVerbs['forget'] = (context, { old }) => {
  if (!hasLeft(old)) context.warn('WARN_PSC_UNKNOWN_OUTCOME', describeUnknownOutcome(old))
  return Promise.resolve()
}
