import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from './app.ts'
import { loadConfig } from './config/load.ts'
import type { EmulatorConfig } from './config/schema.ts'
import type { RequestLog } from './control/request-log.ts'
import type { FaultQueue } from './faults/queue.ts'
import type { HolderChoice } from './oauth/at-once.ts'
import { dialects, pscNames } from './psc/dialects.ts'
import type { PscName } from './psc/dialects.ts'
import type { RegisteredClient } from './psc/registry.ts'
import type { Clock } from './psc/tokens.ts'
import { authorize, createWorld } from './world.ts'

export interface EmulatorOptions {
  /** The configuration itself, or the path of the YAML file that holds it. */
  readonly config: EmulatorConfig | string
  /** Wins over the configuration's; 0 takes a free one. */
  readonly port?: number
  /** Where neither the options nor the configuration name a port; 0 by default. */
  readonly defaultPort?: number
  /** Wins over the configuration's; 127.0.0.1 by default. */
  readonly host?: string
  /** PEM texts; with them the emulator speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Milliseconds since the epoch, `Date.now` by default: for tests of what expires. */
  readonly now?: Clock
  /** Gets one line for each request, without anything confidential. */
  readonly onRequest?: (line: string) => void
}

/** A PSC (or several) that runs on this machine until it is closed. */
export interface Emulator {
  /** Scheme, host and port, without a final slash. */
  readonly url: string
  /** What takes the place of each PSC's base URL. */
  readonly baseUrls: Readonly<Record<PscName, string>>
  /** What was asked so far. */
  readonly requests: RequestLog
  /** What goes wrong next. */
  readonly faults: FaultQueue
  /** What the PSC now holds for a client, or `undefined` if it knows none by that id. */
  readonly registered: (psc: PscName, clientId: string) => RegisteredClient | undefined
  /** Every client of a PSC. */
  readonly clients: (psc: PscName) => readonly RegisteredClient[]
  /** Removes a client, as SERPRO's support would; tells whether there was one. */
  readonly forget: (psc: PscName, clientId: string) => boolean
  /**
   * Answers an authorize URL as a person at a browser would, by default as the first holder: the address that the browser ends
   * on, or `undefined` when it stays on a page of the PSC.
   */
  readonly authorize: (url: string, choice?: HolderChoice) => string | undefined
  /** Ends every connection and frees the port. Calling it again does nothing. */
  readonly close: () => Promise<void>
}

/**
 * Starts an emulator and resolves when it listens.
 *
 * @throws EmulatorConfigError when the configuration is wrong; the system's error when the port cannot be had
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const config = loadConfig(options.config)
  const world = createWorld(config, options.now ?? Date.now, options.onRequest)
  const host = options.host ?? config.host ?? '127.0.0.1'
  const server = createServer(createApp(world).fetch, options.tls)
  server.listen(options.port ?? config.port ?? options.defaultPort ?? 0, host)
  await once(server, 'listening')
  const url = `${options.tls ? 'https' : 'http'}://${reachable(server.address() as AddressInfo)}`
  let closed: Promise<void> | undefined
  return {
    url,
    baseUrls: Object.fromEntries(
      pscNames.map((name) => [name, url + dialects[name].basePath]),
    ) as Record<PscName, string>,
    requests: world.requests,
    faults: world.faults,
    registered: (psc, clientId) => world.pscs[psc].clients.find(clientId),
    clients: (psc) => world.pscs[psc].clients.list(),
    forget: (psc, clientId) => world.pscs[psc].clients.remove(clientId),
    authorize: (address, choice = {}) => authorize(world, address, choice),
    close: () => (closed ??= closeServer(server)),
  }
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']
type Server = ReturnType<typeof createHttpServer>

function createServer(
  fetch: ReturnType<typeof createApp>['fetch'],
  tls: EmulatorOptions['tls'],
): Server {
  // The host process keeps its own Request and Response.
  const shared = { fetch: fetch as Fetch, overrideGlobalObjects: false }
  const server = tls
    ? createAdaptorServer({ ...shared, createServer: createHttpsServer, serverOptions: tls })
    : createAdaptorServer({ ...shared, createServer: createHttpServer })
  return server as Server
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

/** An address that a client on this machine can use. */
function reachable({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `127.0.0.1:${port}`
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
