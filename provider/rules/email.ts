import { domainToASCII } from 'node:url'
import { say } from '../say.ts'
import { foreign, locateCharacter } from './characters.ts'
import { isUnknown, type Problem, refuse, wrongType } from './problem.ts'
import { quote } from './text.ts'

/** In characters: RFC 5321, section 4.5.3.1.3, without the angle brackets. */
export const longestEmail = 254

/** In characters: RFC 5321, section 4.5.3.1.1. */
const longestLocal = 64

/** What the part before the "@" has, as the inside of a class of a regular expression. */
const localCharacters = "\\w.!#$%&'*+/=?^`{|}~\\-"

const localPart = new RegExp(`^[${localCharacters}]+$`)

/** The part of the rule that JSON Schema can express. */
export const emailPattern = `^[${localCharacters}]{1,${longestLocal}}@[A-Za-z\\d\\-]+(\\.[A-Za-z\\d\\-]+)+$`

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
    return [wrongType(path, email, say`a string`)]
  }
  const reason = whyInvalid(email ?? '')
  return reason === undefined ? [] : [refuse(path, reason, 'CONTATO_EMAIL_INVALIDO')]
}

function whyInvalid(email: string): string | undefined {
  if (email.trim() === '')
    return say`\`email\` is missing: give the address for support and outages.`
  if (email !== email.trim()) return say`the address begins or ends with white space. Remove it.`
  const wrong = locateCharacter(email, foreign)
  if (wrong !== undefined) return say`the address contains ${wrong}. Type it again.`
  if (email.length > longestEmail) {
    return say`the address is longer than ${longestEmail} characters, the most for mail. Give another.`
  }
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  if (at < 1) {
    return say`the value is not an address. Write name@domain, as in suporte@exemplo.gov.br.`
  }
  if (local.length > longestLocal) {
    return say`the address has more than ${longestLocal} characters before its "@". Give another.`
  }
  if (!localPart.test(local) || /^\.|\.\.|\.$/.test(local)) {
    return say`the part before the "@" is not valid: it has letters without accents, digits and most signs, and single dots between them. Give one address without a display name.`
  }
  return whyInvalidDomain(email.slice(at + 1))
}

function whyInvalidDomain(domain: string): string | undefined {
  const invalid = say`the part after the "@" is not a domain name. Give one, such as exemplo.gov.br.`
  if (!isDomain(domain)) {
    const ascii = /[^\0-\x7F]/.test(domain) ? domainToASCII(domain) : ''
    return isDomain(ascii)
      ? say`the domain has accents or other signs. Write ${quote(ascii)}.`
      : invalid
  }
  if (!domain.includes('.')) {
    return say`the domain has no dot: mail from outside does not reach it. Give the full domain.`
  }
  return /\.\d+$/.test(domain) ? invalid : undefined
}

function isDomain(text: string): boolean {
  return text.split('.').every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label))
}
