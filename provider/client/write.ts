import type { Context } from '../engine/context.ts'
import {
  LostAnswerError,
  NotSettledError,
  PscError,
  SecretTextError,
  SecretUnavailableError,
} from '../errors.ts'
import { endpointsOf, type PscProfile } from '../psc/profiles/profile.ts'
import { connect } from '../psc/psc.ts'
import { pickStored } from '../rules/client-fields.ts'
import { warnOfJournal } from './changes.ts'
import { refuseUnchangedSecret, secretBeforeRotation } from './new-secret.ts'
import { type ClientInputs, type ClientOutputs, subjectOf } from './inputs.ts'

/**
 * Writes the whole document, and sets the client's secret where the declared one is not in force yet. May be repeated at
 * any time.
 *
 * @param old what the state has of it; undefined for a new resource.
 * @throws {PscError} when the PSC refuses it or cannot be reached.
 * @throws {NotSettledError} when the echo differs from what was sent, or the answer to the write was lost.
 * @throws {SecretUnavailableError}
 * @throws {SecretTextError} instead of setting a secret that is certainly not the meant one.
 */
export async function write(
  context: Context,
  inputs: ClientInputs,
  old?: ClientOutputs,
): Promise<ClientOutputs> {
  const { clientId, previousClientSecret: previous } = inputs
  const profile = context.profile(inputs.psc)
  const { clientSecret: reference } = inputs
  const client = { clientId, clientSecret: context.secret(reference), reference }
  refuseUnchangedSecret(context, inputs)
  const { tokens } = context
  const psc = connect(profile, { tokens, transport: context.transport(profile) })
  const document = pickStored(inputs)
  const endpoints = endpointsOf(profile)
  const attempt = await context.journal.begin(subjectOf({ endpoints, clientId }), old?.writtenAt)
  if (attempt.failure !== undefined) warnOfJournal(context, attempt.failure)
  const outputs = (registered: ClientOutputs['registered']): ClientOutputs => ({
    ...inputs,
    endpoints,
    registered,
    writtenAt: attempt.at,
  })
  const notSettled = (
    registered: ClientOutputs['registered'],
    reasons: readonly string[],
    cause?: LostAnswerError,
  ) =>
    new NotSettledError({
      id: clientId,
      outputs: { ...outputs(registered), settled: false },
      reasons,
      cause,
    })
  try {
    const { registered, differences } =
      previous == null
        ? await psc.maintain(client, document)
        : await psc.rotate(client, document, () => secretBeforeRotation(context, inputs))
    if (differences.length === 0) {
      await attempt.written(document)
      const written = outputs(registered)
      return context.configuration.drift.length === 0
        ? written
        : await proveWritten(context, profile, written, old)
    }
    const advice = 'Apply again. If it persists, ask the support of the PSC.'
    throw notSettled(
      registered,
      differences.map((difference) => `${difference}. ${advice}`),
    )
  } catch (error) {
    if (
      error instanceof PscError ||
      error instanceof SecretUnavailableError ||
      error instanceof SecretTextError
    )
      await attempt.refused()
    if (!(error instanceof LostAnswerError)) throw error
    const reason = `${error.detail} The PSC may have carried out the write. Apply again.`
    throw notSettled(null, [reason], error)
  }
}

/**
 * With `psc:drift`, adds to a written client what a later refresh needs. After `apply`, proves that the write is in force.
 *
 * @throws {NotSettledError} when the PSC does not have what it accepted.
 */
async function proveWritten(
  context: Context,
  profile: PscProfile,
  written: ClientOutputs,
  old: ClientOutputs | undefined,
): Promise<ClientOutputs> {
  const { learnWhetherPscTells, proveInForce, rememberWritten } = await import('./drift.ts')
  const drift = rememberWritten(context, old, written)
  const outputs = { ...written, ...(drift && { drift }) }
  const { missing, tells } = context.configuration.drift.includes('apply')
    ? await proveInForce(context, profile, outputs)
    : {
        missing: [],
        tells: drift?.tells ?? (await learnWhetherPscTells(context, profile, outputs)),
      }
  const proven = { ...outputs, ...(tells && { drift: { ...drift, tells } }) }
  if (missing.length === 0) return proven
  const reason = `${profile.name} accepted the write, but these redirect URIs are not in force: ${missing.join(', ')}. Apply again. If it persists, ask the support of the PSC.`
  throw new NotSettledError({
    id: written.clientId,
    outputs: { ...proven, settled: false },
    reasons: [reason],
  })
}
