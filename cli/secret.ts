import type { Context } from '../provider/engine/context.ts'
import { SecretUnavailableError } from '../provider/errors.ts'
import type { SecretReference } from '../provider/manifest/index.ts'
import { say } from '../provider/say.ts'

/** Reports a secret in a stack's configuration, which only Pulumi can read. */
export class SecretOfStackError extends SecretUnavailableError {}

/**
 * Reads the client secret of an entry of the manifest.
 *
 * @throws {SecretOfStackError} for `{ config }`.
 * @throws {SecretUnavailableError} for an unset variable or an unreadable file.
 */
export function readSecret(
  context: Context,
  key: string,
  secret: string | SecretReference,
): string {
  if (typeof secret === 'object' && 'config' in secret) {
    throw new SecretOfStackError(
      say`the client secret of ${key} is in the configuration of a stack (${secret.config}), which only Pulumi can read. Declare { env } or { file } for a command.`,
    )
  }
  try {
    return context.secret(secret)
  } catch (error) {
    if (!(error instanceof SecretUnavailableError)) throw error
    throw new SecretUnavailableError(
      say`the client secret of ${key} is not available: ${error.detail}`,
    )
  }
}
