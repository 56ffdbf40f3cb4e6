import type { Answer, Asked, Operation } from './exchange.ts'
import type { FrameworkRefusal } from './framework.ts'

/** One method of one path, and what answers there. */
export interface Endpoint {
  /** The name of a PSC, or `motor-rce`. */
  readonly issuer: string
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'PUT'
  /** From the root of the server. */
  readonly path: string
  /** The only media type that is taken; `undefined` where there is no body. */
  readonly consumes?: string
  readonly answer: (asked: Asked) => Answer
  /** How the framework below refuses; SERPRO's array by default. */
  readonly framework?: FrameworkRefusal
  /** A documented error by its code; `undefined` for a code that this endpoint's document does not have. */
  readonly refusal: (code: string, detail?: string) => Answer | undefined
  /** The documented answer to what was not expected. */
  readonly failure: () => Answer
}

export const form = 'application/x-www-form-urlencoded'
export const json = 'application/json'
export const jwt = 'application/jwt'
