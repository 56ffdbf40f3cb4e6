import { quote } from './text.ts'

/**
 * Splits a path into the stack's configuration, as Pulumi does: `key`, `key.inside`, `key[0]` or `key["with.dot"]`, each also
 * after `namespace:`. The first step has the namespace, which may contain dots.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/config/#structured-configuration
 */
export function stepsOf(path: string): string[] {
  const [namespace = ''] = /^[^:[]*:/.exec(path) ?? []
  const step = /\["((?:\\.|[^"\\])*)"\]|\[(\d+)\]|\.?([^.[\]]+)/g
  const steps = Array.from(
    path.slice(namespace.length).matchAll(step),
    ([, quoted, index, name]) =>
      quoted === undefined ? (index ?? name ?? '') : quoted.replace(/\\(.)/g, '$1'),
  )
  return steps.map((text, at) => (at === 0 ? namespace + text : text))
}

/** Returns the key that holds a path: the whole is encrypted if a part of it is. */
export function keyOfPath(path: string): string {
  return stepsOf(path)[0] ?? path
}

/**
 * Writes the command that sets a secret of the stack.
 *
 * @param isKey whether the path is a key, also if it contains dots. Default: whether it has one step.
 */
export function commandForSecret(path: string, isKey = stepsOf(path).length < 2): string {
  return `\`pulumi config set --secret ${isKey ? '' : '--path '}${forShell(path)}\``
}

/** Quotes a text for a shell, in a message. */
export function forShell(text: string): string {
  return `'${quote(text).slice(1, -1).replaceAll("'", "'\\''")}'`
}
