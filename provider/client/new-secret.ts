import type { Context } from '../engine/context.ts'
import { describeSecret } from '../engine/secret.ts'
import { SecretTextError, SecretUnavailableError } from '../errors.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { faultOfSecret } from '../rules/secret-text.ts'
import type { ProvableClient } from './inputs.ts'

/**
 * Resolves the secret before a rotation, which is asked for only when the new one is to be set: a new secret that is
 * certainly not the meant one is refused here, before anything is set.
 *
 * @throws {SecretTextError}
 * @throws {SecretUnavailableError} of either secret.
 */
export function secretBeforeRotation(
  context: Context,
  { clientId, clientSecret, previousClientSecret, name, email }: ProvableClient,
): string {
  const secret = context.secret(clientSecret)
  const previous = context.secret(previousClientSecret ?? '')
  const place = { clientId, reference: clientSecret, others: [name, email] }
  const fault = secret === previous ? unchanged : faultOfSecret(secret, place)
  if (fault === undefined) return previous
  throw notSet(clientSecret, fault)
}

/**
 * Refuses a rotation to the secret in force: the PSC accepts it, and a run would report a success that changed nothing. A
 * secret that is not available here is not compared.
 *
 * @throws {SecretTextError}
 */
export function refuseUnchangedSecret(
  context: Context,
  { clientSecret, previousClientSecret }: ProvableClient,
): void {
  if (previousClientSecret == null) return
  try {
    if (context.secret(clientSecret) !== context.secret(previousClientSecret)) return
  } catch (error) {
    if (error instanceof SecretUnavailableError) return
    throw error
  }
  throw notSet(clientSecret, unchanged)
}

const unchanged =
  'is the same secret as previousClientSecret. Give the new one, or remove previousClientSecret.'

function notSet(clientSecret: string | SecretReference, fault: string): SecretTextError {
  return new SecretTextError(
    `${describeSecret(clientSecret)} ${fault} It is not set as the client's secret. Correct it.`,
  )
}
