import { Hono } from 'hono'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { controlRoutes } from './control/routes.ts'
import type { Endpoint } from './http/endpoint.ts'
import { hasMediaType } from './http/exchange.ts'
import type { Answer, Asked } from './http/exchange.ts'
import { methodNotAllowed, notFound, tooLarge, unsupportedMediaType } from './http/framework.ts'
import { describe } from './control/describe.ts'
import type { World } from './world.ts'

/** Far above anything that the documents ask for. */
const maxBodyBytes = 256 * 1024

export function createApp(world: World): Hono {
  const app = new Hono()
  app.route('/_emulator', controlRoutes(world))
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: (c) => send(world, readHead(c), tooLarge()),
    }),
  )
  for (const path of new Set(world.endpoints.map((endpoint) => endpoint.path))) {
    const endpoints = world.endpoints.filter((endpoint) => endpoint.path === path)
    app.all(path, async (c) => {
      const asked = { ...readHead(c), body: await c.req.text() }
      const endpoint = endpoints.find(({ method }) => method === asked.method)
      if (!endpoint) {
        return send(world, asked, methodNotAllowed(endpoints.map(({ method }) => method)))
      }
      return send(world, asked, answer(endpoint, asked), endpoint)
    })
  }
  // A request that broke off while it was read: nobody is there to be answered.
  app.onError(() => new Response(null, { status: 500 }))
  app.notFound((c) => send(world, readHead(c), notFound()))
  return app
}

function answer(endpoint: Endpoint, asked: Asked): Answer {
  const { consumes } = endpoint
  if (consumes !== undefined && !hasMediaType(asked, consumes)) {
    return unsupportedMediaType(consumes)
  }
  try {
    return endpoint.answer(asked)
  } catch {
    return endpoint.failure()
  }
}

function send(world: World, asked: Asked, { status, headers, body }: Answer, endpoint?: Endpoint) {
  const entry = world.requests.record(asked, endpoint)
  entry.status = status
  world.onRequest(describe(entry))
  return new Response(body, { status, headers })
}

function readHead(c: Context): Asked {
  const { method, url, headers } = c.req.raw
  const { pathname, searchParams } = new URL(url)
  return { method, path: pathname, query: searchParams, headers, body: '' }
}
