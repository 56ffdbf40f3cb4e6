import { unknownValue } from '../rules/problem.ts'

/** Types a value of a preview: `unknownValue` replaces each unknown part. */
export type Partially<T> =
  | typeof unknownValue
  | (T extends string | number | boolean | null | undefined
      ? T
      : T extends readonly (infer Element)[]
        ? readonly Partially<Element>[]
        : Declared<T>)

/** Types a declaration of a preview. Its values have the right types after a check without problems. */
export type Declared<T> = { readonly [Key in keyof T]: Partially<T[Key]> }

/** Tells whether every part of a value is known. */
export function isKnown<T>(value: T | Partially<T>): value is T {
  if (value === unknownValue) return false
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnown)
}
