import { isDeepStrictEqual } from 'node:util'
import { isUnknown, type Problem, refuse, warn } from './problem.ts'
import { describeType, isRecord } from './text.ts'

const meanings = new Map([
  ['env', 'the name of an environment variable'],
  ['file', 'the path of a file'],
  ['config', 'a key of the configuration of the stack'],
])

/**
 * Judges the form of a client secret: a text, or exactly one of `{ env }`, `{ file }` and
 * `{ config }`. No message repeats anything of it, not even a key, which could be a mistyped value.
 *
 * @param path the property that holds it
 */
export function judgeClientSecret(
  secret: unknown,
  path: readonly string[] = ['clientSecret'],
): Problem[] {
  if (isUnknown(secret)) return []
  if (typeof secret === 'string') return judgeText(secret, path)
  if (!isRecord(secret)) {
    const message = `This must be { env: NAME }, { file: PATH }, { config: KEY } or a text, and is ${describeType(secret)}.`
    return [refuse(path, message)]
  }
  const [key, ...more] = Object.keys(secret)
  const meaning = meanings.get(key ?? '')
  if (key === undefined || meaning === undefined || more.length > 0) {
    return [refuse(path, 'This must have exactly one of env, file and config, and nothing else.')]
  }
  return judgeReference(secret[key], meaning, [...path, key])
}

function judgeText(secret: string, path: readonly string[]): Problem[] {
  if (secret.trim() === '') {
    return [
      refuse(path, 'The secret is empty. Give it, or better a reference such as { env: NAME }.'),
    ]
  }
  if (secret === secret.trim()) return []
  const message =
    'The secret begins or ends with white space or a line break, which is sent as a part of it. Remove it if it does not belong there.'
  return [warn(path, message)]
}

function judgeReference(value: unknown, meaning: string, path: readonly string[]): Problem[] {
  if (isUnknown(value)) return []
  if (typeof value !== 'string') {
    return [refuse(path, `This must be ${meaning} and is ${describeType(value)}.`)]
  }
  if (value.trim() === '') return [refuse(path, `This is empty. Give ${meaning}.`)]
  if (value.includes('\0') || (path.at(-1) === 'env' && value.includes('='))) {
    return [refuse(path, `This holds a character that is not allowed in ${meaning}.`)]
  }
  return []
}

/**
 * Judges the secret that may still be in force: as the other one, and that it is not the same, because then there is
 * nothing that could be set. It may be missing.
 */
export function judgePreviousClientSecret(previous: unknown, secret: unknown): Problem[] {
  const path = ['previousClientSecret']
  if (previous === undefined || previous === null) return []
  const problems = judgeClientSecret(previous, path)
  if (problems.length > 0 || isUnknown(previous)) return problems
  const known = typeof previous === 'string' || !Object.values(previous).some(isUnknown)
  return known && isDeepStrictEqual(previous, secret)
    ? [refuse(path, 'This is the same as clientSecret. Give the one before, or leave this out.')]
    : []
}
