import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { describe } from './control/request-log.ts'
import { controlRoutes } from './control/routes.ts'
import { injectFaults } from './faults/inject.ts'
import { type About, language, overviewPage } from './pages/overview-page.ts'
import { type Endpoint, hasMediaType, refuseWithArray } from './services/endpoint.ts'
import type { EmulatorState, Environment } from './state.ts'

/** Far more than any documented request needs. */
const maxBodyBytes = 256 * 1024

/**
 * Routes requests. A request passes the body limit, the request log, the scripted faults and the check of its media type before
 * a service answers.
 *
 * @param onRequest gets one line for each request
 * @param about describes the emulator on its own page
 */
export function createApp(
  state: EmulatorState,
  onRequest: (line: string) => void = () => undefined,
  about: About = {},
): Hono<Environment> {
  const { requests, endpoints, faults } = state
  const frameworkAt = ({ req }: Context) =>
    endpoints.find(({ path }) => path === req.path)?.framework ?? refuseWithArray

  const record = async (c: Context, body: string, next: () => Promise<void>) => {
    const { method, path } = c.req
    const endpoint = endpoints.find((known) => known.method === method && known.path === path)
    const entry = requests.record(c.req.raw, body, endpoint)
    c.set('entry', entry)
    await next()
    if (c.res !== RESPONSE_ALREADY_SENT) entry.status = c.res.status
    onRequest(describe(entry))
  }

  const app = new Hono<Environment>()
  // What a browser asks for to show the emulator's own page is no request to a PSC.
  app.use('/', language, async (c, next) => {
    if (c.req.method !== 'GET') return next()
    return overviewPage(c, state, about)
  })
  app.use('/favicon.ico', (c) => Promise.resolve(c.body(null, 204)))
  app.route('/_emulator', controlRoutes(state))
  app.use(
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: async (c) => {
        const refuse = frameworkAt(c)
        const response = refuse(413, 'Payload Too Large', 'Corpo da solicitação grande demais')
        await record(c, '', () => {
          c.res = response
          return Promise.resolve()
        })
        return response
      },
    }),
    async (c, next) => record(c, await c.req.text(), next),
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        frameworkAt(c)(405, 'Method Not Allowed', 'Método não suportado', {
          Allow: methods.join(', '),
        }),
    }),
  )
  for (const endpoint of endpoints) {
    const { method, path } = endpoint
    app.on(method, path, injectFaults(faults, endpoint), requireMediaType(endpoint), (c) =>
      answer(endpoint, c),
    )
  }
  app.notFound(() => refuseWithArray(404, 'Not Found', 'Recurso não encontrado'))
  // The request broke off while the emulator read it, so that no client waits for the answer.
  app.onError(() => new Response(null, { status: 500 }))
  return app
}

function requireMediaType({ consumes, framework = refuseWithArray }: Endpoint): MiddlewareHandler {
  return async (c, next) => {
    if (consumes === undefined || hasMediaType(c.req.raw.headers, consumes)) return next()
    const description = `Content-Type não suportado; use ${consumes}`
    return framework(415, 'Unsupported Media Type', description)
  }
}

async function answer(endpoint: Endpoint, c: Context): Promise<Response> {
  try {
    return await endpoint.answer(c)
  } catch {
    return endpoint.failure(c)
  }
}
