import { spawn } from 'node:child_process'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { type AddressInfo, connect, type Server } from 'node:net'
import { createAuthority } from '../../http/support/authority.ts'

/** A git server over HTTPS, as a team's own: it is reached through a proxy, and has a certificate of an own authority. */
export interface GitServer extends AsyncDisposable {
  /** The address of the proxy. It leads every other host to itself. */
  readonly proxy: string
  /** The certificate of the authority, in PEM. */
  readonly authority: string
}

/**
 * Serves the repositories below a folder with git's own program for web servers.
 *
 * @param host the name of the server. Pulumi takes no address with a port.
 */
export async function serveGit(root: string, host: string): Promise<GitServer> {
  const authority = await createAuthority()
  const server = createServer(await authority.issue(host), (request, response) => {
    answer(root, request, response)
  })
  const port = await listen(server)
  const proxy = createHttpServer()
  const tunnels = new Set<Duplex>()
  proxy.on('connect', ({ url = '' }: IncomingMessage, client) => {
    const { hostname, port: asked } = new URL(`http://${url}`)
    const to =
      hostname === host ? connect(port, '127.0.0.1') : connect(Number(asked || 80), hostname)
    for (const socket of [client, to]) tunnels.add(socket)
    to.on('connect', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      to.pipe(client).pipe(to)
    })
    to.on('error', () => client.destroy())
    client.on('error', () => to.destroy())
  })
  return {
    proxy: `http://127.0.0.1:${await listen(proxy)}`,
    authority: authority.cert,
    async [Symbol.asyncDispose]() {
      for (const socket of tunnels) socket.destroy()
      server.closeAllConnections()
      await Promise.all([server, proxy].map((one) => new Promise((done) => one.close(done))))
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** Answers by the Common Gateway Interface. @see https://git-scm.com/docs/git-http-backend */
function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'https://git')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  request.pipe(child.stdin)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdout.on('end', () => {
    const all = Buffer.concat(chunks)
    const end = all.indexOf('\r\n\r\n')
    const lines = all.subarray(0, end).toString().split('\r\n')
    const headers = new Headers(lines.map((line) => line.split(': ') as [string, string]))
    response.statusCode = Number.parseInt(headers.get('status') ?? '200', 10)
    headers.delete('status')
    response.setHeaders(headers)
    response.end(all.subarray(end + 4))
  })
}
