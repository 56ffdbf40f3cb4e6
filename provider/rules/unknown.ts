/** A value that is not known yet: at preview, an output of a resource that does not exist yet. */
export const unknownValue: unique symbol = Symbol.for('pulumi-psc.unknown')

/** Tells whether a value is not known yet. */
export function isUnknown(value: unknown): value is typeof unknownValue {
  return value === unknownValue
}
