/** More of a text than this many characters is not kept. */
const longestText = 1024

/** A JSON-like value with the beginning of every text that is long, and of every long name of a field. */
export function shorten(value: unknown): unknown {
  if (typeof value === 'string') return shortenText(value)
  if (Array.isArray(value)) return value.map(shorten)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [shortenText(key), shorten(inner)]),
  )
}

export function shortenText(text: string): string {
  if (text.length <= longestText) return text
  // A copy: a part of a text would keep all of it in memory.
  return `${Buffer.from(text.slice(0, longestText)).toString()}… (${text.length} characters)`
}
