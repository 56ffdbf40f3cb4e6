/** The names of confidential fields. Redacts values but keeps keys, so that tests can see that a secret was sent. */
const confidential =
  /secret|password|senha|token|^code$|^request$|code_verifier|authorization|cookie|credential|assertion/i

const redacted = '<redacted>'

/** Values nested deeper than this are left out, because recursion through them would overflow the stack. */
const maxDepth = 32

/** Redacts the confidential strings of a JSON value. Empty strings stay, so that tests can tell them from secrets. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) return '…'
  if (Array.isArray(value)) return value.map((inner) => redact(inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      confidential.test(key) ? hide(inner, depth + 1) : redact(inner, depth + 1),
    ]),
  )
}

/** Redacts confidential headers. The scheme of `Authorization` stays. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const redactedHeaders: Record<string, string> = {}
  for (const [name, value] of headers) {
    const scheme = /^(Basic|Bearer|Digest) /i.exec(value)?.[0] ?? ''
    redactedHeaders[name] = confidential.test(name) && value !== '' ? scheme + redacted : value
  }
  return redactedHeaders
}

/** Makes an object from parameters. A repeated parameter becomes a list. */
export function parametersToObject(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length > 1 ? values : values[0]]
    }),
  )
}

function hide(value: unknown, depth: number): unknown {
  if (Array.isArray(value) && depth <= maxDepth) return value.map((inner) => hide(inner, depth + 1))
  return value === '' || value === null ? value : redacted
}

/** Longer strings are cut here. */
const maxCharacters = 1024

/** Cuts the long strings and the long keys of a JSON value. */
export function shorten(value: unknown): unknown {
  if (typeof value === 'string') return shortenText(value)
  if (Array.isArray(value)) return value.map(shorten)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [shortenText(key), shorten(inner)]),
  )
}

export function shortenText(text: string): string {
  if (text.length <= maxCharacters) return text
  // Copies, because a slice would keep the whole string in memory.
  return `${Buffer.from(text.slice(0, maxCharacters)).toString()}… (${text.length} characters)`
}
