import type { Context } from '../engine/context.ts'
import { LostAnswerError, NotSettledError } from '../errors.ts'
import { endpointsOf } from '../psc/profiles/profile.ts'
import { connect } from '../psc/psc.ts'
import { pickStored } from '../rules/client-fields.ts'
import type { ClientInputs, ClientOutputs } from './inputs.ts'

/**
 * Writes the whole document, and sets the client's secret where the declared one is not in force yet. May be repeated at
 * any time.
 *
 * @throws {PscError} when the PSC refuses it or cannot be reached.
 * @throws {NotSettledError} when the echo differs from what was sent, or the answer to the write was lost.
 * @throws {SecretUnavailableError}
 */
export async function write(context: Context, inputs: ClientInputs): Promise<ClientOutputs> {
  const { clientId, previousClientSecret: previous } = inputs
  const profile = context.profile(inputs.psc)
  const client = { clientId, clientSecret: context.secret(inputs.clientSecret) }
  const { tokens } = context
  const psc = connect(profile, { tokens, transport: context.transport(profile, clientId) })
  const document = pickStored(inputs)
  const outputs = (registered: ClientOutputs['registered']): ClientOutputs => ({
    ...inputs,
    endpoints: endpointsOf(profile),
    registered,
  })
  const notSettled = (registered: ClientOutputs['registered'], reasons: readonly string[]) =>
    new NotSettledError({
      id: clientId,
      outputs: { ...outputs(registered), settled: false },
      reasons,
    })
  try {
    const { registered, differences } =
      previous == null
        ? await psc.maintain(client, document)
        : await psc.rotate(client, document, () => context.secret(previous))
    if (differences.length === 0) return outputs(registered)
    const advice = 'Apply again to write it once more; if it persists, ask the support of the PSC.'
    throw notSettled(
      registered,
      differences.map((difference) => `${difference}. ${advice}`),
    )
  } catch (error) {
    if (!(error instanceof LostAnswerError)) throw error
    const reason = `${error.detail} Whether the PSC carried out the write is not known: apply again.`
    throw notSettled(null, [reason])
  }
}
