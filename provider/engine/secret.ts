import { FileError, SecretUnavailableError } from '../errors.ts'
import { readExactText, readNamed } from '../read-file.ts'
import type { SecretReference } from '../rules/client-secret.ts'

/**
 * Resolves a secret. Called only at its use. The result is never stored.
 *
 * @throws {SecretUnavailableError}
 */
export function resolveSecret(
  secret: string | SecretReference,
  getConfig: (key: string) => string | undefined,
): string {
  if (typeof secret === 'string') return secret
  if ('env' in secret) {
    return orUnavailable(
      process.env[secret.env],
      `the environment variable ${secret.env} is not set here. Set it where the provider runs.`,
    )
  }
  if ('file' in secret) return readSecretFile(secret.file)
  return orUnavailable(
    getConfig(secret.config),
    `the stack's configuration has no ${secret.config}. Run \`pulumi config set --secret ${secret.config}\`.`,
  )
}

/** Names a reference in a message, but never an inline secret. */
export function describeSecret(secret: string | SecretReference): string {
  if (typeof secret === 'string') return 'clientSecret'
  const [[kind, name] = []] = Object.entries(secret)
  return `clientSecret { ${String(kind)}: ${String(name)} }`
}

function readSecretFile(file: string): string {
  let text: string
  try {
    text = readNamed(file, readExactText).replace(/\r?\n$/, '')
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new SecretUnavailableError(error.detail)
  }
  return orUnavailable(text, `${file}: the file is empty. Write the secret into it.`)
}

function orUnavailable(value: string | undefined, why: string): string {
  if (value === undefined || value === '') throw new SecretUnavailableError(why)
  return value
}
