import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici'
import { isLoopback } from './loopback.ts'

const pools = new Map<string, Dispatcher>()

/**
 * The kept-alive connections to one server, shared by everything in the process that speaks to it.
 *
 * `HTTPS_PROXY` and `NO_PROXY` are honoured, except for loopback addresses: plain http is allowed there
 * only because nothing leaves the machine, and a proxy would take it off the machine.
 *
 * @param maxConnections how many connections are open at once; the first caller decides.
 */
export function connectionsTo(origin: string, maxConnections: number): Dispatcher {
  let pool = pools.get(origin)
  if (!pool) {
    const options = {
      connections: maxConnections,
      pipelining: 1,
      connect: { timeout: 10_000 },
    }
    pool = isLoopback(new URL(origin).hostname)
      ? new Agent(options)
      : new EnvHttpProxyAgent(options)
    pools.set(origin, pool)
  }
  return pool
}

/** Closes every connection, so that a command or a test ends at once. */
export async function closeConnections(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map((pool) => pool.destroy()))
}
