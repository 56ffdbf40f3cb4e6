/** The parts of a URI that decide about a redirect URI. */
export interface UriParts {
  /** Lower case, without the colon. */
  readonly scheme: string
  /** Between `//` and the path; `undefined` when there is no `//`. */
  readonly authority: string | undefined
  /** Without `#`; an empty fragment is an empty string. */
  readonly fragment: string | undefined
}

/** RFC 3986, appendix B, with the scheme's own grammar. */
const parts = /^([A-Za-z][A-Za-z\d+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s

/** RFC 3986's characters, and those outside ASCII (RFC 3987) that are neither spaces nor controls. */
const character = /^(?:[\w\-.~:/?@!$&'()*+,;=]|%[\da-f]{2}|[^\p{ASCII}\p{Z}\p{C}])*$/iu

/** Splits an absolute URI as RFC 3986 does. `undefined` when it is none. */
export function splitUri(text: string): UriParts | undefined {
  const match = parts.exec(text)
  if (!match) return undefined
  const [, scheme = '', authority, path = '', query = '', fragment] = match
  // Square brackets belong to an IP literal alone, so they are looked for outside the authority only.
  if (![path, query, fragment ?? ''].every((part) => character.test(part))) return undefined
  return { scheme: scheme.toLowerCase(), authority, fragment }
}

/** The host of an authority. `undefined` with user info, a port that is none, or an empty host. */
export function hostOf(authority: string): string | undefined {
  const match = /^(\[[^\]@]*\]|[^:@[\]]+)(?::(\d*))?$/.exec(authority)
  if (!match) return undefined
  return Number(match[2] ?? '') > 65_535 ? undefined : match[1]
}
