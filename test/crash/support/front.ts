import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a server that can be closed and opened again, at the same address. */
export interface Front {
  readonly url: string
  /** Breaks every connection and refuses new ones. */
  close(): void
  open(): Promise<void>
}

/** @param target where the server is; its port. */
export async function createFront(target: () => number): Promise<Front> {
  const sockets = new Set<Socket>()
  let server: Server
  let port = 0
  const open = async (): Promise<void> => {
    server = createServer((socket) => {
      const behind = connect(target(), '127.0.0.1')
      for (const end of [socket, behind]) {
        sockets.add(end)
        end.on('error', () => undefined)
        end.on('close', () => {
          sockets.delete(end)
          socket.destroy()
          behind.destroy()
        })
      }
      socket.pipe(behind).pipe(socket)
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    ;({ port } = server.address() as AddressInfo)
  }
  await open()
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
