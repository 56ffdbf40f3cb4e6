import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a server that this project did not write says. */
export interface Reply {
  /** Default 200. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, text as it is. */
  readonly body: object | string
  /** Breaks the connection in the place of an answer. */
  readonly drop?: boolean
}

export interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface TokenServer {
  readonly url: string
  /** What was asked, oldest first. */
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

/** A server on loopback that answers every request in the same way, or each as a function says. */
export async function startTokenServer(
  replies: Reply | ((asked: Asked) => Reply),
): Promise<TokenServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request
      const one = { method, url, headers, body }
      asked.push(one)
      const reply = typeof replies === 'function' ? replies(one) : replies
      if (reply.drop) {
        request.socket.destroy()
        return
      }
      const isJson = typeof reply.body === 'object'
      response.writeHead(reply.status ?? 200, {
        ...(isJson && { 'content-type': 'application/json' }),
        ...reply.headers,
      })
      response.end(isJson ? JSON.stringify(reply.body) : reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
