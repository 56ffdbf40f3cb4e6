import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** A proxy that makes tunnels, or whatever else a test wants, and tells what it was asked. */
export interface ConnectProxy {
  /** `http://127.0.0.1:…` */
  readonly url: string
  /** The heads of the requests, as they came. */
  readonly asked: readonly string[]
}

/**
 * A proxy for the length of one test.
 *
 * @param answer gets the connection when the head of a request has arrived.
 * @param greet gets it before anything has.
 */
export async function connectProxy(
  t: TestContext,
  answer: (socket: Socket, count: number) => void,
  greet: (socket: Socket) => void = () => undefined,
): Promise<ConnectProxy> {
  const asked: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    let head = ''
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      socket.off('data', read)
      asked.push(head)
      answer(socket, asked.length)
    }
    socket.on('data', read)
    greet(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Connects a tunnel to a port of this machine, whatever host was asked for. */
export function tunnelTo(port: number): (socket: Socket) => void {
  return (socket) => {
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(target).pipe(socket)
    })
    target.on('error', () => socket.destroy())
    socket.on('close', () => target.destroy())
  }
}
