import { domainToASCII } from 'node:url'
import { isUnknown, type Problem, refuse, warn } from './problem.ts'
import { describeType, isIllFormed, quote } from './text.ts'

/** No document gives a limit, in characters; these are beyond what any form or page takes. */
const longest = { clientId: 255, name: 255, comments: 4000 }

/**
 * Judges the client's identifier: printable ASCII without spaces, at most 255 characters.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1
 */
export function judgeClientId(value: unknown): Problem[] {
  const path = ['clientId']
  const text = readText('clientId', value)
  if (typeof text !== 'string') return text
  if (/\s/.test(text)) {
    return [refuse(path, 'The identifier holds white space. Copy it as the PSC gave it.')]
  }
  if (/[^\x21-\x7E]/.test(text)) {
    const message =
      'The identifier holds a character that is not printable ASCII, which none has. Copy it as the PSC gave it.'
    return [refuse(path, message)]
  }
  return []
}

/** Judges the client's name: one line, because people read it where they sign in. */
export function judgeName(value: unknown): Problem[] {
  const text = readText('name', value)
  return typeof text === 'string' ? judgeCharacters(['name'], text, text) : text
}

/** Judges what the client is for. Line breaks and tabs are allowed, with a warning. */
export function judgeComments(value: unknown): Problem[] {
  const path = ['comments']
  const text = readText('comments', value)
  if (typeof text !== 'string') return text
  const problems = judgeCharacters(path, text, text.replace(/[\t\n\r]/g, ' '))
  return problems.length === 0 && /[\t\n\r]/.test(text)
    ? [warn(path, 'The text holds a line break or a tab, which the PSC may not keep.')]
    : problems
}

/** `judged`: the text without what is allowed in it. */
function judgeCharacters(path: readonly string[], text: string, judged: string): Problem[] {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(judged)) {
    return [refuse(path, 'The text holds a line break or another control character. Remove it.')]
  }
  const problems: Problem[] = []
  if (text !== text.trim()) {
    problems.push(warn(path, 'The text begins or ends with white space, which is sent. Remove it.'))
  }
  // Joiners (U+200C, U+200D) are parts of words and of emoji in common use.
  if (/(?![\u200C\u200D])\p{Cf}/u.test(text)) {
    const message =
      'The text holds an invisible character, such as a zero-width space or a change of direction. Type it again.'
    problems.push(warn(path, message))
  }
  return problems
}

/** The text to be judged further, or what there is to say instead. */
function readText(field: keyof typeof longest, value: unknown): string | Problem[] {
  const path = [field]
  if (isUnknown(value)) return []
  if (value === undefined || value === null) return [refuse(path, 'This is missing. Give a text.')]
  if (typeof value !== 'string') {
    return [refuse(path, `This must be a text and is ${describeType(value)}.`)]
  }
  if (value.trim() === '') return [refuse(path, 'This is empty. Give a text.')]
  if (isIllFormed(value)) {
    return [refuse(path, 'The text holds half a character (a lone surrogate). Type it again.')]
  }
  const length = Array.from(value).length
  if (length <= longest[field]) return value
  const message = `The text has ${length} characters. Shorten it to ${longest[field]} at most.`
  return [refuse(path, message)]
}

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
