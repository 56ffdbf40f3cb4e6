import { say } from '../say.ts'
import {
  ofPrograms,
  escaped,
  nothing,
  nothingInside,
  smallWords,
  partsOfTemplates,
  partOfShell,
  wordsOfTemplates,
  wordOfShell,
  missingWord,
  anywhere,
  wholes,
  shellPath,
  smallVariable,
  blanks,
  stopgaps,
  nameOfField,
  otherTools,
  addressOrExpression,
} from './debris-forms.ts'
import { type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { isRecord } from './text.ts'

/** What a tool left in a value instead of the value: what it is, and the remedy. */
export interface Debris {
  readonly kind: 'program' | 'missing' | 'placeholder'
  /** Continues "the value ". Repeats nothing of the value. */
  readonly reason: string
}

/** How a text is read: a secret may contain any sign, a reference may be `CLIENT_SECRET`, and prose any word. */
export type Reading = 'secret' | 'reference' | 'prose' | 'value'

/** Every value has a shorter limit of its own. It bounds the time. */
const longestText = 8_000

/**
 * Finds what a tool left in a text: the SDK's text for an Output, or a placeholder.
 *
 * @param what default: a value that must be exact. Only a whole placeholder counts in a secret; in prose, no mere words but
 *   as the whole.
 */
export function findDebris(text: string, what: Reading = 'value'): Debris | undefined {
  if (text.length > longestText) return undefined
  const value = text.trim().replace(/^(["'])(.*)\1$/s, '$2')
  const isExact = what === 'value' || what === 'reference'
  const made = ofPrograms.find(([pattern]) => pattern.test(value))
  if (made) return { kind: 'program', reason: made[1]() }
  if (what === 'value' && smallWords.test(value)) return undefined
  if (nothing.test(value))
    return {
      kind: 'missing',
      reason: say`is the text of a missing value, such as undefined. Set the variable that it comes from.`,
    }
  if ((isExact && nothingInside.test(value)) || (what === 'prose' && missingWord.test(value)))
    return {
      kind: 'missing',
      reason: say`contains the text of a missing value, such as undefined. Set the variable that it comes from.`,
    }
  const words = what === 'prose' ? blanks : stopgaps
  const isName = (what === 'value' || what === 'secret') && nameOfField.test(value)
  if (isName || words.some((pattern) => pattern.test(value))) {
    return {
      kind: 'placeholder',
      reason: say`is a placeholder of a template. Replace it with the value.`,
    }
  }
  if (holdsTemplate(value, what)) {
    const reason = say`contains a placeholder of a template. Replace it with the value.`
    return { kind: 'placeholder', reason }
  }
  const escape = escaped.find(([pattern]) => pattern.test(value))
  if (escape) return { kind: 'placeholder', reason: escape[1]() }
  if (what === 'reference' && shellPath.test(value)) {
    return {
      kind: 'placeholder',
      reason: say`begins with what only a shell expands. Give the path.`,
    }
  }
  const name = findForm(value, what)
  if (name !== undefined) {
    const reason = say`contains a placeholder of the form ${name}. Replace it with the value.`
    return { kind: 'placeholder', reason }
  }
  if (what === 'reference' && addressOrExpression.test(value)) {
    return {
      kind: 'placeholder',
      reason: say`is a reference of another tool. Give the name alone.`,
    }
  }
  if (what !== 'secret') return undefined
  if (isEncodedLine(value)) {
    const reason = say`is base64 of a text that ends in a line break. Decode it, or encode it without the line break.`
    return { kind: 'placeholder', reason }
  }
  const other = otherTools.find(([pattern]) => pattern.test(value))
  return other && { kind: 'placeholder', reason: say`is ${other[1]()}. Give the secret alone.` }
}

/** Tells whether a text is base64 of a line, as `echo … | base64` makes it. No random bytes are printable and end so. */
function isEncodedLine(value: string): boolean {
  if (value.length % 4 !== 0 || !/^[A-Za-z\d+/]{10,}={0,2}$/.test(value)) return false
  return /^[\x20-\x7E]{6,}\r?\n$/.test(Buffer.from(value, 'base64').toString('latin1'))
}

/** Tells whether a part of an exact value, or a word of a text for people, is what a template has in its place. */
function holdsTemplate(value: string, what: Reading): boolean {
  if (what === 'prose') return wordsOfTemplates.test(value)
  return what === 'value' && splitValue(value).some((part) => partsOfTemplates.test(part))
}

/** Splits an address of the web or of mail, or a host, into its labels, segments and values. */
const splitValue = (value: string): string[] => value.split(/[/.@:?&=#]/)

function findForm(value: string, what: Reading): string | undefined {
  const isSecret = what === 'secret'
  // Most values have no such sign, and a manifest may have ten thousand clients. Must match whatever a form below can match.
  if (!/[$%<([{`!]|#.*#|@.*@|__|::/.test(value)) return undefined
  if (!isSecret && smallVariable.test(value)) return '$X'
  if (what === 'value' && splitValue(value).some((part) => partOfShell.test(part))) return '$X'
  if (what === 'prose' && wordOfShell.test(value)) return '$X'
  const found =
    // An application may be called [SEI].
    wholes.find(([pattern, name]) => pattern.test(value) && (what !== 'prose' || name !== '[x]')) ??
    anywhere.find(([pattern]) =>
      isSecret ? value.split(pattern).join('') === '' : pattern.test(value),
    )
  return found?.[1]
}

/** Validates a value that must be exact. A problem repeats nothing of the value. */
export function validateExact(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  return debris ? [refuse(path, say`the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')] : []
}

/**
 * Validates a text for people: a placeholder in it is a warning.
 *
 * @param word says what has a problem, such as the text.
 */
export function validateProse(
  path: PropertyPath,
  value: unknown,
  word = (reason: string) => say`the text ${reason}`,
): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value, 'prose')
  if (!debris) return []
  const message = word(debris.reason)
  return debris.kind === 'program'
    ? [refuse(path, message, 'ERR_PSC_PLACEHOLDER')]
    : [warn(path, message, 'WARN_PSC_PLACEHOLDER')]
}

/** Validates a secret, of which only a whole placeholder counts, or the name in its reference. */
export function validateSecretDebris(path: PropertyPath, secret: unknown): Problem[] {
  if (isRecord(secret)) {
    return Object.entries(secret).flatMap(([key, name]) => {
      const isReference = key === 'env' || key === 'file' || key === 'config'
      if (!isReference || typeof name !== 'string') return []
      const debris = findDebris(name, 'reference')
      if (!debris) return []
      return [refuse([...path, key], say`the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')]
    })
  }
  const debris = typeof secret === 'string' ? findDebris(secret, 'secret') : undefined
  if (!debris) return []
  const fault = say`the secret ${debris.reason}`
  const reference = say`pulumi-psc substitutes no placeholders. Write { env: NAME } for an environment variable.`
  const message = debris.kind === 'placeholder' ? `${fault} ${reference}` : fault
  return [refuse(path, message, 'ERR_PSC_PLACEHOLDER')]
}

/** A path, or a host with a path, after the separator of a list. */
const furtherAddress = /^https?:\/\/[^,;]*[,;]\s*(?:(?:[a-z\d-]+\.)+[a-z]{2,})?\/(?!\/)/i

/** Tells whether a text holds several http addresses, or ends in the separator of a list. */
export function holdsSeveral(text: string): boolean {
  // After "/", "=" or "?" a URI may hold another one, such as the target of a proxy.
  if (/[^/=?&#:]https?:\/\//i.test(text.trim().slice(1)) || /[,;]$/.test(text)) return true
  const [path = ''] = text.split(/[?#]/, 1)
  return furtherAddress.test(path)
}

/** Validates redirect URIs: placeholders, and several URIs in one text. */
export function validateUriDebris(path: PropertyPath, uris: unknown): Problem[] {
  if (!Array.isArray(uris)) return []
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    const problems = validateExact(at, uri)
    if (problems.length > 0 || typeof uri !== 'string' || !holdsSeveral(uri)) return problems
    const message = say`the text holds several URIs, or ends in a separator. Write each URI as an item of its own.`
    return [refuse(at, message, 'ERR_PSC_SEVERAL_URIS')]
  })
}

/** Joins the problems of debris with the other rules' own. At one path an error of debris explains the others, and stands alone. */
export function preferDebris(debris: readonly Problem[], others: readonly Problem[]): Problem[] {
  const paths = new Set(
    debris.filter(({ severity }) => severity === 'error').map(({ path }) => JSON.stringify(path)),
  )
  return [...debris, ...others.filter(({ path }) => !paths.has(JSON.stringify(path)))]
}
