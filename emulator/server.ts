import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { loadConfig } from './config/load.ts'
import type { EmulatorConfig } from './config/schema.ts'
import { describe, type RecordedRequest, type RequestLog } from './control/request-log.ts'
import { controlRoutes } from './control/routes.ts'
import type { FaultQueue } from './faults/queue.ts'
import { alreadySent, strike } from './faults/strike.ts'
import { Wire } from './faults/wire.ts'
import { readBody } from './http/body.ts'
import type { Endpoint } from './http/endpoint.ts'
import { type Answer, type Asked, hasMediaType } from './http/exchange.ts'
import { methodNotAllowed, notFound, tooLarge, unsupportedMediaType } from './http/framework.ts'
import type { RegisteredClient } from './psc/registry.ts'
import type { Clock } from './psc/tokens.ts'
import { dialects, type PscName, pscNames } from './pscs.ts'
import type { HolderChoice } from './services/authorize.ts'
import { authorize, createWorld, type World } from './state.ts'

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

interface Environment {
  readonly Bindings: HttpBindings
}

export function createApp(world: World): Hono<Environment> {
  const app = new Hono<Environment>()
  app.route('/_emulator', controlRoutes(world))
  for (const path of new Set(world.endpoints.map((endpoint) => endpoint.path))) {
    const endpoints = world.endpoints.filter((endpoint) => endpoint.path === path)
    const framework = endpoints[0]?.framework
    app.all(path, async (c) => {
      const body = await readBody(c.req.raw)
      if (body === undefined) {
        return send(world, world.requests.record(readHead(c)), tooLarge(framework))
      }
      const asked = { ...readHead(c), body }
      const endpoint = endpoints.find(({ method }) => method === asked.method)
      const entry = world.requests.record(asked, endpoint)
      if (endpoint) return respond(world, entry, endpoint, asked, c.env)
      const allowed = endpoints.map(({ method }) => method)
      return send(world, entry, methodNotAllowed(allowed, framework))
    })
  }
  app.notFound((c) => send(world, world.requests.record(readHead(c)), notFound()))
  // A request that broke off while it was read: nobody is there to be answered.
  app.onError(() => new Response(null, { status: 500 }))
  return app
}

async function respond(
  world: World,
  entry: RecordedRequest,
  endpoint: Endpoint,
  asked: Asked,
  { incoming, outgoing }: HttpBindings,
): Promise<Response> {
  const fault = world.faults.take(endpoint, entry.clientId)
  if (!fault) return send(world, entry, carryOut(endpoint, asked))
  entry.fault = fault.id
  const struck = await strike(fault, endpoint, new Wire(incoming, outgoing), () =>
    carryOut(endpoint, asked),
  )
  if ('answer' in struck) return send(world, entry, struck.answer)
  entry.status = struck.sent
  world.onRequest(describe(entry))
  return alreadySent
}

function carryOut(endpoint: Endpoint, asked: Asked): Answer {
  const { consumes, framework } = endpoint
  if (consumes !== undefined && !hasMediaType(asked, consumes)) {
    return unsupportedMediaType(consumes, framework)
  }
  try {
    return endpoint.answer(asked)
  } catch {
    return endpoint.failure()
  }
}

function send(world: World, entry: RecordedRequest, { status, headers, body }: Answer): Response {
  entry.status = status
  world.onRequest(describe(entry))
  // HTTP gives these statuses no body, whatever a fault script says.
  const bare = body === '' || [204, 205, 304].includes(status)
  return new Response(bare ? null : body, { status, headers })
}

function readHead(c: Context): Asked {
  const { method, url, headers } = c.req.raw
  const { pathname, searchParams } = new URL(url)
  return { method, path: pathname, query: searchParams, headers, body: '' }
}
