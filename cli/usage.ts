import type { CommanderError } from 'commander'
import { say } from '../provider/say.ts'

/** Commander's sentences, each with its parts. */
const sentences: readonly (readonly [RegExp, (...parts: readonly string[]) => string])[] = [
  [/^unknown option '(.*)'$/s, (flag = '') => say`unknown option '${flag}'`],
  [/^unknown command '(.*)'$/s, (name = '') => say`unknown command '${name}'`],
  [/^missing required argument '(.*)'$/s, (name = '') => say`missing required argument '${name}'`],
  [/^option '(.*)' argument missing$/s, (flag = '') => say`option '${flag}' argument missing`],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
    (flag = '', value = '', remedy = '') =>
      `${say`option '${flag}' argument '${value}' is invalid.`} ${sayRemedy(remedy)}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/s,
    (value = '', name = '', remedy = '') =>
      `${say`command-argument value '${value}' is invalid for argument '${name}'.`} ${sayRemedy(remedy)}`,
  ],
  [
    /^too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)\.$/s,
    (name = '', expected = '', got = '') =>
      expected === '1'
        ? say`too many arguments for '${name}'. Expected 1 argument but got ${got}.`
        : say`too many arguments for '${name}'. Expected ${expected} arguments but got ${got}.`,
  ],
]

/** Words commander's error in the language of the process, on one line. */
export function sayUsage({ message }: CommanderError): string {
  const text = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim()
  const [, fault = text, meant] = /^(.*?)(?: \(Did you mean (.*)\?\))?$/s.exec(text) ?? []
  const found = sentences.find(([pattern]) => pattern.test(fault))
  const said = found ? found[1](...(found[0].exec(fault) ?? []).slice(1)) : fault
  if (meant === undefined) return said
  const several = /^one of (.*)$/.exec(meant)?.[1]
  const hint =
    several === undefined ? say`Did you mean ${meant}?` : say`Did you mean one of ${several}?`
  return `${said} (${hint})`
}

function sayRemedy(remedy: string): string {
  const choices = /^Allowed choices are (.*)\.$/s.exec(remedy)?.[1]
  return choices === undefined ? remedy : say`Allowed choices are ${choices}.`
}
