import { stripVTControlCharacters } from 'node:util'

const longestText = 300

/**
 * A server's words, made safe to print: one line, no control or direction characters, bounded, and without
 * the secrets that were sent to it, plain, percent-encoded or in base64.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  // Once more after what cannot be seen is gone: it may stand in the middle of a secret.
  const safe = withoutSecrets(toOneLine(withoutSecrets(text, secrets)), secrets)
  return safe.length > longestText ? `${safe.slice(0, longestText)}…` : safe
}

function toOneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\t\n\v\f\r\x85\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, '')
    .trim()
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap(secretForms)
    .reduce((safe, form) => safe.replaceAll(form, '[secret]'), text)
}

/** Whether a server's words hold a secret, in one of the forms that {@link safeText} finds. */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.flatMap(secretForms).some((form) => text.includes(form))
}

function secretForms(secret: string): string[] {
  if (secret === '') return []
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const percent = encodeURIComponent(secret.toWellFormed())
  const bytes = Buffer.from(secret)
  // What follows a secret changes how its last bytes look in base64.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3))
  const base64 = [bytes, ...(whole.length >= 6 ? [whole] : [])].map((part) =>
    part.toString('base64').replace(/=+$/, ''),
  )
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([secret, percent, form, ...base64, ...base64url])]
}
