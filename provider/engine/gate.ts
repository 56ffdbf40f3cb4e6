import { isUnanswered, isUnavailable, PscError } from '../errors.ts'
import { say } from '../say.ts'

/** After this number of failures in a row, a server counts as down. */
const severalInARow = 3

/** Ends a request that a closed gate stops. {@link Gate.explain} gives the reason. */
export class GateClosedError extends Error {}

/**
 * Remembers for a run whether one server is down, for all clients that ask it.
 *
 * Limits the attempts at a server that answers all of them with 500 or 404, however many clients ask it at the same time.
 * Until another answer arrives, three attempts at most are under way or have failed. Then every attempt passes.
 */
export class Gate {
  /** Why no other request is worth sending. The first of many concurrent failures stands for all. */
  down: PscError | undefined
  #putOff = 0
  #isOpen = false
  #isShown = false
  #failed = 0
  #underWay = 0
  #waiting: (() => void)[] = []
  /** The errors that were reported before it was known that all requests fail. */
  readonly #early = new Set<unknown>()
  readonly #reason = Promise.withResolvers<PscError>()

  /**
   * Waits until an attempt may be made.
   *
   * @throws an error for {@link explain}, if none may be made any more. The reason itself may need another request first, such
   * as that of a discovery document. So nothing waits here for it: the attempt holds a connection.
   */
  async enter(): Promise<void> {
    while (!this.#isOpen && this.#failed + this.#underWay >= severalInARow) {
      if (this.#isClosed) throw new GateClosedError()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#underWay += 1
  }

  /**
   * Notes the end of an attempt.
   *
   * @param status undefined without an answer.
   * @param hasCode whether the answer has an error code. A 404 with one is about the client, not about the address.
   * @returns whether no more attempt may be made.
   */
  leave(status: number | undefined, hasCode = false): boolean {
    this.#underWay -= 1
    if (status === 500 || (status === 404 && !hasCode)) this.#failed += 1
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
    if (!this.#isClosed) {
      this.#early.add(error)
      return error
    }
    this.down ??= error.reworded(
      say`${error.detail} All ${severalInARow} attempts got this answer, so no more were made.`,
    )
    this.#reason.resolve(this.down)
    return this.down
  }

  /** Returns the reason as it is the first time, and then a short error that refers to it. Returns any other error as it is. */
  showOnce(error: unknown): unknown {
    if (error !== this.down || !this.down) return error
    if (this.#isShown) return referTo(this.down)
    this.#isShown = true
    return error
  }

  /** Returns the one reason why all requests failed, if an error is due to it. */
  reasonOf(error: unknown): PscError | undefined {
    const isEarly = this.#isClosed && this.#early.has(error)
    return isEarly || error === this.down ? this.down : undefined
  }

  /** @throws the reason, if the server is down. */
  refuseIfDown(): void {
    if (this.down) throw this.down
  }

  /**
   * Notes how the proof of a client ended. A server is down if it did not answer, or asked several clients in a row to
   * retry later.
   *
   * @param error undefined after an answer.
   * @returns the error to report for this client.
   */
  note(error: unknown): unknown {
    const isPutOff = isUnavailable(error)
    this.#putOff = isPutOff ? this.#putOff + 1 : 0
    if (!isPutOff) return error
    if (isUnanswered(error) || this.#putOff >= severalInARow) this.down ??= error
    return this.down ?? error
  }

  get #isClosed(): boolean {
    return !this.#isOpen && this.#failed >= severalInARow
  }
}

/** Makes the short error that refers to the reason of a server that is down. */
export function referTo(reason: PscError): PscError {
  return reason.reworded(
    'not verified: the server failed all requests alike. Another message of this run has the reason.',
  )
}

/** Finds the gate of a server, by the address of its requests. */
export function gateOf({ gates }: { readonly gates: Map<string, Gate> }, address: string): Gate {
  const gate = gates.get(address) ?? new Gate()
  gates.set(address, gate)
  return gate
}
