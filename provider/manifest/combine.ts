import type { Problem, PropertyPath } from '../rules/problem.ts'
import type { ShapeProblem } from './shape.ts'

/** A path with at least this many steps is a property of an entry, and not the entry itself. */
const propertyDepth = 3

/**
 * The problems of shape and rules, each said once.
 *
 * They overlap, because the rules also judge programs, which have no schema. Of two that say the same, the shape's
 * stays, because it says how it is written in YAML; where nothing is, the rule's, because it says what is missing. A
 * key that is misspelt is not missing as well, nor is a value that could not be read (`unread`).
 */
export function combine(
  unread: readonly Problem[],
  shape: readonly ShapeProblem[],
  rules: readonly Problem[],
): Problem[] {
  const explainedBefore = explainer([
    ...unread.map(({ path }) => path),
    ...shape.flatMap(({ meant }) => (meant ? [meant] : [])),
  ])
  const ruled = new Set(rules.map(({ path }) => keyOf(path)))
  const kept = shape.filter(
    ({ absent, path }) => !absent || !(ruled.has(keyOf(path)) || explainedBefore(path)),
  )
  const explainedByShape = explainer(kept.map(({ path }) => path))
  return [
    ...kept,
    ...rules.filter(
      ({ severity, path }) =>
        severity === 'warning' || !(explainedBefore(path) || explainedByShape(path)),
    ),
  ]
}

/** Whether a problem at a path follows from one that is known at it, above it or below it. */
function explainer(known: readonly PropertyPath[]): (path: PropertyPath) => boolean {
  const exact = new Set(known.filter(({ length }) => length > 0).map(keyOf))
  const above = new Set(known.flatMap((path) => prefixes(path, propertyDepth)))
  return (path) =>
    above.has(keyOf(path)) || [...prefixes(path, 1), keyOf(path)].some((key) => exact.has(key))
}

function prefixes(path: PropertyPath, shortest: number): string[] {
  return path.flatMap((_, length) => (length >= shortest ? [keyOf(path.slice(0, length))] : []))
}

function keyOf(path: PropertyPath): string {
  return JSON.stringify(path)
}
