import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProvider, portal, refusals, useProvider } from '../support/fixture.ts'
import { declare, held, pscs, type Psc, written } from './pscs.ts'

const token = 'clientToken 200'
const write = 'clientMaintenance 200'
const nextSecret = 'not-a-secret-next'

for (const [psc, can] of Object.entries(pscs) as [Psc, (typeof pscs)[Psc]][]) {
  describe(`every verb at ${psc}`, () => {
    const fixture = useProvider('PscClient')
    const declared = () => declare(psc, fixture)
    const reasons = (news: Record<string, unknown>) => refusals(fixture.provider, news)

    if (!can.maintains) {
      it('refuses a client at preview, says what to do, and asks nothing', async () => {
        const [reason, ...others] = await reasons(declared())
        assert.match(String(reason), /^psc: .*changed where it was registered.*TokenCredential/)
        assert.match(String(reason), /maintenance: true/)
        assert.deepEqual(others, [])
        assert.deepEqual(fixture.requests(), [])
      })

      it('accepts a client whose declaration says that the service is there', async () => {
        assert.deepEqual(await reasons({ ...portal, psc: { extends: psc, maintenance: true } }), [])
      })
      return
    }

    it('previews a new client with one token, or with nothing where a token has side effects', async () => {
      assert.deepEqual(await reasons(declared()), [])
      assert.deepEqual(fixture.requests(), can.sideEffects ? [] : [token])
      assert.notDeepEqual(held(fixture, psc), written)
    })

    it('creates, sees no change, updates, reads and deletes', async () => {
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

    it('shows a wrong secret at preview, where it may ask', async () => {
      const wrong = { ...declared(), clientSecret: 'not-the-secret', preflight: 'required' }
      const [reason] = await reasons(wrong)
      assert.match(String(reason), /: 401 (AUTENTICACAO_INVALIDA_CLIENT_OAUTH|invalid_client)/)
      assert.doesNotMatch(String(reason), /not-the-secret/)
    })

    it('takes one new token when the old one is refused', async () => {
      await fixture.provider.create(declared())
      const code = can.echoes ? 'TOKEN_DE_ACESSO_INVALIDO' : 'invalid_token'
      fixture.emulator.faults.add({ kind: 'error', operation: 'clientMaintenance', code })
      await fixture.provider.update(portal.clientId, {}, declared())
      assert.deepEqual(fixture.requests(), [token, write, 'clientMaintenance 401', token, write])
    })

    it('never sends a secret in maintenance', async () => {
      await fixture.provider.create(declared())
      await fixture.provider.update(portal.clientId, {}, { ...declared(), name: 'Portal' })
      for (const { body } of fixture.emulator.requests.list({ operation: 'clientMaintenance' })) {
        assert.deepEqual(Object.keys(body as object), [
          'client_id',
          'name',
          'comments',
          'redirect_uris',
          'email',
        ])
      }
    })

    if (can.rotates) {
      it('rotates a secret: the new one is set once, and proven', async () => {
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
    } else {
      it('refuses a rotation at preview, with the code and what to do instead', async () => {
        const [reason, ...others] = await reasons({
          ...declared(),
          clientSecret: nextSecret,
          previousClientSecret: portal.clientSecret,
        })
        assert.match(
          String(reason),
          /^previousClientSecret: .*support.*\[MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL\]$/,
        )
        assert.deepEqual(others, [])
        assert.deepEqual(fixture.requests(), [])
      })
    }
  })
}
