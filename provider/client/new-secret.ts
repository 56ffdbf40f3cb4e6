import type { Context } from '../engine/context.ts'
import { describeSecret } from '../engine/secret.ts'
import { SecretTextError, SecretUnavailableError } from '../errors.ts'
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

function faultOfNewSecret(
  secret: string,
  { clientId, clientSecret, previous }: NewSecret,
): string | undefined {
  if (isSame(secret, clientId)) return 'is the client id.'
  if (isNameOf(clientSecret, secret)) return 'is the name in its own reference.'
  if (secret === previous) return unchanged
  return faultOfSecretText(secret)
}

interface NewSecret extends Pick<ProvableClient, 'clientId' | 'clientSecret'> {
  readonly previous: string
}

/** Tells whether a secret is the name of its variable, its file or its key, or the last part of that name. */
function isNameOf(reference: string | SecretReference, secret: string): boolean {
  if (typeof reference === 'string') return false
  return Object.values(reference).some(
    (name: string) => isSame(name, secret) || isSame(name.split(/[/\\.:]/).at(-1) ?? '', secret),
  )
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
