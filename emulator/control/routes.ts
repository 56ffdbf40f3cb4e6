import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { ControlRequestError, FaultScriptError } from '../errors.ts'
import { checkValue } from '../problems.ts'
import { pscNames } from '../pscs.ts'
import { hasMediaType, json, operations } from '../services/endpoint.ts'
import { authorizeWithoutBrowser, type EmulatorState } from '../state.ts'
import type { RequestFilter } from './request-log.ts'

/** Serves `/_emulator`, where users and tests control the emulator itself. */
export function controlRoutes(state: EmulatorState): Hono {
  const { requests, faults, pscs } = state
  const pscCalled = (text: string) => {
    const name = pscNames.find((known) => known === text)
    return name && pscs[name]
  }
  const app = new Hono()
  app.get('/requests', (c) => c.json({ requests: requests.list(readFilter(c.req.query())) }))
  app.delete('/requests', (c) => {
    requests.clear()
    return c.body(null, 204)
  })
  app.get('/state', (c) => {
    const entries = pscNames.map((name) => [name, { clients: pscs[name].clients.list() }])
    return c.json({ pscs: Object.fromEntries(entries) as unknown })
  })
  app.put('/clients/:psc/:clientId', async (c) => {
    const { psc, clientId } = c.req.param()
    const change = await readBody(c, changeSchema)
    const changed = pscCalled(psc)?.change(clientId, change)
    return c.json(changed ?? noClient(psc, clientId))
  })
  app.delete('/clients/:psc/:clientId', (c) => {
    const { psc, clientId } = c.req.param()
    const removed = pscCalled(psc)?.clients.remove(clientId)
    return removed ? c.body(null, 204) : noClient(psc, clientId)
  })
  app.post('/authorizations', async (c) => {
    const { url, ...choice } = await readBody(c, choiceSchema)
    const location = authorizeWithoutBrowser(state, url, choice)
    if (location !== undefined) return c.json({ location })
    throw new ControlRequestError(
      422,
      'url: the PSC shows a page and does not redirect. Open it in a browser to read the page.',
    )
  })
  app.get('/faults', (c) => c.json({ faults: faults.list() }))
  app.post('/faults', async (c) => {
    const body = await readBody(c, z.unknown())
    return c.json({ faults: faults.addAll(Array.isArray(body) ? body : [body]) }, 201)
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  app.delete('/faults/:id', (c) => {
    const id = c.req.param('id')
    if (faults.remove(Number(id))) return c.body(null, 204)
    throw new ControlRequestError(404, `there is no fault ${id}. GET /_emulator/faults lists them.`)
  })
  app.all('*', (c) => {
    throw new ControlRequestError(
      404,
      `the emulator has no ${c.req.path}. Its README lists the requests.`,
    )
  })
  app.onError((error, c) => {
    const known = error instanceof FaultScriptError || error instanceof ControlRequestError
    if (!known) throw error
    const status = error instanceof ControlRequestError ? error.status : 400
    return c.json({ code: error.code, problems: error.problems }, status)
  })
  return app
}

function noClient(psc: string, clientId: string): never {
  throw new ControlRequestError(
    404,
    `${psc} has no client ${clientId}. GET /_emulator/state lists them.`,
  )
}

const changeSchema = z.strictObject({
  name: z.string().exactOptional(),
  comments: z.string().exactOptional(),
  email: z.string().exactOptional(),
  redirectUris: z.array(z.string()).exactOptional(),
  disabled: z.boolean().exactOptional(),
})

const choiceSchema = z.strictObject({
  url: z.url('must be a URL'),
  identification: z.string().optional(),
  periodSeconds: z.int().optional(),
  refuse: z.boolean().optional(),
})

async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  // Browsers ask before they send this media type from another origin, and the emulator does not allow it.
  if (!hasMediaType(c.req.raw.headers, json)) {
    throw new ControlRequestError(415, `the Content-Type must be ${json}. Send it.`)
  }
  const body: unknown = await c.req.json().catch(() => {
    throw new ControlRequestError(400, 'the body is not JSON. Correct it.')
  })
  const checked = checkValue(schema, body, 'body')
  if ('data' in checked) return checked.data
  throw new ControlRequestError(400, checked.problems)
}

const filters = ['method', 'path', 'psc', 'operation', 'clientId', 'status']

/** An unknown filter is an error, because ignoring it would show every request. */
function readFilter(query: Record<string, string>): RequestFilter {
  const unknown = Object.keys(query).find((key) => !filters.includes(key))
  if (unknown !== undefined) {
    throw new ControlRequestError(
      400,
      `unknown filter ${unknown}. Use one of ${filters.join(', ')}.`,
    )
  }
  const { operation, status, ...rest } = query
  const known = operations.find((name) => name === operation)
  if (operation !== undefined && !known) {
    throw new ControlRequestError(400, `unknown operation. Use one of ${operations.join(', ')}.`)
  }
  return {
    ...rest,
    ...(known && { operation: known }),
    ...(status !== undefined && { status: Number(status) }),
  }
}
