import { stripVTControlCharacters } from 'node:util'
import { maskIdentification } from '../rules/identification.ts'
import { sayLater } from '../say.ts'

const longestText = 300

/** Replaces words that repeat a secret: none of them is shown. */
const hidden = sayLater`[hidden: repeats a secret]`

/**
 * Makes a server's words safe to print: one line of at most 300 characters, without control or direction characters and
 * without commands to a terminal or a pipeline. Hides words that repeat a secret, however it is encoded.
 */
export function safeText(text: string, secrets: readonly string[] = []): string {
  return bounded(hideSecrets(text, secrets))
}

/** Makes words safe as {@link safeText} does, and shows only the middle digits of a CPF or a CNPJ. */
export function safeWords(text: string, secrets: readonly string[] = []): string {
  // Before truncation, which could leave an unmasked beginning of a number.
  return bounded(maskIdentifications(hideSecrets(text, secrets)))
}

/** Ends a sentence of ours with a server's words in brackets. Its full stop is theirs if they have one. */
export function endWithWords(words: string): string {
  return words === '' ? '.' : words.endsWith('.') ? ` (${words})` : ` (${words}).`
}

function bounded(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  const line = toOneLine(text)
  // Searches also without invisible characters: one may stand in the middle of a secret.
  return repeatsSecret(text, secrets) || repeatsSecret(line, secrets) ? hidden() : line
}

function toOneLine(text: string): string {
  return (
    stripVTControlCharacters(text)
      .replace(/[\t\n\v\f\r\x85\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, '')
      // `<{%fg 1%}>` colours the messages of Pulumi's engine.
      .replaceAll('<{%', '< {%')
      // `##vso[…]` and `##[…]` are commands to an agent of Azure Pipelines, `::error::` is one to GitHub's.
      .replace(/#(?=#)/g, '# ')
      .replace(/:(?=:)/g, ': ')
      .trim()
  )
}

/** The limit of nested encodings, as in an answer that passed through several services. */
const deepestEncoding = 3

/** From this length on a secret matches in either case. A shorter secret may be a word. */
const shortestFolded = 8

/**
 * Tells whether a text holds a secret: plain, percent-encoded, with the escapes of HTML or JSON, in base64 or in
 * hexadecimal, up to three encodings deep. A piece of a long secret without spaces, such as a token, is enough.
 */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  const exact = secrets.filter(({ length }) => length < shortestFolded).flatMap(formsOf)
  const folded = secrets
    .filter(({ length }) => length >= shortestFolded)
    .flatMap(formsOf)
    .map((form) => form.toLowerCase())
  const pieces = new Set(secrets.flatMap(piecesOf))
  if (exact.length + folded.length === 0) return false
  let bytes = toBytes(text)
  for (let depth = 0; depth <= deepestEncoding; depth += 1) {
    const lower = bytes.toLowerCase()
    if (exact.some((form) => bytes.includes(form))) return true
    if (folded.some((form) => lower.includes(form))) return true
    if (pieces.size > 0 && windowsOf(bytes).some((piece) => pieces.has(piece))) return true
    const decoded = decode(bytes)
    if (decoded === bytes) return false
    bytes = decoded
  }
  return false
}

/** Writes the UTF-8 bytes of a text, one character each. Treats a plus as a space, as a form does. */
function toBytes(text: string): string {
  return Buffer.from(text.replaceAll('+', ' ')).toString('latin1')
}

/** Matches an octet of a URL, an entity of HTML, or an escape of JSON. */
const encoded =
  /%([\da-f]{2})|&#(?:x([\da-f]{1,8})|(\d{1,9}));?|&(amp|lt|gt|quot|apos);|((?:\\u[\da-f]{4})+)|\\(["'/\\])/gi

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Replaces each encoded character of {@link toBytes} by its bytes. */
function decode(bytes: string): string {
  return bytes.replace(encoded, (...match: (string | undefined)[]) => {
    const [, octet, hex, decimal, entity, escapes, escaped] = match
    if (octet !== undefined) return characterOf(octet).replace('+', ' ')
    const point = hex === undefined ? Number(decimal) : parseInt(hex, 16)
    return toBytes(
      escapes?.replace(/\\u(....)/gi, (_, unit: string) => characterOf(unit)) ??
        escaped ??
        (entity === undefined
          ? String.fromCodePoint(...(point <= 0x10ffff ? [point] : []))
          : (entities[entity.toLowerCase()] ?? '')),
    )
  })
}

function characterOf(hex: string): string {
  return String.fromCharCode(parseInt(hex, 16))
}

/** The least length of a part of a base64 text. A shorter one may occur by chance. */
const shortestBase64 = 6

/** Lists the forms of a secret as {@link toBytes} writes them: itself, in hexadecimal, in base64 and in base64url. */
function formsOf(secret: string): string[] {
  if (secret === '') return []
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const base64 = base64Forms(bytes)
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [secret, hex, hex.toUpperCase(), ...base64, ...base64url].map(toBytes)
}

/** Lists the base64 text and its part that does not depend on the bytes around the secret. */
function base64Forms(bytes: Buffer): string[] {
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6))
  })
  const whole = bytes.toString('base64').replace(/={1,2}$/, '')
  return [whole, ...inner.filter((text) => text.length >= shortestBase64)]
}

/** The least length of a piece, of a secret twice as long. A shorter one may occur by chance. */
const pieceLength = 24

/** Lists the pieces of a long secret without spaces, such as a token; none of any other secret. */
function piecesOf(secret: string): string[] {
  const isLongWord = secret.length >= 2 * pieceLength && /^[\w.~+/=-]+$/.test(secret)
  return isLongWord ? windowsOf(toBytes(secret)) : []
}

function windowsOf(text: string): string[] {
  const count = Math.max(0, text.length - pieceLength + 1)
  return Array.from({ length: count }, (_, at) => text.slice(at, at + pieceLength))
}

/** Matches 14 digits (CNPJ) or 11 (CPF), also with separators; a CNPJ with letters only in its usual form. */
const identifications =
  /(?<!\d)(?:\d(?:[./-]?\d){13}|\d(?:[./-]?\d){10})(?!\d)|[\dA-Z]{2}\.[\dA-Z]{3}\.[\dA-Z]{3}\/[\dA-Z]{4}-\d{2}/g

function maskIdentifications(text: string): string {
  return text.replace(identifications, (found) => maskIdentification(found.replace(/[./-]/g, '')))
}
