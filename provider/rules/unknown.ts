/** A value that is not known yet: at preview, an output of a resource that does not exist yet. */
export const unknownValue: unique symbol = Symbol.for('pulumi-psc.unknown')

/** A `T`, or a value that is not known yet. */
export type MaybeUnknown<T> = T | typeof unknownValue

/** Tells whether a value is not known yet. */
export function isUnknown(value: unknown): value is typeof unknownValue {
  return value === unknownValue
}
