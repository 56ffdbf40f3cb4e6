import { refuse, warn, type Problem } from './problem.ts'
import { describeType, isIllFormed } from './text.ts'
import { isUnknown } from './unknown.ts'

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
