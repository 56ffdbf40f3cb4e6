import type { Context } from '../engine/context.ts'
import { LostAnswerError, NotSettledError, PscError, SecretUnavailableError } from '../errors.ts'
import { endpointsOf } from '../psc/profiles/profile.ts'
import { connect } from '../psc/psc.ts'
import { pickStored } from '../rules/client-fields.ts'
import { type ClientInputs, type ClientOutputs, subjectOf } from './inputs.ts'

/**
 * Writes the whole document, and sets the client's secret where the declared one is not in force yet. May be repeated at
 * any time.
 *
 * @param writtenAt when it was written last, as the state has it.
 * @throws {PscError} when the PSC refuses it or cannot be reached.
 * @throws {NotSettledError} when the echo differs from what was sent, or the answer to the write was lost.
 * @throws {SecretUnavailableError}
 */
export async function write(
  context: Context,
  inputs: ClientInputs,
  writtenAt?: number,
): Promise<ClientOutputs> {
  const { clientId, previousClientSecret: previous } = inputs
  const profile = context.profile(inputs.psc)
  const client = { clientId, clientSecret: context.secret(inputs.clientSecret) }
  const { tokens } = context
  const psc = connect(profile, { tokens, transport: context.transport(profile) })
  const document = pickStored(inputs)
  const endpoints = endpointsOf(profile)
  const attempt = await context.journal.begin(subjectOf({ endpoints, clientId }), writtenAt)
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
        : await psc.rotate(client, document, () => context.secret(previous))
    if (differences.length === 0) {
      await attempt.written(document)
      return outputs(registered)
    }
    const advice = 'Apply again. If it persists, ask the support of the PSC.'
    throw notSettled(
      registered,
      differences.map((difference) => `${difference}. ${advice}`),
    )
  } catch (error) {
    if (error instanceof PscError || error instanceof SecretUnavailableError)
      await attempt.refused()
    if (!(error instanceof LostAnswerError)) throw error
    const reason = `${error.detail} The PSC may have carried out the write. Apply again.`
    throw notSettled(null, [reason], error)
  }
}

function warnOfJournal(context: Context, failure: string): void {
  const message = `writes cannot be recorded here (${failure}), so an interrupted write may go unnoticed. Set PULUMI_PSC_HOME to a writable folder.`
  context.warn('WARN_PSC_JOURNAL', message)
}
