import { type Problem, type PropertyPath, refuse, warn } from './problem.ts'
import { isRecord } from './text.ts'

/** What a tool left in a value instead of the value: what it is, and the remedy. */
export interface Debris {
  readonly kind: 'program' | 'placeholder'
  /** Continues "the value ". Repeats nothing of the value. */
  readonly reason: string
}

const ofPrograms: readonly (readonly [RegExp, string])[] = [
  [
    /Calling \[?toString\]? on an \[?Output/i,
    "is the SDK's text for an Output in a template literal. Use pulumi.interpolate`…` or .apply().",
  ],
  [/\[object \w+\]/, 'is the text that JavaScript makes of an object. Give a string.'],
]

const nothing = /^(?:undefined|null|NaN)$/

/** The form of a placeholder, its name, and whether it counts only where it is the whole value. */
const forms: readonly (readonly [pattern: string, name: string, whole?: true])[] = [
  ['\\$\\{\\{[^{}]*\\}\\}', '${{ X }}'],
  ['\\$\\{[^{}]*\\}', '${X}'],
  ['\\{\\{[^{}]*\\}\\}', '{{ x }}'],
  ['\\$\\([A-Za-z_][\\w.]*\\)', '$(X)'],
  ['#\\{[^{}]*\\}#?', '#{X}#'],
  ['@@\\w+@@', '@@X@@'],
  ['\\[\\[[^[\\]]*\\]\\]', '[[X]]'],
  ['<[A-Za-z][\\w. -]*>', '<x>'],
  // Two hexadecimal digits after "%" are an escape of a URI.
  ['%(?![\\dA-Fa-f]{2})[A-Za-z_]\\w*%', '%X%'],
  ['%[A-Z_]{3,}%', '%X%', true],
  ['\\(\\([\\w.\\-/ ]+\\)\\)', '((x))', true],
  ['__[A-Za-z]\\w*__', '__X__', true],
  ['\\$[A-Za-z_]\\w*', '$X', true],
  ['\\$env:\\w+', '$env:X', true],
]

const anywhere = forms
  .filter(([, , whole]) => whole === undefined)
  .map(([pattern, name]) => [new RegExp(pattern), name] as const)
const whole = forms.map(([pattern, name]) => [new RegExp(`^${pattern}$`), name] as const)

const stopgap =
  /^(?:change[-_ ]?(?:me|it)|replace[-_ ]?(?:me|this)|todo|fixme|tbd|preencher|x{4,16}|\*{4,16}|(?:your|my|seu|sua|meu)[-_ ](?:client|secret|segredo|app)[\w -]*)$/i

/**
 * Finds what a tool left in a text: the SDK's text for an Output, or a placeholder that nothing substituted.
 *
 * @param only `whole` for secrets: a random secret may contain any sign, so that only a whole placeholder counts
 */
export function findDebris(text: string, only: 'whole' | 'part' = 'part'): Debris | undefined {
  const value = text.trim()
  const made = ofPrograms.find(([pattern]) => pattern.test(value))
  if (made) return { kind: 'program', reason: made[1] }
  if (nothing.test(value)) {
    return { kind: 'program', reason: `is "${value}", a missing value as text. Give the value.` }
  }
  if (stopgap.test(value)) {
    return { kind: 'placeholder', reason: 'is a stopgap of a template. Give the value itself.' }
  }
  const found = (only === 'whole' ? whole : [...whole, ...anywhere]).find(([pattern]) =>
    pattern.test(value),
  )
  if (!found) return undefined
  const which = `has a placeholder, ${found[1]}, that nothing substituted`
  return { kind: 'placeholder', reason: `${which}. Give the value itself.` }
}

/** Validates a value that must be exact. A problem repeats nothing of the value. */
export function validateExact(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  return debris ? [refuse(path, `the value ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')] : []
}

/** Validates a text for people: a placeholder in it is a warning. */
export function validateProse(path: PropertyPath, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const debris = findDebris(value)
  if (!debris) return []
  return debris.kind === 'program' && !nothing.test(value.trim())
    ? [refuse(path, `the text ${debris.reason}`, 'ERR_PSC_PLACEHOLDER')]
    : [warn(path, `the text ${debris.reason}`, 'WARN_PSC_PLACEHOLDER')]
}

/** Validates a secret, of which only a whole placeholder counts, or the name in its reference. */
export function validateSecretDebris(path: PropertyPath, secret: unknown): Problem[] {
  if (isRecord(secret)) {
    return Object.entries(secret)
      .filter(([key]) => key === 'env' || key === 'file' || key === 'config')
      .flatMap(([key, name]) => validateExact([...path, key], name))
  }
  const debris = typeof secret === 'string' ? findDebris(secret, 'whole') : undefined
  if (!debris) return []
  const reference =
    debris.kind === 'placeholder'
      ? ' A manifest and a program substitute nothing: write { env: NAME } for an environment variable.'
      : ''
  return [refuse(path, `the secret ${debris.reason}${reference}`, 'ERR_PSC_PLACEHOLDER')]
}

/** Validates redirect URIs: placeholders, and several URIs in one text. */
export function validateUriDebris(path: PropertyPath, uris: unknown): Problem[] {
  if (!Array.isArray(uris)) return []
  return Array.from(uris as readonly unknown[]).flatMap((uri, index): Problem[] => {
    const at = [...path, index]
    const problems = validateExact(at, uri)
    if (problems.length > 0 || typeof uri !== 'string') return problems
    if (!/\S[,;|\s]\s*https?:\/\/[^?#]*$/i.test(uri.replace(/[?#].*$/, '')) && !/[,;]$/.test(uri)) {
      return []
    }
    const message =
      'the text holds several URIs, or ends in a separator. Write each URI as an item of its own.'
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
