import type { Context } from '../provider/engine/context.ts'
import { SecretUnavailableError } from '../provider/errors.ts'
import type { ManifestSecret } from '../provider/manifest/index.ts'

/** A secret that only Pulumi can read: it is in the configuration of a stack. */
export class SecretOfStackError extends SecretUnavailableError {}

/**
 * Reads the client secret of an entry of the manifest.
 *
 * @throws {SecretOfStackError} for `{ config }`.
 * @throws {SecretUnavailableError} for a variable that is not set, or a file that cannot be read.
 */
export function readSecret(context: Context, key: string, secret: ManifestSecret): string {
  if (typeof secret === 'object' && 'config' in secret) {
    throw new SecretOfStackError(
      `the client secret of ${key} is in the configuration of a stack (${secret.config}), which only Pulumi reads: declare { env } or { file } for a command`,
    )
  }
  try {
    return context.secret(secret)
  } catch (error) {
    if (!(error instanceof SecretUnavailableError)) throw error
    throw new SecretUnavailableError(
      `the client secret of ${key} is not available: ${error.detail}`,
    )
  }
}
