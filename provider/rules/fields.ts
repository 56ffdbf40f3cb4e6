import { domainToASCII } from 'node:url'
import { clientFields } from './client-fields.ts'
import { isUnknown, missing, type Problem, refuse, warn, wrongType } from './problem.ts'
import { isIllFormed, quote } from './text.ts'

/**
 * Validates the client id: printable ASCII without spaces.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1
 */
export function validateClientId(value: unknown): Problem[] {
  const text = readText('clientId', value)
  if (typeof text !== 'string') return text
  const [wrong] = /\s/.exec(text)
    ? ['white space']
    : /[^\x21-\x7E]/.exec(text)
      ? ['a character that is not printable ASCII']
      : []
  if (wrong === undefined) return []
  const message = `the client id contains ${wrong}. Copy it as the PSC gave it.`
  return [refuse(['clientId'], message, 'ERR_PSC_CHARACTER')]
}

/** Validates the name: one line, because people read it where they sign in. */
export function validateName(value: unknown): Problem[] {
  const text = readText('name', value)
  return typeof text === 'string' ? validateCharacters(['name'], text, text) : text
}

/** Validates the comments. Line breaks and tabs are allowed, with a warning. */
export function validateComments(value: unknown): Problem[] {
  const path = ['comments']
  const text = readText('comments', value)
  if (typeof text !== 'string') return text
  const problems = validateCharacters(path, text, text.replace(/[\t\n\r]/g, ' '))
  if (problems.length > 0 || !/[\t\n\r]/.test(text)) return problems
  const message = 'the text contains a line break or a tab, which the PSC may not store.'
  return [warn(path, message, 'WARN_PSC_LINE_BREAK')]
}

/** @param shown the text with a space for each allowed line break and tab. */
function validateCharacters(path: readonly string[], text: string, shown: string): Problem[] {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(shown)) {
    const message = 'the text contains a line break or another control character. Remove it.'
    return [refuse(path, message, 'ERR_PSC_CHARACTER')]
  }
  const problems: Problem[] = []
  if (text !== text.trim()) {
    const message = 'the text begins or ends with white space, which is sent. Remove it.'
    problems.push(warn(path, message, 'WARN_PSC_WHITE_SPACE'))
  }
  // Joiners (U+200C, U+200D) are parts of words and of emoji in common use.
  if (/(?![\u200C\u200D])\p{Cf}/u.test(text)) {
    const message =
      'the text contains an invisible character, such as a zero-width space or a change of direction. Type it again.'
    problems.push(warn(path, message, 'WARN_PSC_INVISIBLE_CHARACTER'))
  }
  return problems
}

/** Returns the text to validate further, or why there is none. */
function readText(field: 'clientId' | 'name' | 'comments', value: unknown): string | Problem[] {
  const path = [field]
  if (isUnknown(value)) return []
  if (value === undefined || value === null) {
    return [missing(path, value, 'give a non-empty string')]
  }
  if (typeof value !== 'string') return [wrongType(path, value, 'a string')]
  if (value.trim() === '') return [missing(path, value, 'give a non-empty string')]
  if (isIllFormed(value)) {
    const message = 'the text contains half a character (a lone surrogate). Type it again.'
    return [refuse(path, message, 'ERR_PSC_CHARACTER')]
  }
  const length = Array.from(value).length
  const { maxLength } = clientFields[field]
  if (length <= maxLength) return value
  const message = `the text has ${length} characters. Shorten it to at most ${maxLength}.`
  return [refuse(path, message, 'ERR_PSC_TOO_LONG')]
}

/**
 * Validates the support e-mail address by the rule of browsers (HTML's "valid e-mail address"), which is
 * well defined and leaves out the comments and quotes of RFC 5322 that no registration form
 * takes, plus what mail servers ask for: a domain with a dot, no dot at an end of the local part or
 * next to another, 64 characters before the "@" and 254 in all.
 *
 * @see https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
 */
export function validateEmail(email: unknown): Problem[] {
  const path = ['email']
  if (isUnknown(email)) return []
  if (email !== undefined && email !== null && typeof email !== 'string') {
    return [wrongType(path, email, 'a string')]
  }
  const reason = whyInvalid(email ?? '')
  return reason === undefined ? [] : [refuse(path, reason, 'CONTATO_EMAIL_INVALIDO')]
}

function whyInvalid(email: string): string | undefined {
  const { maxLength } = clientFields.email
  if (email.trim() === '') return '`email` is missing: give the address for support and outages.'
  if (email !== email.trim()) return 'the address begins or ends with white space. Remove it.'
  if (email.length > maxLength) {
    return `the address is longer than ${maxLength} characters, the most for mail. Give another.`
  }
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  if (at < 1) {
    return 'the value is not an address. Write name@domain, as in suporte@exemplo.gov.br.'
  }
  if (local.length > 64) {
    return 'the address has more than 64 characters before its "@". Give another.'
  }
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(local) || /^\.|\.\.|\.$/.test(local)) {
    return 'the part before the "@" is not valid: it has letters without accents, digits and most signs, and single dots between them. Give one address without a display name.'
  }
  return whyInvalidDomain(email.slice(at + 1))
}

function whyInvalidDomain(domain: string): string | undefined {
  const invalid = 'the part after the "@" is not a domain name. Give one, such as exemplo.gov.br.'
  if (!isDomain(domain)) {
    const ascii = /[^\0-\x7F]/.test(domain) ? domainToASCII(domain) : ''
    return isDomain(ascii)
      ? `the domain has accents or other signs. Write ${quote(ascii)}.`
      : invalid
  }
  if (!domain.includes('.')) {
    return 'the domain has no dot: mail from outside does not reach it. Give the full domain.'
  }
  return /\.\d+$/.test(domain) ? invalid : undefined
}

function isDomain(text: string): boolean {
  return text.split('.').every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label))
}
