import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'

/** A connection below HTTP, where faults do what a correct server cannot. */
export class Connection {
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

  /** Waits, but no longer than the connection lives. */
  async wait(milliseconds: number): Promise<void> {
    if (milliseconds > 0) await ignoreAbort(wait(milliseconds, undefined, this.#whileOpen()))
  }

  /** Resolves when the client closes the connection. */
  async hang(): Promise<void> {
    if (!this.#gone.signal.aborted) await once(this.#gone.signal, 'abort')
  }

  drop(reset: boolean): void {
    const { socket } = this.#incoming
    // Node cannot reset the socket below TLS.
    if (reset && !(socket instanceof TLSSocket)) socket.resetAndDestroy()
    else socket.destroy()
  }

  /** Sends a text that need not be HTTP, and ends the connection. */
  sendRaw(text: string): void {
    this.#incoming.socket.end(text)
  }

  /** Announces the whole body, sends a part and ends the connection. */
  async cutOff(response: Response, bytes: number): Promise<void> {
    const content = await this.#announce(response)
    await new Promise<void>((resolve) => {
      this.#outgoing.write(content.subarray(0, bytes), () => {
        resolve()
      })
      if (this.#outgoing.closed) resolve()
    })
    this.#incoming.socket.destroy()
  }

  /** Sends a response a few bytes at a time. */
  async trickle(response: Response, bytes: number, intervalMs: number): Promise<void> {
    const content = await this.#announce(response)
    const pause = (): Promise<void> => wait(intervalMs, undefined, this.#whileOpen())
    async function* drops(): AsyncGenerator<Buffer> {
      for (let at = 0; at < content.length; at += bytes) {
        if (at > 0) await pause()
        yield content.subarray(at, at + bytes)
      }
    }
    this.#outgoing.flushHeaders()
    await this.#pipe(drops())
  }

  /** Sends a JSON body without an end, as fast as the client reads. */
  async flood(status: number): Promise<void> {
    const filler = Buffer.alloc(64 * 1024, ' ')
    const { signal } = this.#gone
    async function* forever(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"access_token":"')
      while (!signal.aborted) {
        yield filler
        // Lets the event loop notice that the client has left.
        await turn()
      }
    }
    this.#outgoing.writeHead(status, { 'Content-Type': 'application/json' })
    await this.#pipe(forever())
  }

  /** Sends the head with the length of the whole body, and returns the body. */
  async #announce(response: Response): Promise<Buffer> {
    const content = Buffer.from(await response.arrayBuffer())
    const headers = Object.fromEntries(response.headers)
    this.#outgoing.writeHead(response.status, { ...headers, 'Content-Length': content.length })
    return content
  }

  async #pipe(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<void> {
    // These faults make clients leave.
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
    // The connection is gone, and its caller sees that.
  }
}
