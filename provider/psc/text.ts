import { stripVTControlCharacters } from 'node:util'

const longestText = 300

/**
 * A server's words, made safe to print: one line, no control or direction characters, bounded, and without
 * the secrets that were sent to it.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  let safe = text
  for (const secret of secrets) {
    for (const form of secretForms(secret)) safe = safe.replaceAll(form, '[secret]')
  }
  safe = stripVTControlCharacters(safe)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .trim()
  return safe.length > longestText ? `${safe.slice(0, longestText)}…` : safe
}

/** Whether a server's words hold a secret, in one of the forms that {@link safeText} finds. */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.flatMap(secretForms).some((form) => text.includes(form))
}

function secretForms(secret: string): string[] {
  if (secret === '') return []
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  return [
    ...new Set([secret, encodeURIComponent(secret), form, Buffer.from(secret).toString('base64')]),
  ]
}
