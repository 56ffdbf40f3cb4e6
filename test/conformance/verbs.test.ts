import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProvider, portal, refusals, useProvider } from '../support/fixture.ts'
import { declare, held, pscs, type Psc, written } from './pscs.ts'

const token = 'clientToken 200'
const write = 'clientMaintenance 200'
const nextSecret = 'not-a-secret-next'

for (const [psc, can] of Object.entries(pscs) as [Psc, (typeof pscs)[Psc]][]) {
  describe(`A client at ${psc}`, () => {
    const fixture = useProvider('PscClient')
    const declared = () => declare(psc, fixture)
    const reasons = (news: Record<string, unknown>) => refusals(fixture.provider, news)

    if (!can.maintains) {
      it(`Check refuses a client at ${psc} with a remedy and sends no request`, async () => {
        const [reason, ...others] = await reasons(declared())
        assert.match(String(reason), /^psc: .*TokenCredential.*\[ERR_PSC_NO_MAINTENANCE\]$/)
        assert.match(String(reason), /maintenance: true/)
        assert.deepEqual(others, [])
        assert.deepEqual(fixture.requests(), [])
      })

      it(`Check accepts a client at ${psc} whose declaration says that the service exists`, async () => {
        assert.deepEqual(await reasons({ ...portal, psc: { extends: psc, maintenance: true } }), [])
      })
      return
    }

    it(`A preview at ${psc} sends ${can.sideEffects ? 'no request' : 'one token request'} for a new client`, async () => {
      assert.deepEqual(await reasons(declared()), [])
      assert.deepEqual(fixture.requests(), can.sideEffects ? [] : [token])
      assert.notDeepEqual(held(fixture, psc), written)
    })

    it(`Create, diff, update, read and delete work at ${psc}`, async () => {
      const { id, outs } = await fixture.provider.create(declared())
      assert.deepEqual(held(fixture, psc), written)
      assert.deepEqual(fixture.requests(), [token, write])
      const before = { ...outs }
      assert.equal((await fixture.provider.diff(id, before, declared())).changes, false)
      const renamed = { ...declared(), name: 'Portal' }
      assert.equal((await fixture.provider.diff(id, before, renamed)).changes, true)
      const after = (await fixture.provider.update(id, before, renamed)).outs ?? {}
      assert.deepEqual(held(fixture, psc), { ...written, name: 'Portal' })
      assert.equal((await fixture.provider.diff(id, after, renamed)).changes, false)
      assert.equal((await fixture.provider.read(id, after)).id, id)
      await fixture.provider.delete(id, after)
      assert.ok(fixture.emulator.registered(psc, portal.clientId))
      assert.deepEqual(fixture.requests(), [token, write, write])
    })

    if (psc !== 'neoid' && psc !== 'serproid') {
      it(`A client at ${psc} needs no certificate`, async () => {
        const client = { ...declared(), certificate: undefined }
        assert.deepEqual(await reasons(client), [])
        const { id, outs } = await fixture.provider.create(client)
        assert.deepEqual(held(fixture, psc), written)
        const { changes } = await fixture.provider.diff(id, { ...outs }, client)
        assert.equal(changes, false)
      })
    }

    if (can.rotates) {
      it(`A rotation at ${psc} sets the new secret once and verifies it`, async () => {
        await fixture.provider.create({
          ...declared(),
          clientSecret: nextSecret,
          previousClientSecret: portal.clientSecret,
        })
        assert.deepEqual(fixture.requests(), ['clientToken 401', token, write, token])
        const bodies = fixture.emulator.requests.list({ operation: 'clientMaintenance' })
        assert.ok('client_secret' in (bodies[0]?.body as object))
        fixture.provider = await openProvider('PscClient', fixture.config)
        assert.deepEqual(
          await reasons({ ...declared(), clientSecret: nextSecret, preflight: 'required' }),
          [],
        )
      })
    }
  })
}
