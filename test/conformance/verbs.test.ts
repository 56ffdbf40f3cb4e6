import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openDoor } from '../support/door.ts'
import { declare, held, portal, pscs, type Psc, secrets, useStage, written } from './stage.ts'

const token = 'POST client_token'
const write = 'PUT client_maintenance'

for (const [psc, can] of Object.entries(pscs) as [Psc, (typeof pscs)[Psc]][]) {
  describe(`every verb at ${psc}`, () => {
    const stage = useStage()
    const declared = () => declare(psc, stage.emulator)
    const reasons = async (news: Record<string, unknown>) =>
      ((await stage.door.check({}, news)).failures ?? []).map(({ reason }) => reason)

    if (!can.maintains) {
      it('refuses a client at preview, says what to do, and asks nothing', async () => {
        const [reason, ...others] = await reasons(declared())
        assert.match(String(reason), /^psc: .*changed where it was registered.*TokenCredential/)
        assert.match(String(reason), /maintenance: true/)
        assert.deepEqual(others, [])
        assert.deepEqual(stage.asked(), [])
      })

      it('accepts a client whose declaration says that the service is there', async () => {
        assert.deepEqual(await reasons({ ...portal, psc: { extends: psc, maintenance: true } }), [])
      })
      return
    }

    it('previews a new client with one token, or with nothing where a token has side effects', async () => {
      assert.deepEqual(await reasons(declared()), [])
      assert.deepEqual(stage.asked(), can.sideEffects ? [] : [token])
      assert.notDeepEqual(held(stage, psc), written)
    })

    it('creates, sees no change, updates, reads and deletes', async () => {
      const { id, outs } = await stage.door.create(declared())
      assert.deepEqual(held(stage, psc), written)
      assert.deepEqual(stage.asked(), [token, write])
      const before = { ...outs }
      assert.equal((await stage.door.diff(id, before, declared())).changes, false)
      const renamed = { ...declared(), name: 'Portal' }
      assert.equal((await stage.door.diff(id, before, renamed)).changes, true)
      const after = (await stage.door.update(id, before, renamed)).outs ?? {}
      assert.deepEqual(held(stage, psc), { ...written, name: 'Portal' })
      assert.equal((await stage.door.diff(id, after, renamed)).changes, false)
      assert.equal((await stage.door.read(id, after)).id, id)
      await stage.door.delete(id, after)
      assert.ok(stage.emulator.registered(psc, portal.clientId))
      assert.deepEqual(stage.asked(), [token, write, write])
    })

    it('shows a wrong secret at preview, where it may ask', async () => {
      const wrong = { ...declared(), clientSecret: 'not-the-secret', preflight: 'required' }
      const [reason] = await reasons(wrong)
      assert.match(String(reason), /: 401 (AUTENTICACAO_INVALIDA_CLIENT_OAUTH|invalid_client)/)
      assert.doesNotMatch(String(reason), /not-the-secret/)
    })

    it('takes one new token when the old one is refused', async () => {
      await stage.door.create(declared())
      const code = can.echoes ? 'TOKEN_DE_ACESSO_INVALIDO' : 'invalid_token'
      stage.emulator.faults.add({ kind: 'error', operation: 'clientMaintenance', code })
      await stage.door.update('portal', {}, declared())
      assert.deepEqual(stage.asked(), [token, write, write, token, write])
    })

    it('never sends a secret in maintenance', async () => {
      await stage.door.create(declared())
      await stage.door.update('portal', {}, { ...declared(), name: 'Portal' })
      for (const { body } of stage.emulator.requests.list({ operation: 'clientMaintenance' })) {
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
        await stage.door.create({
          ...declared(),
          clientSecret: secrets.next,
          previousClientSecret: secrets.portal,
        })
        assert.deepEqual(stage.asked(), [token, token, write, token])
        const bodies = stage.emulator.requests.list({ operation: 'clientMaintenance' })
        assert.ok('client_secret' in (bodies[0]?.body as object))
        stage.door = await openDoor(stage.config)
        assert.deepEqual(
          await reasons({ ...declared(), clientSecret: secrets.next, preflight: 'required' }),
          [],
        )
      })
    } else {
      it('refuses a rotation at preview, with the code and what to do instead', async () => {
        const [reason, ...others] = await reasons({
          ...declared(),
          clientSecret: secrets.next,
          previousClientSecret: secrets.portal,
        })
        assert.match(
          String(reason),
          /^previousClientSecret: MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL: .*support/,
        )
        assert.deepEqual(others, [])
        assert.deepEqual(stage.asked(), [])
      })
    }
  })
}
