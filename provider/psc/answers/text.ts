import { stripVTControlCharacters } from 'node:util'
import { maskIdentifications } from './identification.ts'

const longestText = 300

/**
 * A server's words, made safe to print: one line, no control or direction characters, bounded, and without
 * the secrets that were sent to it, plain, percent-encoded or in base64.
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
  return stripVTControlCharacters(text)
    .replace(/[\t\n\v\f\r\x85\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, '')
    .trim()
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const whole = secrets.flatMap(secretForms).reduce(withoutForm, text)
  return secrets.reduce(withoutPieces, whole)
}

/** A text of so many characters in a row that is also in a secret of twice as many is there by no chance. */
const pieceLength = 24

/** Of a token or a signed registration, which is one long word, no piece is shown either. */
function withoutPieces(text: string, secret: string): string {
  if (secret.length < 2 * pieceLength || !/^[\w.~+/=-]+$/.test(secret)) return text
  const pieces = new Set<string>()
  for (let at = 0; at + pieceLength <= secret.length; at += 1) {
    pieces.add(secret.slice(at, at + pieceLength))
  }
  let kept = ''
  let from = 0
  for (let at = 0; at + pieceLength <= text.length; at += 1) {
    if (!pieces.has(text.slice(at, at + pieceLength))) continue
    kept += `${text.slice(from, at)}[secret]`
    from = at + pieceLength
    while (from < text.length && pieces.has(text.slice(from + 1 - pieceLength, from + 1))) from += 1
    at = from - 1
  }
  return kept + text.slice(from)
}

function withoutForm(text: string, form: string): string {
  const pieces = likeForms(text).split(form)
  if (pieces.length === 1) return text
  let from = 0
  const kept = pieces.map((piece) => {
    const part = text.slice(from, from + piece.length)
    from += piece.length + form.length
    return part
  })
  return kept.join('[secret]')
}

/** Whether a server's words hold a secret, in one of the forms that {@link safeText} finds. */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  const compared = likeForms(text)
  return secrets.flatMap(secretForms).some((form) => compared.includes(form))
}

/** As the forms are written, in the same length: percent-encoding is the same in lower and in upper case. */
function likeForms(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (octet) => octet.toUpperCase())
}

/** Shorter parts of a base64 text may be there by chance. */
const shortestBase64 = 6

function secretForms(secret: string): string[] {
  if (secret === '') return []
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const percent = encodeURIComponent(secret.toWellFormed())
  const strict = form.replaceAll('+', '%20').replaceAll('*', '%2A').replaceAll('%7E', '~')
  const base64 = base64Forms(Buffer.from(secret))
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([likeForms(secret), percent, strict, form, ...base64, ...base64url])]
}

/** The whole text first, then what does not depend on the bytes before and after it, which share its characters. */
function base64Forms(bytes: Buffer): string[] {
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const bits = 8 * (before + bytes.length)
    return text.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6))
  })
  const whole = bytes.toString('base64').replace(/=+$/, '')
  return [whole, ...inner.filter((text) => text.length >= shortestBase64)]
}
