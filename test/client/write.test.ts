import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProvider, portal, useProvider } from '../support/fixture.ts'

/** The document of the NeoID maintenance service, field by field. */
const documented = {
  client_id: portal.clientId,
  name: portal.name,
  comments: portal.comments,
  redirect_uris: portal.redirectUris,
  email: portal.email,
}

describe('create and update', () => {
  const fixture = useProvider('PscClient')
  const base = () => fixture.emulator.baseUrls.neoid

  it('A write is one token and one PUT of exactly the five documented fields', async () => {
    await fixture.provider.create(portal)
    const [token, put, ...others] = fixture.emulator.requests.list()
    assert.deepEqual(others, [])
    assert.equal(token?.path, '/psc/v0/oauth/client_token')
    assert.equal(token.headers['content-type'], 'application/x-www-form-urlencoded')
    assert.deepEqual(Object.keys(token.body as object), [
      'grant_type',
      'client_id',
      'client_secret',
    ])
    assert.equal(put?.method, 'PUT')
    assert.equal(put.path, '/psc/v0/oauth/client_maintenance')
    assert.equal(put.headers['content-type'], 'application/json')
    assert.deepEqual(put.body, documented)
  })

  it('A write returns the arguments, the endpoints and the echo of the PSC', async () => {
    const { id, outs } = await fixture.provider.create(portal)
    assert.equal(id, portal.clientId)
    const { writtenAt, ...written } = outs ?? {}
    assert.equal(typeof writtenAt, 'number')
    assert.deepEqual(written, {
      ...portal,
      endpoints: {
        authorize: `${base()}/authorize`,
        token: `${base()}/token`,
        clientToken: `${base()}/client_token`,
        clientMaintenance: `${base()}/client_maintenance`,
      },
      registered: {
        clientId: portal.clientId,
        name: portal.name,
        comments: portal.comments,
        email: portal.email,
        redirectUris: portal.redirectUris,
      },
    })
  })

  it('An update writes the whole document', async () => {
    const { outs } = await fixture.provider.create(portal)
    const renamed = { ...portal, name: 'Outro Nome' }
    const updated = await fixture.provider.update(portal.clientId, outs ?? {}, renamed)
    assert.equal(updated.outs?.name, 'Outro Nome')
    assert.equal(fixture.emulator.registered('neoid', portal.clientId)?.name, 'Outro Nome')
  })

  it('Check, diff and update of one process share a token', async () => {
    const { outs = {} } = await fixture.provider.create(portal)
    fixture.emulator.requests.clear()
    const renamed = { ...portal, name: 'Outro Nome' }
    await fixture.provider.check(portal, renamed)
    await fixture.provider.diff(portal.clientId, outs, renamed)
    await fixture.provider.update(portal.clientId, outs, renamed)
    // The token of create still lives.
    assert.deepEqual(fixture.requests(), ['clientMaintenance 200'])
  })

  it('A write sends the redirect URIs exactly as declared', async () => {
    const redirectUris = ['HTTPS://WWW.aplicacao-exemplo.com:443/a/../b?x=á']
    await fixture.provider.create({ ...portal, redirectUris })
    const [put] = fixture.emulator.requests.list({ operation: 'clientMaintenance' })
    assert.deepEqual((put?.body as typeof documented).redirect_uris, redirectUris)
  })

  it('A write reports that a name is taken in the words of the PSC', async () => {
    await assert.rejects(fixture.provider.create({ ...portal, name: 'Nome do Vizinho' }), {
      message:
        /^\[PUT\] "http.*\/client_maintenance": 412 .*\(Já existe uma aplicação cadastrada com o nome informado\).* \[APLICACAO_OAUTH_NOME_JA_CADASTRADO\]$/,
    })
  })

  it('A write keeps a client whose echo differs and names the difference', async () => {
    fixture.emulator.faults.add({
      kind: 'rewrite',
      operation: 'clientMaintenance',
      set: { name: 'Outro Nome' },
    })
    const inputs = { ...portal, __provider: 'code' }
    await assert.rejects(
      fixture.provider.create(inputs),
      (error: Error & Record<string, unknown>) => {
        // What Pulumi's dynamic provider host looks for in order to keep the resource.
        assert.equal(error.id, portal.clientId)
        assert.equal((error.properties as typeof portal).name, portal.name)
        // Without it, the engine could neither refresh nor destroy what it keeps.
        assert.equal((error.properties as typeof inputs).__provider, 'code')
        assert.match(
          String(error.reasons),
          /name: sent "Nome da Aplicação", registered "Outro Nome"/,
        )
        return true
      },
    )
  })

  it('A write accepts any response of a PSC without an echo', async () => {
    const set = { client_id: portal.clientId }
    const remove = ['name', 'comments', 'email', 'redirect_uris']
    fixture.emulator.faults.add({ kind: 'rewrite', operation: 'clientMaintenance', set, remove })
    const psc = { extends: 'neoid', echoes: false }
    const { outs } = await fixture.provider.create({ ...portal, psc })
    assert.equal(outs?.registered, null)
  })

  it('A write fails for a secret that is not available here and sends nothing', async () => {
    await assert.rejects(
      fixture.provider.create({ ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' } }),
      {
        message: /PSC_TEST_ABSENT .*\[ERR_PSC_SECRET_UNAVAILABLE\]$/,
      },
    )
    assert.deepEqual(fixture.requests(), [])
  })

  it('A secret comes from the environment, a file or the stack, and the state keeps the reference', async (t) => {
    process.env.PSC_TEST_SECRET = portal.clientSecret
    t.after(() => delete process.env.PSC_TEST_SECRET)
    const provider = await openProvider('PscClient', {
      ...fixture.config,
      portalSecret: portal.clientSecret,
    })
    const file = new URL('secret.txt', import.meta.url).pathname
    for (const clientSecret of [{ env: 'PSC_TEST_SECRET' }, { file }, { config: 'portalSecret' }]) {
      const { outs } = await provider.create({ ...portal, clientSecret })
      assert.deepEqual(outs?.clientSecret, clientSecret)
      assert.doesNotMatch(JSON.stringify(outs), /not-a-secret-portal/)
    }
  })
})
