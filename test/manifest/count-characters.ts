type Method = (this: unknown, ...args: unknown[]) => unknown

/** The methods that may read a whole text or a whole list. Their work is in the engine, so no coverage counts it. */
const ofStrings =
  'endsWith includes lastIndexOf match matchAll normalize replace replaceAll search split startsWith toLowerCase trim trimEnd trimStart'
const ofLists = 'concat includes indexOf join lastIndexOf shift splice unshift'

/**
 * Counts the characters that the methods of strings and regular expressions read or write while something runs, and
 * the items of the methods of lists.
 *
 * It does not count the steps inside of a regular expression. ESLint refuses those that are not linear.
 */
export function countCharacters(run: () => void): number {
  let count = 0
  const undo: (() => void)[] = []
  const wrap = (
    prototype: object,
    name: string,
    measure: (
      self: unknown,
      args: unknown[],
      call: () => unknown,
    ) => [result: unknown, cost: number],
  ) => {
    const original = Object.getOwnPropertyDescriptor(prototype, name) ?? {}
    const method = original.value as Method
    const value = function (this: unknown, ...args: unknown[]): unknown {
      const [result, cost] = measure(this, args, () => method.apply(this, args))
      count += cost
      return result
    }
    Object.defineProperty(prototype, name, { ...original, value })
    undo.push(() => Object.defineProperty(prototype, name, original))
  }
  const whole = (self: unknown, _: unknown, call: () => unknown): [unknown, number] => {
    const result = call()
    return [result, lengthOf(self) + lengthOf(result)]
  }
  for (const name of ofStrings.split(' ')) wrap(String.prototype, name, whole)
  for (const name of ofLists.split(' ')) wrap(Array.prototype, name, whole)
  wrap(String.prototype, 'indexOf', (self, [, from = 0], call) => {
    const result = call() as number
    return [result, (result === -1 ? lengthOf(self) : result) - (from as number)]
  })
  for (const name of ['exec', 'test']) {
    wrap(RegExp.prototype, name, (self, [text], call) => {
      const pattern = self as RegExp
      const from = pattern.global || pattern.sticky ? pattern.lastIndex : 0
      const result = call()
      if (pattern.sticky && !result) return [result, 1]
      const to = result && (pattern.global || pattern.sticky) ? pattern.lastIndex : lengthOf(text)
      return [result, to - from]
    })
  }
  try {
    run()
  } finally {
    for (const each of undo) each()
  }
  return count
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 1
}
