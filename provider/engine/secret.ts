import type { Code } from '../codes.ts'
import { FileError, SecretUnavailableError } from '../errors.ts'
import { readExactText, readNamed, readText } from '../read-file.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { commandForSecret, stepsOf } from '../rules/config-path.ts'
import { explainOther } from '../rules/pem.ts'
import { isRecord } from '../rules/text.ts'
import { say } from '../say.ts'
import { withoutLineBreak } from '../rules/secret-text.ts'

type GetConfig = (key: string) => string | undefined

/**
 * Resolves a secret or a private key: the one reader of both. Called only at its use. The result is never stored. Drops one
 * line break at its end.
 *
 * @throws {SecretUnavailableError}
 */
export function resolveSecret(secret: string | SecretReference, getConfig: GetConfig): string {
  const { text, missing } = read(secret, getConfig)
  const value = withoutLineBreak(text ?? '')
  if (value === '') throw new SecretUnavailableError(missing)
  return value
}

/** @returns the text, undefined or empty if it is missing, and what to do then. */
function read(
  secret: string | SecretReference,
  getConfig: GetConfig,
): { readonly text: string | undefined; readonly missing: string } {
  if (typeof secret === 'string') {
    return { text: secret, missing: say`the secret is empty. Give it.` }
  }
  if ('env' in secret) {
    const missing = say`the environment variable ${secret.env} is not set here. Set it where the provider runs.`
    return { text: process.env[secret.env], missing }
  }
  if ('file' in secret) {
    const missing = say`${secret.file}: the file is empty. Write the secret into it.`
    return { text: readSecretFile(secret.file), missing }
  }
  const { config } = secret
  const missing = say`the stack's configuration has no ${config}. Run ${commandForSecret(config)}.`
  return { text: readConfigured(config, getConfig), missing }
}

/**
 * Reads a key of the stack's configuration, or what `--path` has set inside of one. The engine gives an object as JSON.
 *
 * @param path as {@link stepsOf} splits it.
 */
export function readConfigured(path: string, getConfig: GetConfig): string | undefined {
  const own = getConfig(path)
  if (own !== undefined) return own
  const [key = '', ...steps] = stepsOf(path)
  const text = steps.length === 0 ? undefined : getConfig(key)
  if (text === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  for (const step of steps) {
    if (!(isRecord(value) || Array.isArray(value)) || !Object.hasOwn(value, step)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[step]
  }
  return typeof value === 'string' ? value : undefined
}

/** Names a reference in a message, but never an inline secret. */
export function describeSecret(secret: string | SecretReference): string {
  if (typeof secret === 'string') return 'clientSecret'
  const [[kind, name] = []] = Object.entries(secret)
  return `clientSecret { ${String(kind)}: ${String(name)} }`
}

/**
 * Describes a secret that stands unencrypted in the stack's configuration.
 *
 * @param isKey whether the whole path is the key; false if its first part is.
 */
export function describePlainSecret(path: string, isKey: boolean): string {
  const message = `the secret { config: ${path} } stands unencrypted in the stack's configuration. Run ${commandForSecret(path, isKey)}.`
  return `${message} [${'WARN_PSC_SECRET_IN_CLEAR' satisfies Code}]`
}

function readSecretFile(file: string): string {
  try {
    return readNamed(file, readExactText)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const binary = whyBinary(file)
    throw new SecretUnavailableError(binary === undefined ? error.detail : `${file}: ${binary}`)
  }
}

/** Explains a private key in binary form; undefined for any other file. */
function whyBinary(file: string): string | undefined {
  try {
    const text = readText(file)
    return text.startsWith('0\uFFFD') ? explainOther(text, 'private key') : undefined
  } catch {
    return undefined
  }
}
