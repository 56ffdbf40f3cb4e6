import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Stack } from '../support/stack.ts'

/** A PSC that this package knows nothing of: it reads JSON, echoes, rotates, and adds a URI of its own. */
const secrets = new Set(['not-a-secret-old'])
const asked: string[] = []
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk: Buffer) => (text += chunk.toString()))
  request.on('end', () => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
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
    files: {
      'index.ts': "import { declareManifest } from 'pulumi-psc/manifest'\n\ndeclareManifest()\n",
    },
    env: { OLD: 'not-a-secret-old', NEXT: 'not-a-secret-next' },
  })
})

after(() => {
  stack.remove()
  server.close()
})

function declare(secret: string, uri = 'https://portal.exemplo.gov.br/callback'): void {
  const { port } = server.address() as AddressInfo
  stack.write(
    'clients.yaml',
    `pscs:
  novo:
    extends: standard
    baseUrl: http://127.0.0.1:${port}/v0/oauth
    echoes: true
    tokenRequest: json
    ownUriSchemes: [novo]
clients:
  portal:
    psc: novo
    clientId: portal
    ${secret}
    name: Portal do Cidadão
    comments: Assinatura de requerimentos
    email: suporte@exemplo.gov.br
    redirectUris: ['${uri}']
    certificate: { hosts: [portal.exemplo.gov.br] }
`,
  )
}

const token = 'POST /v0/oauth/client_token'
const write = 'PUT /v0/oauth/client_maintenance'

async function during(...command: string[]): Promise<string[]> {
  asked.length = 0
  await stack.succeed(...command)
  return [...asked]
}

// One life, in order.

test('a PSC that a manifest alone defines is previewed and applied', async () => {
  declare('clientSecret: { env: OLD }')
  assert.deepEqual(await during('preview'), [token])
  assert.deepEqual(await during('up', '--yes', '--skip-preview'), [token, write])
  assert.deepEqual(await during('preview', '--expect-no-changes'), [])
  const [client] = (await stack.state()).deployment.resources?.slice(-1) ?? []
  assert.equal((client?.outputs?.psc as { name: string }).name, 'novo')
})

test('its secret is rotated', async () => {
  declare('clientSecret: { env: NEXT }\n    previousClientSecret: { env: OLD }')
  assert.match(await stack.succeed('preview'), /the secret of .* at novo will be rotated/)
  const requests = await during('up', '--yes', '--skip-preview')
  // Both secrets, the write, and the proof: what a comparison would find out is left to the update.
  assert.deepEqual(requests, [token, token, write, token])
  assert.deepEqual([...secrets], ['not-a-secret-next'])
})

test('its own URIs are refused at preview, with their line', async () => {
  declare('clientSecret: { env: NEXT }', 'novo://volta')
  assert.match(await stack.fail('preview'), /clients\.yaml:16:.*novo adds novo:\/\/ by itself/)
})
