import { say, sayLater } from '../say.ts'
/**
 * Puts a text in double quotes, safe for a terminal and a log: control, format and other invisible
 * characters are escaped, and what is longer than the limit (default: 120 UTF-16 units) is cut.
 */
export function quote(text: string, limit = 120): string {
  const shown = text
    .slice(0, limit)
    .replace(/["\\]/g, '\\$&')
    .replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
      const code = character.codePointAt(0) ?? 0
      return `\\u{${code.toString(16)}}`
    })
  return text.length > limit ? `"${shown}…"` : `"${shown}"`
}

/** Lists quoted texts as a part of a sentence: `"a", "b" and "c"`; of many, the first and `N more`. */
export function enumerate(texts: readonly string[], limit = 10): string {
  const items = texts.slice(0, limit).map((text) => quote(text))
  if (texts.length > limit) items.push(say`${texts.length - limit} more`)
  const last = items.pop() ?? say`none`
  return items.length === 0 ? last : say`${items.join(', ')} and ${last}`
}

const types = {
  string: sayLater`a string`,
  number: sayLater`a number`,
  boolean: sayLater`a boolean`,
  bigint: sayLater`a bigint`,
  symbol: sayLater`a symbol`,
  function: sayLater`a function`,
  object: sayLater`an object`,
  undefined: sayLater`missing`,
}

/** Names the type of a value: `a list`, `a number`, `null`, `missing`. */
export function describeType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return say`a list`
  return types[typeof value]()
}

/** Tells whether a value is an object with named properties, neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tells whether a text holds half of a surrogate pair, which no encoding can carry. */
export function isIllFormed(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}

/** Makes a line feed of each carriage return alone, which YAML takes for a line break, and its library does not. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n')
}

/** Control and format characters, among them those that move a cursor or turn the direction of a text; spaces that are none of ASCII. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** Escapes a text of a file for a terminal, on one line: no control character reaches it raw. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === '\t') return ' '
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return `\\u{${code}}`
  })
}

const units = [
  [86_400, sayLater`1 day`, (count: number) => say`${count} days`],
  [3_600, sayLater`1 hour`, (count: number) => say`${count} hours`],
  [60, sayLater`1 minute`, (count: number) => say`${count} minutes`],
  [1, sayLater`1 second`, (count: number) => say`${count} seconds`],
] as const

/** Writes a lifetime in words: `5 minutes`, `1 hour 30 minutes`, `7 days`. */
export function describeLifetime(seconds: number): string {
  const parts: string[] = []
  let rest = seconds
  for (const [length, one, several] of units) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(count === 1 ? one() : several(count))
  }
  return parts.length > 0 ? parts.join(' ') : say`${0} seconds`
}
