import type { Outcome } from '../engine/border.ts'
import type { Log } from './log.ts'

/** The shortest time without a call that ends a preview with a refusal, in milliseconds. */
const shortestMs = 500
/** The longest such time, in milliseconds. */
const longestMs = 10_000
/** Multiplies the longest pause so far: on a slow machine, or in a slow program, every pause is longer. */
const pauseFactor = 5

/** Finds the reason that several errors share, and the short error that refers to it. */
type ReasonOf = (error: Error) => { readonly reason: Error; readonly short: Error } | undefined

/**
 * Follows the calls of a run, and shows every refusal of a preview under its own resource.
 *
 * The engine previews several resources at once, and ends the preview at the first error: then it shows only what was under
 * way. So the first refusal waits until nothing else is under way. Then the others are logged, and the first is thrown:
 * logging alone would not fail the preview. The engine does not tell a plugin that a program has ended, so a pause that is
 * long for this run counts as the end.
 */
export class PreviewRun {
  readonly #log: Log
  readonly #reasonOf: ReasonOf
  /** What the PSCs and the rules have refused after the first one, by URN. */
  readonly #others = new Map<string, Error>()
  /** What the checks have refused and no create or update has shown yet, by URN. */
  readonly #checked = new Map<string, Error>()
  #underWay = 0
  #pauseBegan: number | undefined
  #longestPause = 0
  #timer: NodeJS.Timeout | undefined
  #end: ((isWhole: boolean) => void) | undefined
  readonly #cancellation = new AbortController()
  readonly #outcomes: Outcome[] = []
  #isOver = false
  #hasRefused = false
  /** Resolves when the run is cancelled. */
  readonly cancelled: Promise<undefined>

  /** @param reasonOf finds what an error shares with those of other resources. */
  constructor(log: Log, reasonOf: ReasonOf = () => undefined) {
    this.#log = log
    this.#reasonOf = reasonOf
    this.cancelled = new Promise((resolve) => {
      this.#cancellation.signal.onabort = () => {
        resolve(undefined)
      }
    })
  }

  /** Tells whether the run is cancelled. */
  get isCancelled(): boolean {
    return this.#cancellation.signal.aborted
  }

  /** Notes that a new resource was verified. */
  note(outcome: Outcome): void {
    this.#outcomes.push(outcome)
  }

  /** Remembers what the check of a resource has refused; undefined for nothing. */
  remember(urn: string, refusal: Error | undefined): void {
    if (refusal) this.#checked.set(urn, refusal)
    else this.#checked.delete(urn)
  }

  /** Finds what the check of a resource has refused. */
  remembered(urn: string): Error | undefined {
    return this.#checked.get(urn)
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
   * Notes the refusal of a resource in a preview, within {@link during}.
   *
   * @throws {Error} the refusal, for the first one, after all others.
   */
  async refuse(urn: string, refusal: Error): Promise<void> {
    this.#hasRefused = true
    this.#checked.delete(urn)
    if (this.isCancelled) throw refusal
    if (this.#isOver) {
      this.#log.write('error', urn, refusal.message)
      return
    }
    if (this.#end !== undefined) {
      this.#others.set(urn, refusal)
      return
    }
    const ended = new Promise<boolean>((resolve) => (this.#end = resolve))
    this.#finish()
    const isWhole = await ended
    this.#underWay += 1
    this.#isOver = true
    // The engine previews as many resources at once as --parallel says, so it has not asked for those that only a check saw.
    const others = isWhole ? [...this.#others, ...this.#checked] : [...this.#others]
    const reasons = new Set<Error>()
    const shorten = (error: Error): Error => {
      const { reason, short } = this.#reasonOf(error) ?? {}
      if (reason) reasons.add(reason)
      return short ?? error
    }
    for (const [other, error] of others) this.#log.write('error', other, shorten(error).message)
    const thrown = shorten(refusal)
    // A reason that is about all resources of a server stands under the stack.
    for (const { message } of reasons) this.#log.write('error', '', message)
    throw thrown
  }

  /**
   * Ends the run, and the waiting of a refusal. The engine calls this after every run too. Then nothing is under way.
   *
   * @returns what was noted, if the run has ended by itself and has refused nothing.
   */
  cancel(): readonly Outcome[] {
    const isWhole = !this.isCancelled && this.#underWay === 0 && !this.#hasRefused
    this.#cancellation.abort()
    this.#end?.(false)
    return isWhole ? this.#outcomes : []
  }

  #begin(): void {
    if (this.#pauseBegan !== undefined) {
      this.#longestPause = Math.max(this.#longestPause, Date.now() - this.#pauseBegan)
      this.#pauseBegan = undefined
    }
    this.#underWay += 1
    clearTimeout(this.#timer)
  }

  #finish(): void {
    this.#underWay -= 1
    if (this.#underWay > 0) return
    this.#pauseBegan = Date.now()
    if (this.#end === undefined) return
    clearTimeout(this.#timer)
    const quietMs = Math.min(longestMs, Math.max(shortestMs, pauseFactor * this.#longestPause))
    this.#timer = setTimeout(this.#end, quietMs, true)
  }
}
