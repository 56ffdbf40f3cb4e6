import { isDeepStrictEqual } from 'node:util'
import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { hasUnknown, readDeclaration } from '../engine/unknown.ts'
import {
  type CodedError,
  isExplained,
  LostAnswerError,
  RegistrationChangedError,
  type RegistrationPendingError,
} from '../errors.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { connect } from '../psc/psc.ts'
import { readSigner, type Signer } from '../psc/requests/application-jws.ts'
import { type Failure, registrationFailed, registrationPending } from './errors.ts'
import {
  certificatePem,
  describeRegistration,
  type FailedRegistration,
  registeredKeys,
  type RegistrationInputs,
  type RegistrationOutputs,
  thisRun,
  toApplication,
} from './inputs.ts'

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
    return [registrationPending(undefined, inputs, name).message]
  } catch (error) {
    if (!isExplained(error)) throw error
    return [error.message]
  }
}

/**
 * Refuses a change of what was registered: neither an update, which a PSC does not have here, nor a replacement, which
 * would register a second client, is what was meant. The certificate, its key and the number of the attempt do not
 * matter any more: a change of them is none.
 *
 * @throws {RegistrationChangedError}
 * @throws {RegistrationPendingError} after an attempt that failed, until the program asks for the next.
 */
export function diff(
  context: Context,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  const kept = readDeclaration(olds)
  const declared = readDeclaration(news)
  if (isFailed(kept)) {
    // A refresh asks for it too and must not fail; the apply that follows in the same process still does.
    const isNext = isNextAttempt(kept, declared)
    if (!isNext && !isRefreshed(id)) return Promise.reject(pending(context, kept))
    return Promise.resolve({ changes: true })
  }
  const changed = registeredKeys.filter(
    (key) => hasUnknown(declared[key]) || !isDeepStrictEqual(kept[key], declared[key]),
  )
  if (changed.length === 0) return Promise.resolve({ changes: false })
  return Promise.reject(
    new RegistrationChangedError(
      [
        `${describeRegistration(kept)} is registered already, and ${changed.join(', ')} of its registration cannot change: registering again would make a second client.`,
        'A PscClient with the clientId and the clientSecret of this resource maintains its name, comments, email and redirectUris: change them there.',
        `Leave them here as they were registered, or give this resource the option ignoreChanges: [${changed.map((key) => `'${key}'`).join(', ')}].`,
        'For another PSC, declare another PscRegistration.',
      ].join(' '),
    ),
  )
}

/**
 * Registers an application, by one request that is never repeated. The attempt is in the state already; the engine
 * writes the outcome, with the secret in it, before anything that depends on it is done.
 *
 * @throws what {@link attempt} throws.
 */
export async function create(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const { psc, name } = readDeclaration(properties) as unknown as RegistrationInputs
  // Not the client's identifier: there is none after a failure, and an id can not change.
  const id = `${context.profile(psc).name}:${name}`
  return { id, outs: await attempt(context, id, properties) }
}

/**
 * Sends the request, if this very run has announced it.
 *
 * @throws {RegistrationFailedError} the engine keeps the resource as not settled.
 * @throws {RegistrationPendingError} for an attempt that an earlier run announced.
 */
