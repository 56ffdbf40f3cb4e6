import { unknownValue } from '../rules/problem.ts'

/** A value of a preview: `unknownValue` stands for each part that is not known yet. */
export type Partially<T> =
  | typeof unknownValue
  | (T extends string | number | boolean | null | undefined
      ? T
      : T extends readonly (infer Element)[]
        ? readonly Partially<Element>[]
        : Declared<T>)

/** A declaration of a preview. Its values have the right types once a check found nothing wrong with it. */
export type Declared<T> = { readonly [Key in keyof T]: Partially<T[Key]> }

/** Tells whether all of a value is known. */
export function isKnown<T>(value: T | Partially<T>): value is T {
  if (value === unknownValue) return false
  return typeof value !== 'object' || value === null || Object.values(value).every(isKnown)
}
