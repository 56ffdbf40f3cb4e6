/**
 * A number of places that are taken and given back, first come, first served.
 *
 * undici's pools have a queue of their own, but a request that waits in it cannot be told from one that a server
 * is slow to answer, and it is bounded per pool, not per server.
 */
export class Slots {
  #free: number
  readonly #waiting = new Set<() => void>()

  constructor(places: number) {
    this.#free = places
  }

  /**
   * Waits for a place; whoever gets one calls {@link release} once.
   *
   * @param giveUp called only if there is no free place; waiting ends when it is aborted.
   * @throws the reason of `giveUp`.
   */
  async take(giveUp: () => AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    const signal = giveUp()
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.#waiting.delete(enter)
        reject(signal.reason as Error)
      }
      this.#waiting.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Gives a place back: to the one that has waited longest, if anyone waits. */
  release(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#free++
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
