import type { Problem, PropertyPath } from '../rules/problem.ts'
import type { ShapeProblem } from './shape.ts'

/** A path with at least this many steps is a property of an entry, and not the entry itself. */
const propertyDepth = 3

/**
 * Shape and rules overlap, because the rules also judge programs, which have no schema. Of two that say the same, the
 * shape's stays, because it says how it is written in YAML; where nothing is, the rule's, because it says what is
 * missing. A key that is misspelt is not missing as well.
 */
export function combine(shape: readonly ShapeProblem[], rules: readonly Problem[]): Problem[] {
  const ruled = new Set(rules.map(({ path }) => keyOf(path)))
  const meant = new Set(shape.flatMap((problem) => (problem.meant ? [keyOf(problem.meant)] : [])))
  const kept = shape.filter(({ absent, path }) => {
    const key = keyOf(path)
    return !absent || !(ruled.has(key) || meant.has(key))
  })
  const explained = new Set([...meant, ...kept.map(({ path }) => keyOf(path))])
  const partly = new Set(kept.flatMap(({ path }) => prefixes(path)))
  const explains = (path: PropertyPath) =>
    partly.has(keyOf(path)) || [...prefixes(path), keyOf(path)].some((key) => explained.has(key))
  return [
    ...kept,
    ...rules.filter(({ severity, path }) => severity === 'warning' || !explains(path)),
  ]
}

function prefixes(path: PropertyPath): string[] {
  return path.flatMap((_, length) =>
    length >= propertyDepth ? [keyOf(path.slice(0, length))] : [],
  )
}

function keyOf(path: PropertyPath): string {
  return JSON.stringify(path)
}
