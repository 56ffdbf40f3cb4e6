import { stripVTControlCharacters } from 'node:util'
import { maskIdentifications } from './identification.ts'
import { withoutSecrets } from './secrets.ts'

const longestText = 300

/**
 * A server's words, made safe to print: one line, no control or direction characters, nothing that acts on who prints
 * it, bounded, and without the secrets that were sent to it: plain, percent-encoded, with the escapes of HTML or JSON, in
 * base64 or in hexadecimal.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  return bounded(clean(text, secrets))
}

/** As {@link safeText}, and of a CPF or a CNPJ only the middle digits: for what a PSC says about a sign-in. */
export function safeWords(text: string, secrets: readonly string[] = []): string {
  // Before the text is cut: the beginning of a number would be shown as it is.
  return bounded(maskIdentifications(clean(text, secrets)))
}

function clean(text: string, secrets: readonly string[]): string {
  // Once more after what cannot be seen is gone: it may stand in the middle of a secret.
  return withoutSecrets(toOneLine(withoutSecrets(text, secrets)), secrets)
}

function bounded(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

function toOneLine(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/[\t\n\v\f\r\x85\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, '')
      // `<{%fg 1%}>` is how Pulumi's own messages ask for a colour, and the engine colours whatever it is given.
      .replaceAll('<{%', '< {%')
      // `##vso[…]` and `##[…]` are commands to an agent of Azure Pipelines, wherever in a line they stand.
      .replace(/#(?=#)/g, '# ')
      .trim()
  )
}
