import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { describe } from './control/describe.ts'
import type { RecordedRequest } from './control/request-log.ts'
import { controlRoutes } from './control/routes.ts'
import { alreadySent, strike } from './faults/strike.ts'
import { Wire } from './faults/wire.ts'
import { readBody } from './http/body.ts'
import type { Endpoint } from './http/endpoint.ts'
import { hasMediaType } from './http/exchange.ts'
import type { Answer, Asked } from './http/exchange.ts'
import { methodNotAllowed, notFound, tooLarge, unsupportedMediaType } from './http/framework.ts'
import type { World } from './world.ts'

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
