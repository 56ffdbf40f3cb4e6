import { maintainClient } from '../psc/maintenance/maintain.ts'
import { endpointsOf } from '../psc/profiles/profile.ts'
import { maintainRotating } from '../psc/maintenance/rotate.ts'
import type { Context } from './context.ts'
import {
  type ClientInputs,
  type ClientOutputs,
  readDeclaration,
  toDocument,
} from './declaration.ts'
import { keep } from './kept.ts'

/**
 * The PSC accepted the write but registered something else. The engine keeps the resource as not settled, and the
 * next apply writes it again.
 *
 * `id`, `properties` and `reasons` are what Pulumi's dynamic provider host looks for, and in what is kept the provider's
 * own code: without it, the resource could be neither refreshed nor destroyed.
 */
export class NotSettledError extends Error {
  override readonly name = 'NotSettledError'
  readonly code = 'ERR_PSC_NOT_SETTLED'
  readonly id: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly reasons: readonly string[]

  constructor(properties: ClientOutputs, reasons: readonly string[], code: unknown) {
    super(reasons.join('; '))
    this.id = properties.clientId
    this.properties = { ...keep(properties), __provider: code }
    this.reasons = reasons
  }
}

/**
 * Writes the whole document and returns what is kept of it, and sets the client's secret where it is not yet the one
 * that is declared. May be repeated at any time.
 *
 * @throws {PscError} when the PSC refuses it or cannot be reached.
 * @throws {NotSettledError} when the echo differs from what was sent.
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
  const transport = context.transport(profile, inputs.clientId)
  const rest = [toDocument(inputs), context.tokens, transport] as const
  const { registered, differences } =
    previous == null
      ? await maintainClient(profile, client, ...rest)
      : await maintainRotating(
          profile,
          { ...client, previousClientSecret: () => context.secret(previous) },
          ...rest,
        )
  const outputs = { ...inputs, endpoints: endpointsOf(profile), registered }
  if (differences.length > 0) {
    const advice = 'Apply again to write it once more; if it persists, ask the support of the PSC.'
    throw new NotSettledError(
      outputs,
      differences.map((difference) => `${difference}. ${advice}`),
      properties.__provider,
    )
  }
  return outputs
}
