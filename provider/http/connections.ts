import pLimit, { type LimitFunction } from 'p-limit'
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { isLoopback } from '../rules/loopback.ts'
import { say } from '../say.ts'
import { HttpFailure, toHttpFailure } from './failure.ts'
import { isTransientStatus } from './retry.ts'

/** Holds the connections to one server, and the limit of concurrent requests. */
interface Connections {
  readonly dispatcher: Dispatcher
  /** Has one place for each connection. A request with a place never waits for another request. */
  readonly limit: LimitFunction
}

const open = new Map<string, Connections>()

/**
 * Opens the kept-alive connections to one server; the whole process shares them.
 *
 * `HTTPS_PROXY` and `NO_PROXY` are honoured, except for loopback addresses: plain http is accepted there only because
 * nothing leaves the machine, and a proxy would take it off the machine.
 *
 * @param maxConnections the limit of connections; the first caller sets it.
 * @throws {HttpFailure} when `HTTPS_PROXY` names no proxy.
 */
export function connectionsTo(origin: string, maxConnections: number): Connections {
  const known = open.get(origin)
  if (known) return known
  const options = {
    connections: maxConnections,
    pipelining: 1,
    // The limit of connections, and what a lost connection means for its request, hold for HTTP/1.1.
    allowH2: false,
    // Every attempt has its own time limit, which may exceed undici's.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Also where NODE_TLS_REJECT_UNAUTHORIZED says otherwise: the request holds a secret.
    connect: { rejectUnauthorized: true },
  }
  const dispatcher = isLoopback(new URL(origin).hostname)
    ? new Agent(options)
    : connectionsThroughProxy(options)
  const connections = { dispatcher, limit: pLimit(maxConnections) }
  open.set(origin, connections)
  return connections
}

/** Closes every connection, so that a command or a test ends at once. */
export async function closeConnections(): Promise<void> {
  const dispatchers = [...open.values()].map(({ dispatcher }) => dispatcher)
  open.clear()
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()))
}

/** The time in which a proxy must answer `CONNECT`, in milliseconds: what undici gives any server to be connected. */
const tunnelTimeoutMs = 10_000

/**
 * Makes connections through the proxy of `HTTPS_PROXY`, except to the hosts of `NO_PROXY`. A failure on the way to the
 * proxy, or at it, names the proxy.
 *
 * @throws {HttpFailure} when `HTTPS_PROXY` names no proxy. Its value is not shown: it may hold a password.
 */
function connectionsThroughProxy(options: Agent.Options): Dispatcher {
  const { https_proxy, HTTPS_PROXY } = process.env
  const given = https_proxy ?? HTTPS_PROXY ?? ''
  // curl and Go also accept "proxy.empresa.com.br:3128".
  const httpsProxy = given === '' || given.includes('://') ? given : `http://${given}`
  try {
    if (given !== '' && !/^https?:\/\//i.test(httpsProxy)) throw new TypeError('no proxy of HTTP')
    return new EnvHttpProxyAgent({
      ...options,
      httpProxy: '',
      httpsProxy,
      clientFactory,
      requestTls: { rejectUnauthorized: true },
      proxyTls: { rejectUnauthorized: true },
    })
  } catch {
    throw new HttpFailure(
      'proxy',
      say`the environment variable HTTPS_PROXY is not the address of an HTTP proxy, such as http://proxy.exemplo.com.br:3128`,
      false,
    )
  }
}

function clientFactory(proxy: URL, options: object): Dispatcher {
  const pool = new Pool(proxy, { ...options, headersTimeout: tunnelTimeoutMs })
  const connect = pool.connect.bind(pool)
  const tunnel = async (request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const data = await connect(request).catch((error: unknown) => {
      // undici would retry a connection that is lost here immediately and endlessly.
      throw toProxyFailure(error, proxy)
    })
    if (data.statusCode === 200) return data
    data.socket.on('error', () => undefined).destroy()
    throw refusal(data.statusCode, request.path)
  }
  return Object.assign(pool, { connect: tunnel })
}

function toProxyFailure(error: unknown, { origin }: URL): HttpFailure {
  const failure = toHttpFailure(error, origin, tunnelTimeoutMs)
  const reason = failure?.message ?? say`the tunnel could not be made`
  return new HttpFailure(
    'proxy',
    say`the proxy failed: ${reason}`,
    failure?.transient ?? false,
    true,
  )
}

function refusal(status: number, target: string): HttpFailure {
  const refused = say`the proxy of HTTPS_PROXY refused the connection to ${target} (HTTP ${status})`
  return new HttpFailure(
    'proxy',
    status === 407
      ? say`${refused}: it needs a user name and a password, http://user:password@…`
      : refused,
    isTransientStatus(status),
    true,
  )
}
