import { unknownValue } from '../rules/problem.ts'

/** What the engine passes in place of a value that is not known yet. */
const engineUnknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** An object from the engine, with `unknownValue` where a value is not known yet, and without the door's own key. */
export function readDeclaration(
  properties: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { __provider, ...declared } = properties
  return markUnknown(declared) as Record<string, unknown>
}

function markUnknown(value: unknown): unknown {
  if (value === engineUnknown) return unknownValue
  if (Array.isArray(value)) return value.map(markUnknown)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, markUnknown(v)]))
}

/** Whether anything in a value is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown)
}
