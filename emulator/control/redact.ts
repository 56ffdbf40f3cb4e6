/** What never leaves the emulator: everything that proves who someone is. That it was there is told, what it was is not. */
const confidential =
  /secret|password|senha|token|^code$|^request$|code_verifier|authorization|cookie|credential|assertion/i

const redacted = '<redacted>'

/** What is nested deeper than this is not told: a walk through it would have no end that a stack could bear. */
const deepest = 32

/** A JSON-like value with every confidential text replaced. An empty text stays, so that "sent, but empty" can be told. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return '…'
  if (Array.isArray(value)) return value.map((inner) => redact(inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      confidential.test(key) ? hide(inner, depth + 1) : redact(inner, depth + 1),
    ]),
  )
}

/** Headers by lower-case name; the scheme of `Authorization` stays. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const told: Record<string, string> = {}
  for (const [name, value] of headers) {
    const scheme = /^(Basic|Bearer|Digest) /i.exec(value)?.[0] ?? ''
    told[name] = confidential.test(name) && value !== '' ? scheme + redacted : value
  }
  return told
}

/** Parameters as an object; one that is repeated becomes a list. */
export function parametersToObject(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

function hide(value: unknown, depth: number): unknown {
  if (Array.isArray(value) && depth <= deepest) return value.map((inner) => hide(inner, depth + 1))
  return value === '' || value === null ? value : redacted
}

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
