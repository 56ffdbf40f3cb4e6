import type { Context } from '../engine/context.ts'
import { describeSecret } from '../engine/secret.ts'
import { SecretTextError } from '../errors.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { faultOfSecretText } from '../rules/secret-text.ts'
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
  { clientId, clientSecret, previousClientSecret }: ProvableClient,
): string {
  const secret = context.secret(clientSecret)
  const previous = context.secret(previousClientSecret ?? '')
  const fault = faultOfNewSecret(secret, { clientId, clientSecret, previous })
  if (fault === undefined) return previous
  throw new SecretTextError(
    `${describeSecret(clientSecret)} ${fault} It is not set as the client's secret. Correct it.`,
  )
}

function faultOfNewSecret(
  secret: string,
  { clientId, clientSecret, previous }: NewSecret,
): string | undefined {
  if (secret === clientId) return 'is the client id.'
  if (isNameOf(clientSecret, secret)) return 'is the name in its own reference.'
  if (secret === previous) return 'is the same secret as previousClientSecret.'
  return faultOfSecretText(secret)
}

interface NewSecret extends Pick<ProvableClient, 'clientId' | 'clientSecret'> {
  readonly previous: string
}

/** Tells whether a secret is the name of its variable, its file or its key, or the last part of that name. */
function isNameOf(reference: string | SecretReference, secret: string): boolean {
  if (typeof reference === 'string') return false
  return Object.values(reference).some(
    (name: string) => name === secret || name.split(/[/\\.:]/).at(-1) === secret,
  )
}
