import { Hono } from 'hono'
import { FaultScriptError } from '../faults/queue.ts'
import type { FaultQueue } from '../faults/queue.ts'

/** `/_emulator/faults`: what goes wrong next. */
export function faultRoutes(faults: FaultQueue): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json({ faults: faults.list() }))
  app.post('/', async (c) => {
    // A web page cannot send this media type without being allowed to first, and it is not.
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      return c.json({ problems: ['the Content-Type must be application/json'] }, 415)
    }
    const body: unknown = await c.req.json().catch(() => undefined)
    if (body === undefined) return c.json({ problems: ['the body is not JSON'] }, 400)
    try {
      return c.json({ faults: faults.addAll(Array.isArray(body) ? body : [body]) }, 201)
    } catch (error) {
      if (error instanceof FaultScriptError) return c.json({ problems: error.problems }, 400)
      throw error
    }
  })
  app.delete('/', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  app.delete('/:id', (c) => {
    const removed = faults.remove(Number(c.req.param('id')))
    return removed ? c.body(null, 204) : c.json({ problems: ['no such fault'] }, 404)
  })
  return app
}
