/** One subject alternative name: `{ type: 'DNS', value: 'portal.exemplo.gov.br' }`. */
export interface AlternativeName {
  readonly type: string
  readonly value: string
}

/**
 * Reads `X509Certificate.subjectAltName`. Node quotes a name that holds a comma, a quote or a
 * control character as a JSON string, so that no name can pretend to be two.
 *
 * @see https://nodejs.org/api/crypto.html#x509subjectaltname (CVE-2021-44532)
 */
export function readAlternativeNames(text: string | undefined): AlternativeName[] {
  const names: AlternativeName[] = []
  const pattern = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy
  for (const [, type = '', value = ''] of (text ?? '').matchAll(pattern)) {
    names.push({ type, value: value.startsWith('"') ? unquote(value) : value })
  }
  return names
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
