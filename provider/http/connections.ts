import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { HttpFailure, toHttpFailure } from './failure.ts'
import { isLoopback } from './loopback.ts'
import { isTransientStatus } from './retry.ts'

/** The connections to one server, and the right to use one of them. */
export interface Connections {
  readonly dispatcher: Dispatcher
  /** One for each connection: who holds one never waits for another's request. */
  readonly slots: Slots
}

const open = new Map<string, Connections>()

/**
 * The kept-alive connections to one server, shared by everything in the process that speaks to it.
 *
 * `HTTPS_PROXY` and `NO_PROXY` are honoured, except for loopback addresses: plain http is allowed there
 * only because nothing leaves the machine, and a proxy would take it off the machine.
 *
 * @param maxConnections how many connections are open at once; the first caller decides.
 * @throws {HttpFailure} when `HTTPS_PROXY` names no proxy.
 */
export function connectionsTo(origin: string, maxConnections: number): Connections {
  const known = open.get(origin)
  if (known) return known
  const options = {
    connections: maxConnections,
    pipelining: 1,
    // Every attempt has a time limit of its own, which may be longer than undici's.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Also where NODE_TLS_REJECT_UNAUTHORIZED says otherwise: what is sent here is a secret.
    connect: { rejectUnauthorized: true },
  }
  const dispatcher = isLoopback(new URL(origin).hostname)
    ? new Agent(options)
    : connectionsThroughProxy(options)
  const connections = { dispatcher, slots: new Slots(maxConnections) }
  open.set(origin, connections)
  return connections
}

/** Closes every connection, so that a command or a test ends at once. */
export async function closeConnections(): Promise<void> {
  const dispatchers = [...open.values()].map(({ dispatcher }) => dispatcher)
  open.clear()
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()))
}

/**
 * A number of places that are taken and given back, first come, first served.
 *
 * undici's pools have a queue of their own, but a request that waits in it cannot be told from one that a server
 * is slow to answer, and it is bounded per pool, not per server.
 */
export class Slots {
  #free: number
  readonly #waiting = new Set<() => void>()

  constructor(places: number) {
    this.#free = places
  }

  /**
   * Waits for a place; whoever gets one calls {@link release} once.
   *
   * @param giveUp called only if there is no free place; waiting ends when it is aborted.
   * @throws the reason of `giveUp`.
   */
  async take(giveUp: () => AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    const signal = giveUp()
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.#waiting.delete(enter)
        reject(signal.reason as Error)
      }
      this.#waiting.add(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Gives a place back: to the one that has waited longest, if anyone waits. */
  release(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#free++
      return
    }
    this.#waiting.delete(next)
    next()
  }
}

/** How long a proxy may take to answer `CONNECT`, in milliseconds: as long as undici gives any server to be connected. */
const tunnelTimeoutMs = 10_000

/**
 * Connections that go through the proxy of `HTTPS_PROXY`, except to the hosts of `NO_PROXY`.
 *
 * What goes wrong on the way to the proxy, or at it, is a failure of the proxy and says so.
 *
 * @throws {HttpFailure} when `HTTPS_PROXY` names no proxy. Its value is not shown: it may hold a password.
 */
export function connectionsThroughProxy(options: Agent.Options): Dispatcher {
  const { https_proxy, HTTPS_PROXY } = process.env
  const given = https_proxy ?? HTTPS_PROXY ?? ''
  // "proxy.empresa.com.br:3128" is how curl and Go accept it, and so do people write it.
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
      'the environment variable HTTPS_PROXY is not the address of an HTTP proxy, such as http://proxy.exemplo.com.br:3128',
      false,
    )
  }
}

function clientFactory(proxy: URL, options: object): Dispatcher {
  const pool = new Pool(proxy, { ...options, headersTimeout: tunnelTimeoutMs })
  const connect = pool.connect.bind(pool)
  const tunnel = async (request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const data = await connect(request).catch((error: unknown) => {
      // undici takes a lost connection here for one to be tried again, at once and for ever.
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
  const reason = failure?.message ?? 'the tunnel could not be made'
  return new HttpFailure('proxy', `the proxy failed: ${reason}`, failure?.transient ?? false, true)
}

function refusal(status: number, target: string): HttpFailure {
  const advice =
    status === 407 ? ': it wants a user name and a password, http://user:password@…' : ''
  return new HttpFailure(
    'proxy',
    `the proxy of HTTPS_PROXY refused the connection to ${target} (HTTP ${status})${advice}`,
    isTransientStatus(status),
    true,
  )
}
