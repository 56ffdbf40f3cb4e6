import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../engine/context.ts'
import { hasUnknown, readDeclaration } from '../engine/unknown.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { certificatePem, type RegistrationInputs, thisRun } from './inputs.ts'
import { judgeNew } from './validate.ts'
import { checkpointProblem, describeUnknownOutcome, hasLeft } from './verbs.ts'

/** An attempt to register as the engine keeps it: written to the state before the request is sent. */
interface AttemptOutputs {
  /** Counted by the author of the program, from 1. */
  readonly attempt: number
  /** The run in which it was announced. */
  readonly run: string
  /** Whose it is: told when it leaves the state before it is known what became of it. */
  readonly psc: PscReference
  readonly name: string
}

/**
 * Judges what is to be registered by every rule that what is known allows. Asks nothing of a PSC: there is nothing that
 * it could be asked before it registers. What was attempted already is judged no more, except for what would lose a
 * secret.
 */
export function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const declared = readDeclaration(news)
  const { attempt } = declared
  const counts = hasUnknown(attempt) || (Number.isSafeInteger(attempt) && Number(attempt) >= 1)
  const stop = checkpointProblem(process.env)
  const reasons = counts ? [] : ['attempt: must be a whole number from 1']
  if (stop !== undefined) reasons.push(stop)
  if (olds.attempt !== news.attempt) reasons.push(...judgeNew(context, declared))
  return Promise.resolve({
    inputs: news,
    failures: reasons.map((reason) => ({ property: '', reason })),
  })
}

/** Another number is another attempt. */
export function diff(
  _context: unknown,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  return Promise.resolve({ changes: olds.attempt !== news.attempt })
}

/**
 * Announces an attempt.
 *
 * @throws what {@link announce} throws.
 */
export async function create(
  context: Context,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  return { id: 'attempt', outs: await announce(context, inputs) }
}

/**
 * Announces the next attempt.
 *
 * @throws what {@link announce} throws.
 */
export async function update(
  context: Context,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return { outs: await announce(context, news) }
}

/**
 * Leaves a warning where the attempt was all that was known: the run that announced it was cut short. Otherwise its
 * registration, which leaves the stack first, has said what there is to say.
 */
export function forget(
  context: Context,
  _id: string,
  props: Readonly<Record<string, unknown>>,
): Promise<void> {
  const kept = readDeclaration(props) as unknown as AttemptOutputs
  if (!hasLeft(kept)) context.warn(describeUnknownOutcome(kept))
  return Promise.resolve()
}

/**
 * What is written before the request is sent. What is wrong here and not at the PSC is found now: it uses up no attempt.
 *
 * @throws {SecretUnavailableError} for a private key that is not available here.
 * @throws {PrivateKeyError} for one that cannot be used.
 */
async function announce(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<AttemptOutputs> {
  const { attempt, psc, name, certificate, privateKey } = readDeclaration(
    properties,
  ) as unknown as RegistrationInputs
  if (context.profile(psc).registration === 'application_cert' && privateKey !== undefined) {
    const { readSigner } = await import('../psc/requests/application-jws.ts')
    readSigner(certificatePem(certificate) ?? '', context.secret(privateKey))
  }
  return { attempt, run: thisRun, psc, name }
}
