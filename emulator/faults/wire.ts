import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'
import type { Answer } from '../http/exchange.ts'

/** One connection, below HTTP's good manners: the place where faults do what a well-behaved server cannot. */
export class Wire {
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #gone = new AbortController()

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming
    this.#outgoing = outgoing
    if (outgoing.closed) this.#gone.abort()
    outgoing.once('close', () => {
      this.#gone.abort()
    })
  }

  /** Waits; ends at once when the connection does, which closing the emulator also brings about. */
  async wait(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await ignoreAbort(wait(milliseconds, undefined, this.#whileOpen()))
  }

  /** Resolves when the other side gives up. */
  async hang(): Promise<void> {
    if (!this.#gone.signal.aborted) await once(this.#gone.signal, 'abort')
  }

  drop(reset: boolean): void {
    const { socket } = this.#incoming
    // Below TLS there is no socket of ours that could be reset.
    if (reset && !(socket instanceof TLSSocket)) socket.resetAndDestroy()
    else socket.destroy()
  }

  /** Below HTTP: the text as it is, and the end of the connection. */
  say(text: string): void {
    this.#incoming.socket.end(text)
  }

  /** Announces the whole body, sends a part and ends the connection. */
  async cutOff({ status, headers, body }: Answer, bytes: number): Promise<void> {
    const content = Buffer.from(body)
    this.#outgoing.writeHead(status, { ...headers, 'Content-Length': content.length })
    await new Promise<void>((resolve) => {
      this.#outgoing.write(content.subarray(0, bytes), () => {
        resolve()
      })
      if (this.#outgoing.closed) resolve()
    })
    this.#incoming.socket.destroy()
  }

  async trickle(
    { status, headers, body }: Answer,
    bytes: number,
    intervalMs: number,
  ): Promise<void> {
    const content = Buffer.from(body)
    const pause = (): Promise<void> => wait(intervalMs, undefined, this.#whileOpen())
    async function* drops(): AsyncGenerator<Buffer> {
      for (let at = 0; at < content.length; at += bytes) {
        if (at > 0) await pause()
        yield content.subarray(at, at + bytes)
      }
    }
    this.#outgoing.writeHead(status, { ...headers, 'Content-Length': content.length })
    this.#outgoing.flushHeaders()
    await this.#pipe(drops())
  }

  /** Writes as fast as the other side reads, until it stops. */
  async flood({ status, headers }: Answer): Promise<void> {
    const filler = Buffer.alloc(64 * 1024, ' ')
    const { signal } = this.#gone
    async function* forever(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"access_token":"')
      while (!signal.aborted) {
        yield filler
        // Lets the event loop see that the other side has left.
        await turn()
      }
    }
    this.#outgoing.writeHead(status, headers)
    await this.#pipe(forever())
  }

  async #pipe(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> {
    // The other side leaving is what these faults are made for.
    await pipeline(Readable.from(chunks), this.#outgoing).catch(() => undefined)
  }

  #whileOpen(): { signal: AbortSignal } {
    return { signal: this.#gone.signal }
  }
}

async function ignoreAbort(waiting: Promise<void>): Promise<void> {
  try {
    await waiting
  } catch {
    // The connection is gone; whoever waits finds out by itself.
  }
}
