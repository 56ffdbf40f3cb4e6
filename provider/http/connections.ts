import { Agent, type Dispatcher } from 'undici'
import { isLoopback } from './loopback.ts'
import { connectionsThroughProxy } from './proxy.ts'
import { Slots } from './slots.ts'

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
