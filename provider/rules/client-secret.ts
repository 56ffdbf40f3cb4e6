import { isDeepStrictEqual } from 'node:util'
import { say, sayLater } from '../say.ts'
import { foreign, invisible, locateCharacter } from './characters.ts'
import { isUnknown, missing, type Problem, refuse, warn, wrongType } from './problem.ts'
import { faultOfSecretText, withoutLineBreak } from './secret-text.ts'
import { isRecord } from './text.ts'

/**
 * Declares a reference to a secret. The state stores the reference only. One line break at the end of the secret is
 * dropped.
 */
export type SecretReference =
  | { /** The name of an environment variable. */ readonly env: string }
  | {
      /** A UTF-8 file, relative to the program's folder; without a byte order mark. */ readonly file: string
    }
  | {
      /** A key of the stack's configuration: `key` of the project, or `namespace:key`; `key.inside` for what --path has set. */ readonly config: string
    }

/** How a secret is written, for messages. */
export const secretForms = sayLater`{ env: NAME }, { file: PATH }, { config: KEY } or a string`

const meanings = new Map([
  ['env', sayLater`the name of an environment variable`],
  ['file', sayLater`the path of a file`],
  ['config', sayLater`a key of the stack's configuration`],
])

/**
 * Validates the form of a client secret: a string, or exactly one of `{ env }`, `{ file }` and
 * `{ config }`. No message repeats anything of it, not even a key, which could be a mistyped value.
 *
 * @param path the property that holds it
 */
export function validateClientSecret(
  secret: unknown,
  path: readonly string[] = ['clientSecret'],
): Problem[] {
  if (isUnknown(secret)) return []
  if (typeof secret === 'string') return validateText(secret, path)
  if (!isRecord(secret)) return [wrongType(path, secret, secretForms())]
  const [key, ...more] = Object.keys(secret)
  const meaning = meanings.get(key ?? '')
  if (key === undefined || meaning === undefined || more.length > 0) {
    const message = say`a reference to a secret has exactly one of env, file and config. Write ${secretForms()}.`
    return [refuse(path, message, 'ERR_PSC_SECRET_FORM')]
  }
  return validateReference(secret[key], meaning(), [...path, key])
}

function validateText(secret: string, path: readonly string[]): Problem[] {
  if (secret.trim() === '') return [missing(path, secret, say`give ${secretForms()}`)]
  const fault = faultOfSecretText(withoutLineBreak(secret))
  if (fault === undefined) return []
  const message = say`the secret ${fault} Correct it. It is sent unchanged, and a rotation refuses it.`
  return [warn(path, message, 'WARN_PSC_SECRET_TEXT')]
}

function validateReference(value: unknown, meaning: string, path: readonly string[]): Problem[] {
  if (isUnknown(value)) return []
  if (typeof value !== 'string') return [wrongType(path, value, meaning)]
  if (value.trim() === '') return [missing(path, value, say`give ${meaning}`)]
  if (value.includes('\0') || (path.at(-1) === 'env' && value.includes('='))) {
    const message = say`the value contains a character that ${meaning} cannot have. Give the name alone.`
    return [refuse(path, message, 'ERR_PSC_CHARACTER')]
  }
  const wrong = locateCharacter(value, path.at(-1) === 'file' ? invisible : foreign)
  if (wrong === undefined) return []
  const message = say`the value contains ${wrong}. Type ${meaning} again.`
  return [refuse(path, message, 'ERR_PSC_CHARACTER')]
}

/**
 * Validates the previous secret, which may be missing: its form, and that it differs from the secret to set. If both
 * are the same, there is nothing to set.
 */
export function validatePreviousClientSecret(previous: unknown, secret: unknown): Problem[] {
  const path = ['previousClientSecret']
  if (previous === undefined || previous === null) return []
  const problems = validateClientSecret(previous, path)
  if (problems.length > 0 || isUnknown(previous)) return problems
  const known = typeof previous === 'string' || !Object.values(previous).some(isUnknown)
  if (!known || !isDeepStrictEqual(previous, secret)) return []
  const message = say`\`previousClientSecret\` equals \`clientSecret\`. Give the secret before it, or remove it.`
  return [refuse(path, message, 'ERR_PSC_SECRET_UNCHANGED')]
}
