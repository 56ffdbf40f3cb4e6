const longestQuote = 120

/**
 * A text in double quotes, safe for a terminal and a log: control, format and other invisible
 * characters are escaped, and what is longer than 120 characters is cut.
 */
export function quote(text: string): string {
  const characters = Array.from(text.slice(0, 2 * longestQuote)).slice(0, longestQuote)
  const shown = characters
    .join('')
    .replace(/["\\\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
      character === '"' || character === '\\'
        ? `\\${character}`
        : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    )
  return text.startsWith(characters.join('')) && characters.join('').length === text.length
    ? `"${shown}"`
    : `"${shown}…"`
}

/** Quoted texts as a sentence's part: `"a", "b" and "c"`; of many, the first and `N more`. */
export function enumerate(texts: readonly string[], limit = 10): string {
  const items = texts.slice(0, limit).map(quote)
  if (texts.length > limit) items.push(`${texts.length - limit} more`)
  const last = items.pop() ?? 'none'
  return items.length === 0 ? last : `${items.join(', ')} and ${last}`
}

/** What a value is, in words: `a list`, `a number`, `null`. */
export function describeType(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}

/** Tells whether a value is an object with named properties, neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tells whether a text holds half of a surrogate pair, which no encoding can carry. */
export function isIllFormed(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}