export async function attempt(
  context: Context,
  id: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<RegistrationOutputs> {
  const inputs = readDeclaration(properties) as unknown as RegistrationInputs
  const profile = context.profile(inputs.psc)
  if (inputs.run !== thisRun) throw registrationPending(undefined, inputs, profile.name)
  const { __provider } = properties
  const fail = (failed: Failure, error: CodedError, clue?: string) =>
    registrationFailed(id, { ...inputs, __provider }, failed, profile.name, error, clue)
  try {
    const { tokens } = context
    const connection = connect(profile, { tokens, transport: context.transport(profile) })
    const signer = signerFor(context, inputs, profile)
    const credentials = await connection.register(toApplication(inputs), signer)
    const { psc, name, comments, email, redirectUris } = inputs
    return { psc, name, comments, email, redirectUris, ...credentials }
  } catch (error) {
    if (error instanceof LostAnswerError) throw fail('lost', error, error.clue)
    if (isExplained(error)) throw fail('refused', error)
    throw error
  }
}

/** Reads what signs the registration, where the PSC wants it signed; the check has made sure that it is there. */
function signerFor(
  context: Context,
  { certificate, privateKey }: RegistrationInputs,
  { registration }: PscProfile,
): Signer | undefined {
  if (registration === 'application') return undefined
  const pem = certificatePem(certificate) ?? ''
  return readSigner(pem, privateKey === undefined ? '' : context.secret(privateKey))
}

/** What a refresh of this process has read. */
const refreshed = new Set<string>()

/**
 * A registration is a record of what was done once: its secret may have been rotated since. Whether the client is
 * alive is proven by the `PscClient` that maintains it.
 */
export function read(
  _context: unknown,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  refreshed.add(id)
  return Promise.resolve({ id, props })
}

/** Whether a refresh asks for the difference between what it has read and the state, and not a preview. */
export function isRefreshed(id: string): boolean {
  return refreshed.has(id)
}

/**
 * Called for an attempt that failed: makes the next one, if the program says so. What is registered is left alone.
 *
 * @throws {RegistrationPendingError} while the number of the attempt is the same.
 * @throws what {@link attempt} throws.
 */
export async function update(
  context: Context,
  id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  const kept = readDeclaration(olds)
  if (!isFailed(kept)) return { outs: kept }
  if (isNextAttempt(kept, news)) return { outs: await attempt(context, id, news) }
  throw pending(context, kept)
}

/** Says how to go on after an attempt that failed. */
export function pending(context: Context, kept: FailedRegistration): RegistrationPendingError {
  return registrationPending(kept.failed, kept, context.profile(kept.psc).name)
}

/**
 * Forgets a registration, after a warning: the client stays registered, and what the state held of its secret is
 * gone with it. Nothing is sent.
 */
export function forget(
  context: Context,
  _id: string,
  props: Readonly<Record<string, unknown>>,
): Promise<void> {
  const kept = readDeclaration(props)
  const { psc, name, clientId } = kept as unknown as RegistrationOutputs
  const where = nameOf(psc)
  left.add(keyOf({ psc, name }))
  context.warn(
    isFailed(kept) && kept.failed === 'refused'
      ? `the registration of ${describeRegistration(kept)} at ${where}, which did not take place, leaves this stack`
      : isFailed(kept)
        ? describeUnknownOutcome({ psc, name })
        : `the registration of ${describeRegistration(kept)} (${clientId}) leaves this stack, and its secret with it: the client stays registered at ${where}. Whatever still uses the secret must have it from elsewhere`,
  )
  return Promise.resolve()
}

/** Whose a registration is. */
type Registered = Pick<RegistrationOutputs, 'psc' | 'name'>

/** The registrations that have left a stack in this process, each with its warning. */
const left = new Set<string>()

function keyOf({ psc, name }: Registered): string {
  return JSON.stringify([psc, name])
}

/** Whether a registration has left its stack before its attempt. */
export function hasLeft(registered: Registered): boolean {
  return left.has(keyOf(registered))
}

/** What is told of a registration that leaves its stack while nobody knows whether it took place. */
export function describeUnknownOutcome(registered: Registered): string {
  return `the registration of ${describeRegistration(registered)} at ${nameOf(registered.psc)}, of which it is not known whether it took place, leaves this stack: declared again, it is sent again. Look for an application of that name in the PSC's panel first, or ask its support`
}

function nameOf(psc: RegistrationOutputs['psc']): string {
  return typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
}

/** Whether the engine keeps an attempt that failed. */
export function isFailed(kept: object): kept is FailedRegistration {
  return 'failed' in kept && (kept.failed === 'lost' || kept.failed === 'refused')
}

/** Whether the program asks for another attempt than the one that failed. */
export function isNextAttempt(
  kept: FailedRegistration,
  declared: Readonly<Record<string, unknown>>,
): boolean {
  return typeof declared.attempt === 'number' && declared.attempt > kept.attempt
}

/**
 * Why a stack with a registration must not run like this; undefined when it may. With `PULUMI_SKIP_CHECKPOINTS` the
 * engine writes its state once, at the end: a crash before that would lose a secret that the PSC shows only once.
 */
export function checkpointProblem(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const value = environment.PULUMI_SKIP_CHECKPOINTS ?? ''
  if (/^(|0|f|false)$/i.test(value)) return undefined
  return 'PULUMI_SKIP_CHECKPOINTS is set, and this stack has a PscRegistration: its secret is shown once by the PSC and would be lost with a crash before the end. Unset the variable for this stack.'
}
