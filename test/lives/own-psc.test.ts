import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { manifestOf, manifestProgram, portal } from '../support/fixture.ts'
import { Stack } from '../support/stack.ts'

/** A PSC that this package knows nothing of: it reads JSON, echoes, and adds a URI of its own. */
async function startPsc(t: TestContext) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
      const { redirect_uris: uris = [], ...echo } = body as { redirect_uris?: string[] }
      const answer = request.url?.endsWith('/client_token')
        ? { access_token: 'T', token_type: 'bearer' }
        : { ...echo, redirect_uris: [...uris, 'novo://volta'] }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return { requests, baseUrl: `http://127.0.0.1:${port}/v0/oauth` }
}

test('A manifest can define a PSC and maintain a client there', async (t) => {
  const { requests, baseUrl } = await startPsc(t)
  const novo = {
    extends: 'standard',
    baseUrl,
    echoes: true,
    tokenRequest: 'json',
    ownUriSchemes: ['novo'],
  }
  const stack = await Stack.create({
    files: {
      'index.ts': manifestProgram,
      'clients.yaml': manifestOf({ portal: { psc: 'novo' } }, { pscs: { novo } }),
    },
    env: { PORTAL_SECRET: portal.clientSecret },
  })
  t.after(() => {
    stack.remove()
  })
  await stack.succeed('up', '--yes', '--skip-preview')
  assert.deepEqual(requests.splice(0), [
    'POST /v0/oauth/client_token',
    'PUT /v0/oauth/client_maintenance',
  ])
  await stack.succeed('preview', '--expect-no-changes')
  assert.deepEqual(requests, [])
  const [client] = (await stack.state()).deployment.resources?.slice(-1) ?? []
  assert.equal((client?.outputs?.psc as { name: string }).name, 'novo')
})
