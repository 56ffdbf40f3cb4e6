import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { createApp } from './app.ts'
import { loadConfig } from './config/load.ts'
import type { EmulatorConfig } from './config/schema.ts'
import type { RequestLog } from './control/request-log.ts'
import type { FaultQueue } from './faults/queue.ts'
import type { About } from './pages/overview-page.ts'
import type { RegisteredClient } from './psc/clients.ts'
import type { ClientChange } from './psc/psc.ts'
import type { Clock } from './psc/tokens.ts'
import { type PscName, pscNames, pscs } from './pscs.ts'
import type { HolderChoice } from './services/authorize.ts'
import { authorizeWithoutBrowser, createState } from './state.ts'

/** Says what an emulator serves, and where. */
export interface EmulatorOptions {
  /** The configuration, or the path of its YAML file. */
  readonly config: EmulatorConfig | string
  /** Overrides the port of the configuration; 0 takes a free one. */
  readonly port?: number
  /** The port if neither `port` nor the configuration has one. Default: 0. */
  readonly defaultPort?: number
  /** Overrides the host of the configuration. Default: 127.0.0.1. */
  readonly host?: string
  /** Key and certificate in PEM form. With them the emulator serves https. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Returns milliseconds since the epoch, for tests of lifetimes. Default: `Date.now`. */
  readonly now?: Clock
  /** Describes the emulator on its own page, `/`. */
  readonly about?: About
  /** Gets one line for each request. No line has a secret or a token. */
  readonly onRequest?: (line: string) => void
}

/** A running emulator. */
export interface Emulator {
  /** Scheme, host and port, without a final slash. */
  readonly url: string
  /** The base URL of each PSC. */
  readonly baseUrls: Readonly<Record<PscName, string>>
  /** The requests so far. */
  readonly requests: RequestLog
  /** The scripted faults. */
  readonly faults: FaultQueue
  /** Returns a client as the PSC holds it. */
  readonly registered: (psc: PscName, clientId: string) => RegisteredClient | undefined
  /** Returns every client of a PSC. */
  readonly clients: (psc: PscName) => readonly RegisteredClient[]
  /**
   * Changes or disables a client as a person in the PSC's panel can, without a check and without the API. Returns `undefined` for
   * an unknown client.
   */
  readonly change: (
    psc: PscName,
    clientId: string,
    change: ClientChange,
  ) => RegisteredClient | undefined
  /** Removes a client, as only the PSC's support can. Returns whether there was one. */
  readonly forget: (psc: PscName, clientId: string) => boolean
  /**
   * Answers an authorize URL as a person at a browser would.
   *
   * @returns the address that the browser would end on, or `undefined` when it would stay on a page of the PSC
   */
  readonly authorize: (url: string, choice?: HolderChoice) => string | undefined
  /** Closes every connection and frees the port. A second call does nothing. */
  readonly close: () => Promise<void>
}

/**
 * Starts an emulator and resolves when it listens.
 *
 * @throws EmulatorConfigError for a wrong configuration; the system's error for a port that is in use
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const config = loadConfig(options.config)
  const state = createState(config, options.now ?? Date.now)
  const host = options.host ?? config.host ?? '127.0.0.1'
  const server = createServer(createApp(state, options.onRequest, options.about), options.tls)
  server.listen(options.port ?? config.port ?? options.defaultPort ?? 0, host)
  await once(server, 'listening')
  const url = `${options.tls ? 'https' : 'http'}://${reachable(server.address() as AddressInfo)}`
  let closed: Promise<void> | undefined
  return {
    url,
    baseUrls: Object.fromEntries(
      pscNames.map((name) => [name, url + pscs[name].basePath]),
    ) as Record<PscName, string>,
    requests: state.requests,
    faults: state.faults,
    registered: (psc, clientId) => state.pscs[psc].clients.find(clientId),
    clients: (psc) => state.pscs[psc].clients.list(),
    change: (psc, clientId, change) => state.pscs[psc].change(clientId, change),
    forget: (psc, clientId) => state.pscs[psc].clients.remove(clientId),
    authorize: (address, choice = {}) => authorizeWithoutBrowser(state, address, choice),
    close: () => (closed ??= closeServer(server)),
  }
}

type Server = ReturnType<typeof createHttpServer>

function createServer(app: ReturnType<typeof createApp>, tls: EmulatorOptions['tls']): Server {
  // The process keeps its own Request and Response, and Hono's body limit gets the Request that it expects.
  const shared = {
    fetch: ({ url, method, headers, body }: Request, bindings: unknown) =>
      app.fetch(
        new Request(url, { method, headers, body, duplex: 'half' }),
        bindings as HttpBindings,
      ),
    overrideGlobalObjects: false,
  }
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

/** Returns an address that a client on this machine can use. */
function reachable({ address, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `127.0.0.1:${port}`
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
