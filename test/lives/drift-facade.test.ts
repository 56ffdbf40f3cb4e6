import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { portal, registered, useStack } from '../support/fixture.ts'

const clients = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
  ...portal,
  clientId: `app-${name}`,
  name: `Aplicação ${name}`,
  redirectUris: ['callback', 'outro'].map(
    (path) => `https://www.aplicacao-exemplo.com/${name}/${path}`,
  ),
}))

const program = `
  import { PscClient } from 'pulumi-psc'

  for (const client of ${JSON.stringify(clients)}) new PscClient(client.clientId, client)
`

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void

const redirect =
  (to: (query: URLSearchParams) => string): Answer =>
  ({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'http://psc')
    response.writeHead(302, { location: to(searchParams) }).end()
  }

/** What a façade answers to authorize requests in front of a PSC that has every redirect URI. */
const facades: Readonly<Record<string, Answer>> = {
  'redirects everything to one address': redirect(() => 'https://psc.exemplo.com.br/inicio'),
  'redirects with another state': redirect(
    (query) => `${query.get('redirect_uri') ?? ''}?error=invalid_request&state=another`,
  ),
  'asks to retry later': (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
  'refuses most requests for their rate': (request, response, count) => {
    if (count % 3 === 0) forward(request, response)
    else response.writeHead(400).end('redirect_uri?')
  },
  'closes every other connection': (request, response, count) => {
    if (count % 2 === 0) forward(request, response)
    else request.socket.destroy()
  },
}

let psc = ''
let count = 0
let answer: Answer = forward

/** Passes a request on to the PSC. */
function forward(request: IncomingMessage, response: ServerResponse): void {
  void (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { authorization, 'content-type': type } = request.headers
    const reply = await fetch(`${new URL(psc).origin}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      redirect: 'manual',
    })
    const location = reply.headers.get('location')
    const headers = { 'content-type': reply.headers.get('content-type') ?? 'text/plain' }
    response.writeHead(reply.status, { ...headers, ...(location !== null && { location }) })
    response.end(await reply.text())
  })()
}

const server = createServer((request, response) => {
  if (request.url?.includes('/authorize')) answer(request, response, (count += 1))
  else forward(request, response)
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
after(() => {
  server.closeAllConnections()
  server.close()
})

const fixture = useStack({
  emulator: { pscs: { neoid: { clients: clients.map(registered) } } },
  files: { 'index.ts': program },
  config: (emulator) => {
    psc = emulator.baseUrls.neoid
    const { port } = server.address() as AddressInfo
    const neoid = `http://127.0.0.1:${port}${new URL(psc).pathname}`
    return {
      'psc:baseUrls': { neoid },
      'psc:drift': 'refresh,apply',
      'psc:timeoutSeconds': '5',
    }
  },
})

const refresh = ['refresh', '--yes', '--skip-preview', '--diff']

// One life, in order: each test goes on from the one before it.

test('An up of five clients proves every redirect URI, and a refresh finds them all', async () => {
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  const state = JSON.stringify(await fixture.stack.state())
  assert.equal(state.match(/"tells":true/g)?.length, clients.length)
  await fixture.stack.succeed(...refresh, '--expect-no-changes')
})

for (const [what, facade] of Object.entries(facades)) {
  test(`A refresh of five clients calls nothing missing behind a façade that ${what}`, async () => {
    answer = facade
    const output = await fixture.stack.succeed(...refresh, '--expect-no-changes')
    assert.doesNotMatch(output, /WARN_PSC_URI_NOT_REGISTERED/)
    answer = forward
  })
}

test('A refresh of five clients shows what each lost, the preview what an up repairs, and the up repairs it', async () => {
  for (const { clientId, redirectUris } of clients.slice(0, 3))
    fixture.emulator.change('neoid', clientId, { redirectUris: redirectUris.slice(0, 1) })
  // The PSC has another redirect URI instead of both.
  const replaced = ['https://www.aplicacao-exemplo.com/novo']
  fixture.emulator.change('neoid', 'app-d', { redirectUris: replaced })
  assert.match(await fixture.stack.succeed(...refresh), /~ 4 updated\n +2 unchanged/)
  assert.match(await fixture.stack.succeed('preview'), /~ 4 to update/)
  assert.match(await fixture.stack.succeed('up', '--yes', '--skip-preview'), /~ 4 updated/)
  for (const { clientId, redirectUris } of clients)
    assert.deepEqual(fixture.emulator.registered('neoid', clientId)?.redirectUris, redirectUris)
  await fixture.stack.succeed(...refresh, '--expect-no-changes')
  await fixture.stack.succeed('preview', '--expect-no-changes')
})
