import { resolveSecret, type SecretReference } from '../provider/engine/secret.ts'
import { SecretUnavailableError } from '../provider/errors.ts'

/** A secret that no command can ever read: Pulumi alone has the configuration of a stack. */
export class SecretOfStackError extends SecretUnavailableError {}

/**
 * The secret of an entry of the manifest, for a command that runs outside a stack.
 *
 * @throws {SecretUnavailableError} in words that fit outside a stack.
 */
export function secretAtHand(key: string, secret: string | SecretReference): string {
  if (typeof secret === 'object' && 'config' in secret) {
    throw new SecretOfStackError(
      `the client secret of ${key} is in the configuration of a stack (${secret.config}), which only Pulumi reads: use { env } or { file } where a command shall prove it`,
    )
  }
  try {
    return resolveSecret(secret, () => undefined)
  } catch (error) {
    if (!(error instanceof SecretUnavailableError)) throw error
    throw new SecretUnavailableError(`the client secret of ${key} is not at hand: ${error.detail}`)
  }
}
