import {
  resolveSecret,
  SecretUnavailableError,
  type SecretReference,
} from '../provider/lifecycle/secret.ts'

/** A secret that no command can ever read: Pulumi alone has the configuration of a stack. */
export class SecretOfStackError extends SecretUnavailableError {}

/**
 * A client's secret, for a command that runs outside a stack.
 *
 * @throws {SecretUnavailableError} in words that fit outside a stack.
 */
export function secretAtHand(secret: string | SecretReference): string {
  if (typeof secret === 'object' && 'config' in secret) {
    throw new SecretOfStackError(
      `the secret is in the configuration of a stack (${secret.config}), which only Pulumi reads: use { env } or { file } where a command shall prove it`,
    )
  }
  return resolveSecret(secret, () => undefined)
}
