import assert from 'node:assert/strict'
import { it } from 'node:test'
import { probe } from '../psc/redirect-uris/support.ts'
import type { Keycloak } from './keycloak.ts'

const uri = (path: string) => `https://portal.exemplo.gov.br/${path}`

const uris = [uri('callback'), uri('outro')]

/** Tests the redirect URIs of a Keycloak that another file has started. */
export function testRedirectUris(open: () => Keycloak): void {
  /** Probes a client of the realm, as a refresh does after a token. */
  function ask(client: object = {}): Promise<string[]> {
    const authorize = `${open().url}/realms/motor-rce/protocol/openid-connect/auth`
    return probe({ authorize, clientId: 'portal', uris, isProven: true, ...client })
  }

  // One life, in order: each test goes on from the one before it.

  it('A real Keycloak tells registered redirect URIs', async () => {
    assert.deepEqual(await ask(), ['registered', 'registered'])
  })

  it('A real Keycloak tells a redirect URI that was removed by its admin API', async () => {
    await open().change('portal', { redirectUris: [uri('callback')] })
    assert.deepEqual(await ask(), ['registered', 'not registered'])
  })

  it('A real Keycloak tells that the only redirect URI was replaced, where it is known to tell', async () => {
    await open().change('portal', { redirectUris: [uri('novo')] })
    assert.deepEqual(await ask(), ['nothing', 'nothing'])
    assert.deepEqual(await ask({ isKnownToTell: true }), ['not registered', 'not registered'])
  })

  it('A real Keycloak tells nothing of a client that it does not know, or that is disabled', async () => {
    const known = { isKnownToTell: true }
    assert.deepEqual(await ask({ ...known, clientId: 'ninguem' }), ['client', 'client'])
    await open().change('portal', { redirectUris: uris, enabled: false })
    assert.deepEqual(await ask(known), ['client', 'client'])
  })

  it('A real Keycloak tells nothing of a client with a wildcard', async () => {
    const wildcard = { clientId: 'agenda', uris: ['https://agenda.exemplo.gov.br/callback'] }
    assert.deepEqual(await ask(wildcard), ['anything'])
  })
}
