import type { Clock } from '../../../provider/http/message.ts'

/** A clock that stands still until something waits, or a test moves it. */
export class ManualClock implements Clock {
  /** Every wait that was asked for, in milliseconds; each is over at once. */
  readonly waits: number[] = []
  readonly #start: Date
  #now = 0
  #limits: { at: number; controller: AbortController }[] = []

  constructor(start = new Date('2026-03-02T03:00:00Z')) {
    this.#start = start
  }

  now(): number {
    return this.#now
  }

  date(): Date {
    return new Date(this.#start.getTime() + this.#now)
  }

  wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds)
    this.advance(milliseconds)
    return Promise.resolve()
  }

  timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController()
    this.#limits.push({ at: this.#now + milliseconds, controller })
    return controller.signal
  }

  /** Moves time on; the limits that it passes are over. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    const over = this.#limits.filter(({ at }) => at <= this.#now)
    this.#limits = this.#limits.filter(({ at }) => at > this.#now)
    for (const { controller } of over) {
      controller.abort(new DOMException('The operation timed out.', 'TimeoutError'))
    }
  }

  /** Moves time on to the end of every limit that there is. */
  expire(): void {
    const last = Math.max(this.#now, ...this.#limits.map(({ at }) => at))
    this.advance(last - this.#now)
  }
}
