import { domainToASCII } from 'node:url'
import { refuse, type Problem } from './problem.ts'
import { describeType, quote } from './text.ts'
import { isUnknown } from './unknown.ts'

/**
 * Judges the support e-mail address by the rule of browsers (HTML's "valid e-mail address"), which is
 * well defined and leaves out the comments and quotes of RFC 5322 that no registration form
 * takes, plus what mail servers ask for: a domain with a dot, no dot at an end of the local part or
 * next to another, 64 characters before the "@" and 254 in all.
 *
 * @see https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
 */
export function judgeEmail(email: unknown): Problem[] {
  const path = ['email']
  if (isUnknown(email)) return []
  if (email !== undefined && email !== null && typeof email !== 'string') {
    return [refuse(path, `This must be a text and is ${describeType(email)}.`)]
  }
  const reason = whyInvalid(email ?? '')
  return reason === undefined ? [] : [refuse(path, reason, 'CONTATO_EMAIL_INVALIDO')]
}

function whyInvalid(email: string): string | undefined {
  if (email.trim() === '') return 'There is no address. Give the one for support and outages.'
  if (email !== email.trim()) return 'The address begins or ends with white space. Remove it.'
  if (email.length > 254) return 'The address is longer than 254 characters, the most for mail.'
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  if (at < 1)
    return 'This is no address. It has the form name@domain, as in suporte@exemplo.gov.br.'
  if (local.length > 64) return 'The address has more than 64 characters before its "@".'
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(local) || /^\.|\.\.|\.$/.test(local)) {
    return 'The part before the "@" is not valid: letters without accents, digits and most signs, single dots between them. Give one address without a display name.'
  }
  return whyInvalidDomain(email.slice(at + 1))
}

function whyInvalidDomain(domain: string): string | undefined {
  const invalid = 'The part after the "@" is no domain name. Give one, as in exemplo.gov.br.'
  if (!isDomain(domain)) {
    const ascii = /[^\0-\x7F]/.test(domain) ? domainToASCII(domain) : ''
    return isDomain(ascii)
      ? `The domain has accents or other signs. Write ${quote(ascii)}.`
      : invalid
  }
  if (!domain.includes('.')) return 'The domain has no dot: mail from outside does not reach it.'
  return /\.\d+$/.test(domain) ? invalid : undefined
}

function isDomain(text: string): boolean {
  return text.split('.').every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label))
}
