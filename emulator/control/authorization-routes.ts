import { Hono } from 'hono'
import { z } from 'zod'
import { formatPath } from '../config/error.ts'
import { authorize, type World } from '../state.ts'

const choiceSchema = z.strictObject({
  url: z.url(),
  identification: z.string().optional(),
  periodSeconds: z.int().optional(),
  refuse: z.boolean().optional(),
})

/** `/_emulator/authorizations`: signs in without a browser. */
export function authorizationRoutes(world: World): Hono {
  const app = new Hono()
  app.post('/', async (c) => {
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      return c.json({ problems: ['the Content-Type must be application/json'] }, 415)
    }
    const parsed = choiceSchema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) {
      const problems = parsed.error.issues.map(
        (issue) => `${formatPath(issue.path, 'body')}: ${issue.message}`,
      )
      return c.json({ problems }, 400)
    }
    const { url, ...choice } = parsed.data
    const location = authorize(world, url, choice)
    if (location !== undefined) return c.json({ location })
    return c.json({ problems: ['the PSC shows a page instead of sending the browser back'] }, 422)
  })
  return app
}
