import { z } from 'zod'

/** Holds a value, or what is wrong with it: a line for each problem, which begins with its path. */
type Checked<T> = { readonly data: T } | { readonly problems: readonly string[] }

/**
 * Checks a value, and describes each problem in our words, as in `pscs.neoid.clients[0].clientId: must be a string.`
 *
 * @param whole the name of the value itself
 * @param locate puts the place in a file before a path
 */
export function checkValue<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  whole: string,
  locate: (path: string, keys: readonly PropertyKey[]) => string = (path) => path,
): Checked<z.output<Schema>> {
  const { data, error } = schema.safeParse(value, { error: describe })
  if (error === undefined) return { data: data }
  const problems = error.issues.map(({ path, message }) => {
    const place = locate(formatPath(path) || whole, path)
    return `${place}: ${message}${message.endsWith('.') ? '' : '.'}`
  })
  return { problems }
}

/** Words an issue for which the schema has no words of its own. */
function describe(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.join(', ')}. Correct or remove it`
    case 'invalid_type': {
      const expected = types[issue.expected] ?? issue.expected
      return issue.input === undefined ? `is missing. Give ${expected}` : `must be ${expected}`
    }
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}`
        : 'has the wrong form. Correct it'
    case 'too_small':
      return `must be at least ${issue.minimum}`
    case 'too_big':
      return `must be at most ${issue.maximum}`
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join(', ')
    default:
      return 'has the wrong form. Correct it'
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

function oneOf(values: readonly unknown[]): string {
  const list = values.map(String).join(', ')
  return values.length === 1 ? list : `one of ${list}`
}

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
  return text.join('').replace(/^\./, '')
}
