import type { Context } from '../engine/context.ts'
import { readDeclaration } from '../engine/unknown.ts'
import { LostAnswerError, NotSettledError } from '../errors.ts'
import { endpointsOf } from '../psc/profiles/profile.ts'
import { connect } from '../psc/psc.ts'
import { type ClientInputs, type ClientOutputs, toDocument } from './inputs.ts'
import { keep } from './state.ts'

/**
 * Writes the whole document and returns what is kept of it, and sets the client's secret where it is not yet the one
 * that is declared. May be repeated at any time.
 *
 * @throws {PscError} when the PSC refuses it or cannot be reached.
 * @throws {NotSettledError} when the echo differs from what was sent, or the answer to the write was lost.
 * @throws {SecretUnavailableError}
 */
export async function write(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<ClientOutputs> {
  const inputs = readDeclaration(properties) as unknown as ClientInputs
  const profile = context.profile(inputs.psc)
  const client = { clientId: inputs.clientId, clientSecret: context.secret(inputs.clientSecret) }
  const previous = inputs.previousClientSecret
  const { tokens } = context
  const psc = connect(profile, { tokens, transport: context.transport(profile, inputs.clientId) })
  const document = toDocument(inputs)
  const outputs = (registered: ClientOutputs['registered']) => ({
    ...inputs,
    endpoints: endpointsOf(profile),
    registered,
  })
  // Without the provider's own code in the state, the resource could be neither refreshed nor destroyed.
  const notSettled = (unsure: ClientOutputs, reasons: readonly string[]) =>
    new NotSettledError(
      inputs.clientId,
      { ...keep(unsure), settled: false, __provider: properties.__provider },
      reasons,
    )
  try {
    const { registered, differences } =
      previous == null
        ? await psc.maintain(client, document)
        : await psc.rotate(client, document, () => context.secret(previous))
    if (differences.length === 0) return outputs(registered)
    const advice = 'Apply again to write it once more; if it persists, ask the support of the PSC.'
    const reasons = differences.map((difference) => `${difference}. ${advice}`)
    throw notSettled(outputs(registered), reasons)
  } catch (error) {
    if (!(error instanceof LostAnswerError)) throw error
    const reason = `${error.detail} Whether the PSC carried out the write is not known: apply again.`
    throw notSettled(outputs(null), [reason])
  }
}
