import { refuse, warn, type Problem } from './problem.ts'
import { describeType, isRecord } from './text.ts'
import { isUnknown } from './unknown.ts'

const references = ['env', 'file', 'config']

/**
 * Judges the form of a client secret: a text, or exactly one of `{ env }`, `{ file }` and
 * `{ config }`. Nothing of a value is ever repeated in a message, nor of a key that is not known.
 */
export function judgeClientSecret(secret: unknown): Problem[] {
  const path = ['clientSecret']
  if (isUnknown(secret)) return []
  if (typeof secret === 'string') return judgeInline(secret)
  if (!isRecord(secret)) {
    return [
      refuse(
        path,
        `must be { env: NAME }, { file: PATH }, { config: KEY } or a text, and is ${describeType(secret)}`,
      ),
    ]
  }
  const given = Object.keys(secret)
  const [key] = given
  if (given.length !== 1 || key === undefined || !references.includes(key)) {
    return [refuse(path, 'must have exactly one of env, file and config, and nothing else')]
  }
  const value = secret[key]
  if (isUnknown(value)) return []
  if (typeof value !== 'string' || value.trim() === '') {
    return [
      refuse(
        [...path, key],
        `must be ${meaning[key] ?? 'a text'} and is ${typeof value === 'string' ? 'empty' : describeType(value)}`,
      ),
    ]
  }
  if (value.includes('\0') || (key === 'env' && value.includes('='))) {
    return [
      refuse(
        [...path, key],
        `must be ${meaning[key] ?? 'a text'} and holds a character that none can have`,
      ),
    ]
  }
  return []
}

const meaning: Readonly<Record<string, string>> = {
  env: 'the name of an environment variable',
  file: 'the path of a file',
  config: 'a key of the stack configuration',
}

function judgeInline(secret: string): Problem[] {
  const path = ['clientSecret']
  if (secret.trim() === '') return [refuse(path, 'is empty: give the secret, or a reference to it')]
  if (secret !== secret.trim()) {
    return [
      warn(
        path,
        'begins or ends with white space or a line break, which is sent with it: remove it unless it belongs there',
      ),
    ]
  }
  return []
}
