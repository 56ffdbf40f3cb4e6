import { refuse, warn, type Problem } from './problem.ts'
import { describeType, isIllFormed } from './text.ts'
import { isUnknown } from './unknown.ts'

/** No document gives a limit; these are beyond what any form, column or consent page takes. */
const longest = { clientId: 255, name: 255, comments: 4000 }

/**
 * Judges the client's identifier: printable ASCII without spaces, at most 255 characters.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1
 */
export function judgeClientId(clientId: unknown): Problem[] {
  const path = ['clientId']
  const problem = judgeString('clientId', clientId)
  if (problem !== undefined) return [problem]
  if (typeof clientId !== 'string') return []
  if (/\s/.test(clientId))
    return [refuse(path, 'holds white space: copy the identifier as the PSC gave it')]
  if (/[^\x21-\x7E]/.test(clientId)) {
    return [
      refuse(
        path,
        'holds a character that no client identifier has (printable ASCII only): copy it as the PSC gave it',
      ),
    ]
  }
  return []
}

/** Judges a text that people read: the client's name, or what it is for. */
export function judgeText(field: 'name' | 'comments', value: unknown): Problem[] {
  const path = [field]
  const problem = judgeString(field, value)
  if (problem !== undefined) return [problem]
  if (typeof value !== 'string') return []
  const lines = field === 'comments' ? /[\t\n\r]/g : /$^/g
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value.replace(lines, ''))) {
    return [refuse(path, 'holds a line break or another control character: remove it')]
  }
  const problems: Problem[] = []
  if (value !== value.trim()) {
    problems.push(warn(path, 'begins or ends with white space, which is sent with it: remove it'))
  } else if (/[\t\n\r]/.test(value)) {
    problems.push(warn(path, 'has more than one line (or a tab): pages that show it may not'))
  }
  // Joiners (U+200C, U+200D) are parts of words and of emoji in common use.
  if (/(?![\u200C\u200D])\p{Cf}/u.test(value)) {
    problems.push(
      warn(
        path,
        'holds an invisible character (such as a zero-width space or a change of direction): type it again',
      ),
    )
  }
  return problems
}

function judgeString(field: keyof typeof longest, value: unknown): Problem | undefined {
  const path = [field]
  if (isUnknown(value)) return undefined
  if (value === undefined || value === null) return refuse(path, 'is missing: give a text')
  if (typeof value !== 'string') return refuse(path, `must be a text and is ${describeType(value)}`)
  if (value.trim() === '') return refuse(path, 'is empty: give a text')
  if (isIllFormed(value))
    return refuse(path, 'holds half of a character (a lone surrogate): type it again')
  const length = Array.from(value).length
  return length > longest[field]
    ? refuse(path, `has ${length} characters: shorten it to ${longest[field]} at most`)
    : undefined
}
