import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { closeConnections } from '../../../provider/http/connections.ts'
import { startOidcProvider } from '../../support/oidc-provider.ts'
import { probe } from './support.ts'

const uri = (path: string) => `https://portal.exemplo.gov.br/${path}`

/** The configuration with these redirect URIs of `portal`. */
const configuration = (...redirect_uris: string[]) => {
  const client = { client_secret: 'not-a-secret', response_types: ['code' as const] }
  return {
    clients: [
      { ...client, client_id: 'portal', redirect_uris },
      { ...client, client_id: 'agenda', redirect_uris: [uri('agenda')] },
    ],
  }
}

after(closeConnections)

it('oidc-provider, which others have written, tells a redirect URI that was removed', async () => {
  const uris = [uri('callback'), uri('outro')]
  const server = await startOidcProvider(configuration(...uris))
  try {
    const run = {}
    const portal = { authorize: `${server.issuer}/authorize`, clientId: 'portal', isProven: true }
    assert.deepEqual(await probe({ ...portal, uris }, run), ['registered', 'registered'])
    server.configure(configuration(uri('novo'), uri('outro')))
    assert.deepEqual(await probe({ ...portal, uris }, run), ['not registered', 'registered'])
    server.configure(configuration(uri('novo')))
    assert.deepEqual(await probe({ ...portal, uris }), ['nothing', 'nothing'])
    const known = { ...portal, uris, isKnownToTell: true }
    assert.deepEqual(await probe(known), ['not registered', 'not registered'])
    assert.deepEqual(await probe({ ...known, clientId: 'ninguem' }), ['client', 'client'])
    assert.ok(server.cookies.every((cookie) => cookie === undefined))
    assert.notEqual(server.cookies.length, 0)
  } finally {
    server.close()
  }
})
