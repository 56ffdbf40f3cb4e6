import { Hono } from 'hono'
import { operations } from '../http/exchange.ts'
import { pscNames } from '../pscs.ts'
import type { World } from '../state.ts'
import { authorizationRoutes } from './authorization-routes.ts'
import { faultRoutes } from './fault-routes.ts'
import type { RequestFilter } from './request-log.ts'

/** What users and tests ask the emulator itself, below `/_emulator`. */
export function controlRoutes(world: World): Hono {
  const app = new Hono()
  app.route('/faults', faultRoutes(world.faults))
  app.route('/authorizations', authorizationRoutes(world))
  app.get('/requests', (c) => {
    const filter = readFilter(c.req.query())
    if (typeof filter === 'string') return c.json({ error: filter }, 400)
    return c.json({ requests: world.requests.list(filter) })
  })
  app.delete('/requests', (c) => {
    world.requests.clear()
    return c.body(null, 204)
  })
  app.get('/state', (c) => c.json({ pscs: describePscs(world) }))
  app.delete('/clients/:psc/:clientId', (c) => {
    const { psc, clientId } = c.req.param()
    const name = pscNames.find((known) => known === psc)
    const removed = name !== undefined && world.pscs[name].clients.remove(clientId)
    return removed ? c.body(null, 204) : c.json({ error: 'no such client' }, 404)
  })
  app.all('*', (c) => c.json({ error: 'no such resource of the emulator; see its README' }, 404))
  return app
}

function describePscs(world: World): unknown {
  return Object.fromEntries(
    pscNames.map((name) => [name, { clients: world.pscs[name].clients.list() }]),
  )
}

const filters = ['method', 'path', 'psc', 'operation', 'clientId', 'status']

/** An unknown filter is an error: it would silently show everything. */
function readFilter(query: Record<string, string>): RequestFilter | string {
  const unknown = Object.keys(query).find((key) => !filters.includes(key))
  if (unknown !== undefined) return `unknown filter ${unknown}; there are ${filters.join(', ')}`
  const { operation, status, ...rest } = query
  const known = operations.find((name) => name === operation)
  if (operation !== undefined && !known) {
    return `unknown operation; there are ${operations.join(', ')}`
  }
  return {
    ...rest,
    ...(known && { operation: known }),
    ...(status !== undefined && { status: Number(status) }),
  }
}
