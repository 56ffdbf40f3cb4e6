import { PscError } from '../errors.ts'

/** The attempts after which a server that gave nothing but 500 or 404 gets no more. */
const mostAttempts = 3

/** Ends a request that a closed gate stops. {@link Gate.explain} gives the reason. */
export class GateClosedError extends Error {}

/**
 * Limits the attempts at one server that answers all of them with 500 or 404, however many clients ask it at the same time.
 * Until another answer arrives, three attempts at most are under way or have failed. Then every attempt passes.
 */
export class Gate {
  #isOpen = false
  #failed = 0
  #underWay = 0
  #waiting: (() => void)[] = []
  readonly #reason = Promise.withResolvers<PscError>()
  #explained: PscError | undefined

  /**
   * Waits until an attempt may be made.
   *
   * @throws an error for {@link explain}, if none may be made any more. The reason itself may need another request first, such
   * as that of a discovery document. So nothing waits here for it: the attempt holds a connection.
   */
  async enter(): Promise<void> {
    while (!this.#isOpen && this.#failed + this.#underWay >= mostAttempts) {
      if (this.#isClosed) throw new GateClosedError()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#underWay += 1
  }

  /**
   * Notes the end of an attempt.
   *
   * @param status undefined without an answer.
   * @returns whether no more attempt may be made.
   */
  leave(status: number | undefined): boolean {
    this.#underWay -= 1
    if (status === 500 || status === 404) this.#failed += 1
    else if (status !== undefined) this.#isOpen = true
    const waiting = this.#waiting
    this.#waiting = []
    // A caller that gives up says so first.
    setImmediate(() => {
      for (const resolve of waiting) resolve()
    })
    return this.#isClosed
  }

  /**
   * Returns the one error for all requests that such a server failed: that of the first, with the number of attempts. Returns
   * any other error as it is. Waits for the attempts that are under way.
   */
  async explain(error: unknown): Promise<unknown> {
    if (error instanceof GateClosedError) return this.#reason.promise
    if (!(error instanceof PscError) || !(error.status === 500 || error.status === 404)) {
      return error
    }
    while (!this.#isOpen && !this.#isClosed && this.#underWay > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (!this.#isClosed) return error
    this.#explained ??= error.reworded(
      `${error.detail} All ${mostAttempts} attempts got this answer, so no more were made.`,
    )
    this.#reason.resolve(this.#explained)
    return this.#explained
  }

  /** Tells whether an error is the one of {@link explain}. */
  isReason(error: unknown): error is PscError {
    return error !== undefined && error === this.#explained
  }

  get #isClosed(): boolean {
    return !this.#isOpen && this.#failed >= mostAttempts
  }
}

/** Finds the gate of a server, by the address of its requests. */
export function gateOf(gates: Map<string, Gate>, address: string): Gate {
  const gate = gates.get(address) ?? new Gate()
  gates.set(address, gate)
  return gate
}
