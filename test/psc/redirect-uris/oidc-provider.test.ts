import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, it } from 'node:test'
import { closeConnections } from '../../../provider/http/connections.ts'
import { probe } from './support.ts'

const uri = (path: string) => `https://portal.exemplo.gov.br/${path}`

after(closeConnections)

it('oidc-provider, which others have written, tells a redirect URI that was removed', async () => {
  const { default: Provider } = await import('oidc-provider')
  const registered = [uri('callback'), uri('outro')]
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = { client_secret: 'not-a-secret', response_types: ['code' as const] }
  const open = () =>
    new Provider(issuer, {
      clients: [
        { ...client, client_id: 'portal', redirect_uris: registered },
        { ...client, client_id: 'agenda', redirect_uris: [uri('agenda')] },
      ],
    }).callback()
  let answer = open()
  server.on('request', (request, response) => {
    assert.equal(request.headers.cookie, undefined)
    void answer(request, response)
  })
  try {
    const run = {}
    const portal = { authorize: `${issuer}/auth`, clientId: 'portal', isProven: true }
    const uris = [...registered]
    assert.deepEqual(await probe({ ...portal, uris }, run), ['registered', 'registered'])
    registered.splice(0, 1, uri('novo'))
    answer = open()
    assert.deepEqual(await probe({ ...portal, uris }, run), ['not registered', 'registered'])
    registered.splice(1)
    answer = open()
    assert.deepEqual(await probe({ ...portal, uris }), ['nothing', 'nothing'])
    const known = { ...portal, uris, isKnownToTell: true }
    assert.deepEqual(await probe(known), ['not registered', 'not registered'])
    assert.deepEqual(await probe({ ...known, clientId: 'ninguem' }), ['client', 'client'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
