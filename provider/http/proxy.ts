import { type Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { HttpFailure, toHttpFailure } from './failure.ts'
import { isTransientStatus } from './retry.ts'

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
