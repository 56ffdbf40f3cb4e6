import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { manifestOf, manifestProgram } from '../support/fixture.ts'
import { Stack } from '../support/stack.ts'

/** A PSC that this package knows nothing of: it reads JSON, echoes, rotates, and adds a URI of its own. */
const secrets = new Set(['not-a-secret-old'])
const requests: string[] = []
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk: Buffer) => (text += chunk.toString()))
  request.on('end', () => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const body = JSON.parse(text) as { client_secret?: string; redirect_uris?: string[] }
    const answer = (status: number, content: object) => {
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(content))
    }
    if (request.url === '/v0/oauth/client_token') {
      if (secrets.has(body.client_secret ?? '')) {
        answer(200, { access_token: 'T', token_type: 'bearer' })
      } else answer(401, { error: 'invalid_client' })
    } else {
      const { client_secret: secret, ...echo } = body
      if (secret !== undefined) {
        secrets.clear()
        secrets.add(secret)
      }
      answer(200, { ...echo, redirect_uris: (body.redirect_uris ?? []).concat('novo://volta') })
    }
  })
})

let stack: Stack

before(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stack = await Stack.create({
    files: { 'index.ts': manifestProgram },
    env: { OLD: 'not-a-secret-old', NEXT: 'not-a-secret-next' },
  })
})

after(() => {
  stack.remove()
  server.close()
})

function declare(secrets: Readonly<Record<string, unknown>>): void {
  const { port } = server.address() as AddressInfo
  const novo = {
    extends: 'standard',
    baseUrl: `http://127.0.0.1:${port}/v0/oauth`,
    echoes: true,
    tokenRequest: 'json',
    ownUriSchemes: ['novo'],
  }
  stack.write(
    'clients.yaml',
    manifestOf({ portal: { psc: 'novo', ...secrets } }, { pscs: { novo } }),
  )
}

const token = 'POST /v0/oauth/client_token'
const write = 'PUT /v0/oauth/client_maintenance'

// One life, in order.

test('A manifest can define a PSC and maintain a client there', async () => {
  declare({ clientSecret: { env: 'OLD' } })
  await stack.succeed('up', '--yes')
  // The token of the preview, then the token and the write of the update.
  assert.deepEqual(requests.splice(0), [token, token, write])
  await stack.succeed('preview', '--expect-no-changes')
  assert.deepEqual(requests, [])
  const [client] = (await stack.state()).deployment.resources?.slice(-1) ?? []
  assert.equal((client?.outputs?.psc as { name: string }).name, 'novo')
})

test('The secret of a client is rotated at a PSC that the manifest defines', async () => {
  declare({ clientSecret: { env: 'NEXT' }, previousClientSecret: { env: 'OLD' } })
  const output = await stack.succeed('up', '--yes')
  assert.match(output, /the secret of .* at novo will be rotated/)
  // Preview and update find out each which secret is in force; then the write, and the token that verifies it.
  assert.deepEqual(requests, [token, token, token, token, write, token])
  assert.deepEqual([...secrets], ['not-a-secret-next'])
})
