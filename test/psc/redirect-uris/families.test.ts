import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startEmulator } from '../../../emulator/index.ts'
import { closeConnections } from '../../../provider/http/connections.ts'
import { probe } from './support.ts'

const there = 'https://portal.exemplo.gov.br/callback'
const other = 'https://portal.exemplo.gov.br/outro?a=b'
const clientId = 'portal'
const clients = [
  {
    clientId,
    clientSecret: 'not-a-secret',
    certificate: { hosts: ['portal.exemplo.gov.br'] },
    redirectUris: [there, other],
  },
  {
    clientId: 'agenda',
    clientSecret: 'not-a-secret',
    certificate: { hosts: ['agenda.exemplo.gov.br'] },
    redirectUris: ['https://agenda.exemplo.gov.br/callback'],
  },
]

after(closeConnections)

async function open(authorizeErrors: 'redirects' | 'error-redirect' | 'pages' | 'login-first') {
  const emulator = await startEmulator({
    config: { pscs: { neoid: { behaviour: { authorizeErrors }, clients } } },
  })
  const authorize = `${emulator.baseUrls.neoid}/authorize`
  return {
    ask: (client: Partial<Parameters<typeof probe>[0]> = {}, run = {}) =>
      probe({ authorize, clientId, uris: [there, other], ...client }, run),
    remove: (...redirectUris: string[]) => emulator.change('neoid', clientId, { redirectUris }),
    disable: () => emulator.change('neoid', clientId, { disabled: true }),
    count: () => emulator.requests.list().length,
    [Symbol.asyncDispose]: () => emulator.close(),
  }
}

const agenda = { clientId: 'agenda', uris: ['https://agenda.exemplo.gov.br/callback'] }

for (const family of ['redirects', 'error-redirect'] as const) {
  describe(`a PSC of the family "${family}"`, () => {
    it('A PSC that redirects errors tells a removed redirect URI beside another one', async () => {
      await using psc = await open(family)
      assert.deepEqual(await psc.ask(), ['registered', 'registered'])
      psc.remove(other)
      assert.deepEqual(await psc.ask(), ['not registered', 'registered'])
      psc.remove(there)
      assert.deepEqual(await psc.ask(), ['registered', 'not registered'])
    })

    it('A client of whom no redirect URI is left is told only with a token and a PSC that is known to tell', async () => {
      await using psc = await open(family)
      psc.remove('https://portal.exemplo.gov.br/novo')
      const proven = { isProven: true }
      assert.deepEqual(await psc.ask(proven), ['nothing', 'nothing'])
      const known = { ...proven, isKnownToTell: true }
      assert.deepEqual(await psc.ask(known), ['not registered', 'not registered'])
      assert.deepEqual(await psc.ask({ isKnownToTell: true }), ['nothing', 'nothing'])
      const run = {}
      await psc.ask(agenda, run)
      assert.deepEqual(await psc.ask(proven, run), ['not registered', 'not registered'])
      assert.deepEqual(await psc.ask({}, run), ['nothing', 'nothing'])
    })

    it('The redirect URIs of a disabled or unknown client are not told', async () => {
      await using psc = await open(family)
      const run = {}
      await psc.ask(agenda, run)
      psc.disable()
      assert.deepEqual(await psc.ask({}, run), ['client', 'client'])
      assert.deepEqual(await psc.ask({ clientId: 'ninguem' }, run), ['nothing', 'nothing'])
    })

    it('The probe sends a request for each redirect URI and one more for each PSC', async () => {
      await using psc = await open(family)
      const run = {}
      await psc.ask({}, run)
      await psc.ask({}, run)
      assert.equal(psc.count(), 3 + 2)
    })
  })
}

for (const family of ['pages', 'login-first'] as const) {
  it(`A PSC of the family "${family}" tells nothing, whatever is registered and known`, async () => {
    await using psc = await open(family)
    const proven = { isProven: true, isKnownToTell: true }
    assert.deepEqual(await psc.ask(proven), ['nothing', 'nothing'])
    psc.remove(there)
    // A page that names the redirect URI could tell it. Nothing shows what another page means.
    assert.deepEqual((await psc.ask({}))[1], 'nothing')
  })
}
