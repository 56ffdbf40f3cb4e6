import { domainToASCII } from 'node:url'
import { refuse, type Problem } from './problem.ts'
import { describeType, quote } from './text.ts'
import { isUnknown } from './unknown.ts'

const invalid = 'CONTATO_EMAIL_INVALIDO'

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
  if (email === undefined || email === null) {
    return [refuse(path, 'is missing: give the address for support and outages', invalid)]
  }
  if (typeof email !== 'string')
    return [refuse(path, `must be a text and is ${describeType(email)}`)]
  const reason = whyInvalid(email)
  return reason === undefined ? [] : [refuse(path, reason, invalid)]
}

function whyInvalid(email: string): string | undefined {
  if (email.trim() === '') return 'is empty: give the address for support and outages'
  if (email !== email.trim()) return 'begins or ends with white space: remove it'
  if (email.length > 254)
    return 'is longer than 254 characters, which is the most that mail can carry'
  const at = email.lastIndexOf('@')
  const local = email.slice(0, at)
  const domain = email.slice(at + 1)
  if (at < 1 || domain === '')
    return 'is not an e-mail address: it needs the form name@domain, as in suporte@exemplo.gov.br'
  if (local.length > 64) return 'has more than 64 characters before the "@"'
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(local) || /^\.|\.\.|\.$/.test(local)) {
    return 'is not an e-mail address: before the "@" there may be letters without accents, digits and most signs, and single dots between them (one address, no display name)'
  }
  return whyInvalidDomain(domain)
}

function whyInvalidDomain(domain: string): string | undefined {
  const label = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i
  const labels = domain.split('.')
  if (labels.every((part) => label.test(part))) {
    if (labels.length < 2) return 'has a domain without a dot: mail from outside does not reach it'
    return /^\d+$/.test(labels.at(-1) ?? '')
      ? 'has a domain that ends in a number: give a domain name, as in exemplo.gov.br'
      : undefined
  }
  const ascii = domainToASCII(domain)
  return /[^\0-\x7F]/.test(domain) && ascii.split('.').every((part) => label.test(part))
    ? `has a domain with accents or other signs: write it as ${quote(ascii)}`
    : 'has a domain that is not a domain name, as in exemplo.gov.br'
}
