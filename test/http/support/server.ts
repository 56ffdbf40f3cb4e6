import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** What a {@link RawServer} was asked, head and body as they came. */
export interface RawRequest {
  readonly line: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** Below HTTP: it says whatever a test wants, and counts connections. */
export interface RawServer {
  readonly port: number
  /** `http://127.0.0.1:…` */
  readonly origin: string
  readonly requests: readonly RawRequest[]
  /** Connections that were ever made. */
  readonly connections: number
  /** The most that were open at once. */
  readonly mostAtOnce: number
  /** Fulfilled when so many requests have arrived. */
  arrived(count: number): Promise<void>
}

/** A server for the length of one test. */
export async function rawServer(
  t: TestContext,
  answer: (socket: Socket, request: RawRequest, count: number) => void,
  host = '127.0.0.1',
): Promise<RawServer> {
  const requests: RawRequest[] = []
  const open = new Set<Socket>()
  const waiting: { count: number; resolve: () => void }[] = []
  const counts = { connections: 0, mostAtOnce: 0 }
  const server: Server = createServer((socket) => {
    open.add(socket)
    counts.connections += 1
    counts.mostAtOnce = Math.max(counts.mostAtOnce, open.size)
    // Tests break connections off on purpose.
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    readRequests(socket, (request) => {
      requests.push(request)
      answer(socket, request, requests.length)
      for (const { count, resolve } of waiting) if (requests.length >= count) resolve()
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://${host}:${port}`,
    requests,
    get connections() {
      return counts.connections
    },
    get mostAtOnce() {
      return counts.mostAtOnce
    },
    arrived: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
  }
}

/** An answer in HTTP, framed by its length. */
export function response(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): string {
  const fields = { 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} Status`, ...lines, '', body].join('\r\n')
}

function readRequests(socket: Socket, take: (request: RawRequest) => void): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    text += chunk
    for (;;) {
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const [line = '', ...fields] = text.slice(0, end).split('\r\n')
      const headers = new Map(
        fields.map((field) => {
          const colon = field.indexOf(':')
          return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
        }),
      )
      const length = Number(headers.get('content-length') ?? 0)
      const body = Buffer.from(text.slice(end + 4))
      if (body.length < length) return
      text = body.subarray(length).toString()
      take({ line, headers, body: body.subarray(0, length).toString() })
    }
  })
}
