import type { Log } from './log.ts'

/** How long nothing may be under way before a preview ends with a refusal, in milliseconds. */
const quietMs = 1_000

/**
 * Shows every refusal of a preview under its own resource.
 *
 * The engine previews several resources at once, and ends the preview at the first error: then it shows only what was under
 * way. So the first refusal waits until nothing else is under way, and the others are only logged. Logging alone would not
 * fail the preview.
 */
export class Refusals {
  readonly #log: Log
  #underWay = 0
  #timer: NodeJS.Timeout | undefined
  #end: (() => void) | undefined
  #isCancelled = false

  constructor(log: Log) {
    this.#log = log
  }

  /** Runs a call of the engine. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    this.#begin()
    try {
      return await call()
    } finally {
      this.#finish()
    }
  }

  /**
   * Notes the refusal of a resource, within {@link during}.
   *
   * @throws {Error} the refusal, for the first one, after all others.
   */
  async refuse(urn: string, refusal: Error): Promise<void> {
    if (this.#isCancelled) throw refusal
    if (this.#end !== undefined) {
      this.#log.write('error', urn, refusal.message)
      return
    }
    const ended = new Promise<void>((resolve) => (this.#end = resolve))
    this.#finish()
    await ended
    this.#underWay += 1
    throw refusal
  }

  /** Ends the waiting: the user has cancelled the preview. */
  cancel(): void {
    this.#isCancelled = true
    this.#end?.()
  }

  #begin(): void {
    this.#underWay += 1
    clearTimeout(this.#timer)
  }

  #finish(): void {
    this.#underWay -= 1
    if (this.#underWay > 0 || this.#end === undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#end, quietMs)
  }
}
