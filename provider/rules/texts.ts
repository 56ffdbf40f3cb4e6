import { say } from '../say.ts'
import { clientFields } from './client-fields.ts'
import { invisible, locateCharacter } from './characters.ts'
import { isUnknown, missing, type Problem, refuse, warn, wrongType } from './problem.ts'
import { isIllFormed } from './text.ts'

/**
 * Validates the client id: printable ASCII without spaces.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1
 */
export function validateClientId(value: unknown): Problem[] {
  const text = readText('clientId', value)
  if (typeof text !== 'string') return text
  const wrong = locateCharacter(text, /[^\x21-\x7E]/u)
  if (wrong === undefined) return validateAlone(text)
  const message = say`the client id contains ${wrong}. Copy it as the PSC gave it.`
  return [refuse(['clientId'], message, 'ERR_PSC_CHARACTER')]
}

/** Finds what a tool left around an id: quotes, its key, or the separator of a list. */
function validateAlone(clientId: string): Problem[] {
  if (!/^(["'`]).*\1$|^client_?id[=:]|[,;]$/i.test(clientId)) return []
  const message = say`the client id stands in quotes, begins with its key, or ends in a separator. Give the id alone.`
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
  const message = say`the text contains a line break or a tab, which the PSC may not store.`
  return [warn(path, message, 'WARN_PSC_LINE_BREAK')]
}

/** Quotes of a word processor around the whole, in the place of those of YAML or of a program. */
const typographicQuotes =
  /^\s*[\u2018\u201A\u201C\u201E\u00AB][^\u2018-\u201E\u00AB\u00BB]*[\u2018\u2019\u201C\u201D\u00BB]\s*$/

/** @param shown the text with a space for each allowed line break and tab. */
function validateCharacters(path: readonly string[], text: string, shown: string): Problem[] {
  const control = locateCharacter(shown, /[\p{Cc}\p{Zl}\p{Zp}]/u)
  if (control !== undefined) {
    const message = say`the text contains ${control}. Remove it.`
    return [refuse(path, message, 'ERR_PSC_CHARACTER')]
  }
  const problems: Problem[] = []
  if (text !== text.trim()) {
    const message = say`the text begins or ends with white space, which is sent. Remove it.`
    problems.push(warn(path, message, 'WARN_PSC_WHITE_SPACE'))
  }
  if (typographicQuotes.test(text)) {
    const message = say`the text stands in typographic quotes, which are sent. Remove them.`
    problems.push(warn(path, message, 'WARN_PSC_QUOTES'))
  }
  const unseen = locateCharacter(shown, invisible)
  if (unseen !== undefined) {
    const message = say`the text contains an invisible character, ${unseen}. Type it again.`
    problems.push(warn(path, message, 'WARN_PSC_INVISIBLE_CHARACTER'))
  }
  return problems
}

/** Returns the text to validate further, or why there is none. */
function readText(field: 'clientId' | 'name' | 'comments', value: unknown): string | Problem[] {
  const path = [field]
  if (isUnknown(value)) return []
  if (value === undefined || value === null) {
    return [missing(path, value, say`give a non-empty string`)]
  }
  if (typeof value !== 'string') return [wrongType(path, value, say`a string`)]
  if (value.trim() === '') return [missing(path, value, say`give a non-empty string`)]
  if (isIllFormed(value)) {
    const message = say`the text contains half a character (a lone surrogate). Type it again.`
    return [refuse(path, message, 'ERR_PSC_CHARACTER')]
  }
  const length = Array.from(value).length
  const { maxLength } = clientFields[field]
  if (length <= maxLength) return value
  const message = say`the text has ${length} characters. Shorten it to at most ${maxLength}.`
  return [refuse(path, message, 'ERR_PSC_TOO_LONG')]
}
