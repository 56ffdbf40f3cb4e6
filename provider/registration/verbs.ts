import { isDeepStrictEqual } from 'node:util'
import type { Verbs } from '../engine/border.ts'
import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { RegistrationChangedError, type RegistrationPendingError } from '../errors.ts'
import { nameOfPsc } from '../psc/profiles/profile-args.ts'
import { attempt, findInterrupted, noteLeft } from './attempt.ts'
import { checkpointProblem, describeUnknownOutcome, registrationPending } from './errors.ts'
import {
  describeRegistration,
  type FailedRegistration,
  registeredKeys,
  type RegistrationInputs,
  type RegistrationOutputs,
  thisRun,
} from './inputs.ts'

type Outputs = RegistrationOutputs | FailedRegistration

type RegistrationVerbs = Required<Omit<Verbs<RegistrationInputs, Outputs>, 'prove'>>

/**
 * Refuses an attempt of another run, and an environment that could lose the secret. The check of the attempt validates
 * the rest.
 */
export const check: RegistrationVerbs['check'] = (context, { old, news }) => {
  const stop = checkpointProblem(process.env)
  const failures = stop === undefined ? [] : [stop]
  if (!old) failures.push(...findInterrupted(context, news))
  return Promise.resolve({ failures })
}

/**
 * Refuses a change of registered values: a PSC cannot update a registration, and a replacement would register a second
 * client. Ignores a change of the certificate, its key or the number of the attempt.
 *
 * @throws {RegistrationChangedError}
 * @throws {RegistrationPendingError} after an attempt that failed, until the program asks for the next, or corrects what was
 * refused.
 */
export const diff: RegistrationVerbs['diff'] = (context, { id, old, news }) => {
  if (isFailed(old)) {
    // A refresh asks for it too and must not fail; the apply that follows in the same process still does.
    if (!isNext(old, news) && !refreshed.has(id)) return Promise.reject(pending(context, old, news))
    return Promise.resolve({ changes: true })
  }
  const changed = registeredKeys.filter(
    (key) => !isKnown<unknown>(news[key]) || !isDeepStrictEqual(old[key], news[key]),
  )
  if (changed.length === 0) return Promise.resolve({ changes: false })
  return Promise.reject(
    new RegistrationChangedError(
      [
        `${describeRegistration(old)} is registered already, and ${changed.join(', ')} of its registration cannot change: registering again would make a second client.`,
        'A PscClient with the clientId and the clientSecret of this resource maintains its name, comments, email and redirectUris: change them there.',
        `Leave them here as they were registered, or give this resource the option ignoreChanges: [${changed.map((key) => `'${key}'`).join(', ')}].`,
        'For another PSC, declare another PscRegistration.',
      ].join(' '),
    ),
  )
}

/**
 * Registers an application, by one request that is never retried. The attempt is in the state already; the engine
 * writes the outcome, with the secret in it, before anything that depends on it is done.
 *
 * @throws what {@link attempt} throws.
 */
export const create: RegistrationVerbs['create'] = async (context, { news }) => {
  // Not the client's identifier: there is none after a failure, and an id can not change.
  const id = `${context.profile(news.psc).name}:${news.name}`
  return { id, outputs: await attempt(context, id, news) }
}

/** The ids that a refresh of this process has read. */
const refreshed = new Set<string>()

/**
 * Returns a registration unchanged: its secret may have been rotated since. The `PscClient` that maintains the client
 * proves it.
 */
export const read: RegistrationVerbs['read'] = (_context, { id }) => {
  refreshed.add(id)
  return Promise.resolve({ exists: true })
}

/**
 * Makes the next attempt after a failed one, if the program requests it. Returns a successful registration unchanged.
 *
 * @throws {RegistrationPendingError} while the number of the attempt and the refused values are the same.
 * @throws what {@link attempt} throws.
 */
export const update: RegistrationVerbs['update'] = async (context, { id, old, news }) => {
  if (!isFailed(old)) return { outputs: old }
  if (isNext(old, news)) return { outputs: await attempt(context, id, news) }
  throw pending(context, old, news)
}

function pending(
  context: Context,
  old: FailedRegistration,
  { run, follows }: Declared<RegistrationInputs>,
): RegistrationPendingError {
  // A later run announced an attempt, and stored no outcome.
  const isInterrupted = old.run !== undefined && run !== old.run && follows !== undefined
  const failed = isInterrupted ? undefined : old.failed
  return registrationPending(failed, old, context.profile(old.psc).name)
}

/**
 * Warns that a client stays registered, and that its secret leaves the state with the registration. Sends nothing.
 */
export const forget: RegistrationVerbs['forget'] = (context, { old }) => {
  const where = nameOfPsc(old.psc)
  const what = `the registration of ${describeRegistration(old)}`
  noteLeft(old)
  if (!isFailed(old)) {
    context.warn(
      'WARN_PSC_STAYS_REGISTERED',
      `${what} (${old.clientId}) leaves this stack, and its secret with it. The client stays registered at ${where}. Store the secret elsewhere if an application still uses it.`,
    )
  } else if (old.failed === 'lost') {
    context.warn('WARN_PSC_UNKNOWN_OUTCOME', describeUnknownOutcome(old))
  } else {
    context.warn(
      'WARN_PSC_NOT_REGISTERED',
      `${what} at ${where}, which did not take place, leaves this stack.`,
    )
  }
  return Promise.resolve()
}

function isFailed(old: Outputs): old is FailedRegistration {
  return 'failed' in old
}

/**
 * Tells whether to make another attempt: the program has raised its number, or has corrected what the PSC refused. A
 * correction needs an announcement of this run, directly after that of the refused attempt: then no attempt between
 * them can have been lost.
 */
function isNext(old: FailedRegistration, declared: Declared<RegistrationInputs>): boolean {
  const { run, follows } = declared
  if (typeof declared.attempt === 'number' && declared.attempt > old.attempt) return true
  const isCorrected = registeredKeys.some((key) => !isDeepStrictEqual(old[key], declared[key]))
  const isDirect = !isKnown<string>(run) || (run === thisRun && follows === old.run)
  return old.failed === 'refused' && old.run !== undefined && isCorrected && isDirect
}
