import { stripVTControlCharacters } from 'node:util'

// Finds the secrets that were sent to a server in what it says.

/** A text with `[secret]` in the place of each secret, however it is written there. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let kept = ''
  let from = 0
  for (const [begin, end] of placesOf(text, secrets)) {
    if (begin >= from) kept += `${text.slice(from, begin)}[secret]`
    from = Math.max(from, end)
  }
  return secrets.reduce(withoutPieces, kept + text.slice(from))
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

/** Whether a text holds a secret, however it is written there. */
export function repeatsSecret(text: string, secrets: readonly string[]): boolean {
  return placesOf(text, secrets).length > 0
}

/** Where a text holds a secret, however its characters are written, in the order of the text. */
function placesOf(
  text: string,
  secrets: readonly string[],
): (readonly [from: number, to: number])[] {
  const exact = new Set<string>()
  const folded = new Set<string>()
  for (const secret of secrets) {
    const isLong = secret.length >= shortestFolded
    for (const form of secretForms(secret)) {
      if (isLong) folded.add(form.toLowerCase())
      else exact.add(form)
    }
  }
  if (exact.size + folded.size === 0) return []
  const places: [number, number][] = []
  let read: Bytes | undefined = toBytes(text)
  for (let depth = 0; read && depth <= deepestEncoding; depth += 1) {
    const { bytes, starts }: Bytes = read
    for (const [where, sought] of [
      [bytes, exact],
      [bytes.toLowerCase(), folded],
    ] as const) {
      for (const form of sought) {
        for (let at = where.indexOf(form); at >= 0; at = where.indexOf(form, at + form.length)) {
          places.push([starts[at] ?? 0, starts[at + form.length] ?? text.length])
        }
      }
    }
    read = decoded(read)
  }
  return places.sort(([a], [b]) => a - b)
}

/** Of a secret of so many characters, letters of ASCII count in either case. A shorter one may be a word. */
const shortestFolded = 8

/** How often in a row a text may be encoded, as an answer that passes through several services is. */
const deepestEncoding = 3

/** The bytes of a text in UTF-8, a character for each, with where in the text each one begins. */
interface Bytes {
  readonly bytes: string
  readonly starts: readonly number[]
}

/** A form writes a space as a plus: the two are the same here, and in the secrets. */
function toLatin1(text: string): string {
  return Buffer.from(text.replaceAll('+', ' ')).toString('latin1')
}

function toBytes(text: string): Bytes {
  const starts: number[] = []
  let index = 0
  for (const character of text) {
    for (let count = Buffer.byteLength(character); count > 0; count -= 1) starts.push(index)
    index += character.length
  }
  return { bytes: toLatin1(text), starts }
}

/** An octet of a URL, an entity of HTML, or an escape of JSON. */
const encoded =
  /%([\da-f]{2})|&#(?:x([\da-f]{1,8})|(\d{1,9}));?|&(amp|lt|gt|quot|apos);|((?:\\u[\da-f]{4})+)|\\(["'/\\])/gi

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** What a text's encoded characters stand for; undefined where there are none. */
function decoded({ bytes, starts }: Bytes): Bytes | undefined {
  const parts: string[] = []
  const from: number[] = []
  let end = 0
  const keep = (to: number) => {
    parts.push(bytes.slice(end, to))
    for (; end < to; end += 1) from.push(starts[end] ?? 0)
  }
  for (const match of bytes.matchAll(encoded)) {
    const [whole, octet, hex, decimal, entity = '', escapes, escaped] = match
    keep(match.index)
    const meant =
      octet === undefined
        ? toLatin1(
            escapes?.replace(/..(....)/g, unitOf) ??
              escaped ??
              entities.get(entity.toLowerCase()) ??
              pointOf(hex, decimal),
          )
        : String.fromCharCode(parseInt(octet, 16)).replace('+', ' ')
    parts.push(meant)
    for (let left = meant.length; left > 0; left -= 1) from.push(starts[match.index] ?? 0)
    end += whole.length
  }
  if (end === 0) return undefined
  keep(bytes.length)
  return { bytes: parts.join(''), starts: from }
}

function unitOf(_escape: string, hex: string): string {
  return String.fromCharCode(parseInt(hex, 16))
}

function pointOf(hex: string | undefined, decimal: string | undefined): string {
  const point = hex === undefined ? Number(decimal) : parseInt(hex, 16)
  return point <= 0x10ffff ? String.fromCodePoint(point) : ''
}

/** Shorter parts of a base64 text may be there by chance. */
const shortestBase64 = 6

/** As they stand in a {@link Bytes}: the secret itself, and what does not read like it. */
function secretForms(secret: string): string[] {
  if (secret === '') return []
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const base64 = base64Forms(bytes)
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [secret, hex, hex.toUpperCase(), ...base64, ...base64url].map(toLatin1)
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

/** 14 digits (CNPJ) or 11 (CPF), also with separators; a CNPJ with letters only in its usual form. */
const identifications =
  /(?<!\d)(?:\d(?:[./-]?\d){13}|\d(?:[./-]?\d){10})(?!\d)|[\dA-Z]{2}\.[\dA-Z]{3}\.[\dA-Z]{3}\/[\dA-Z]{4}-\d{2}/g

/** Hides all but the middle digits of whatever may be a CPF or a CNPJ. */
export function maskIdentifications(text: string): string {
  return text.replace(identifications, (found) => maskIdentification(found.replace(/[./-]/g, '')))
}

/**
 * `***.456.789-**`, `**.345.678/****-**`
 *
 * @param plain 11 characters (CPF) or 14 (CNPJ), without separators.
 */
export function maskIdentification(plain: string): string {
  return plain.length === 11
    ? `***.${plain.slice(3, 6)}.${plain.slice(6, 9)}-**`
    : `**.${plain.slice(2, 5)}.${plain.slice(5, 8)}/****-**`
}
