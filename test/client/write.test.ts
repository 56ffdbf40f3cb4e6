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

  it('obtain a token and put exactly the five documented fields', async () => {
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

  it('use SerproID by the same words at its own address', async () => {
    await fixture.provider.create({ ...portal, psc: 'serproid' })
    assert.deepEqual(
      fixture.emulator.requests.list().map(({ method, path }) => `${method} ${path}`),
      ['POST /oauth/v0/oauth/client_token', 'PUT /oauth/v0/oauth/client_maintenance'],
    )
  })

  it('return the arguments, the endpoints and what the PSC echoed', async () => {
    const { id, outs } = await fixture.provider.create(portal)
    assert.equal(id, portal.clientId)
    assert.deepEqual(outs, {
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

  it('write the whole document whatever the old one was', async () => {
    const { outs } = await fixture.provider.create(portal)
    const renamed = { ...portal, name: 'Outro Nome' }
    const updated = await fixture.provider.update(portal.clientId, outs ?? {}, renamed)
    assert.equal(updated.outs?.name, 'Outro Nome')
    assert.equal(fixture.emulator.registered('neoid', portal.clientId)?.name, 'Outro Nome')
  })

  it('use one token for check, diff and update of the same process', async () => {
    const { outs = {} } = await fixture.provider.create(portal)
    fixture.emulator.requests.clear()
    const renamed = { ...portal, name: 'Outro Nome' }
    await fixture.provider.check(portal, renamed)
    await fixture.provider.diff(portal.clientId, outs, renamed)
    await fixture.provider.update(portal.clientId, outs, renamed)
    // The token of create still lives.
    assert.deepEqual(fixture.requests(), ['clientMaintenance 200'])
  })

  it('send redirect URIs exactly as they are declared', async () => {
    const redirectUris = ['HTTPS://WWW.aplicacao-exemplo.com:443/a/../b?x=á']
    await fixture.provider.create({ ...portal, redirectUris })
    const [put] = fixture.emulator.requests.list({ operation: 'clientMaintenance' })
    assert.deepEqual((put?.body as typeof documented).redirect_uris, redirectUris)
  })

  it('pass on the refusal of a name that is taken', async () => {
    await assert.rejects(fixture.provider.create({ ...portal, name: 'Nome do Vizinho' }), {
      message:
        /^\[PUT\] "http.*\/client_maintenance": 412 .*\(Já existe uma aplicação cadastrada com o nome informado\).* \[APLICACAO_OAUTH_NOME_JA_CADASTRADO\]$/,
    })
  })

  it('take one new token when the PSC no longer accepts the old one', async () => {
    fixture.emulator.faults.add({
      kind: 'error',
      operation: 'clientMaintenance',
      code: 'TOKEN_DE_ACESSO_INVALIDO',
    })
    await fixture.provider.create(portal)
    assert.deepEqual(fixture.requests(), [
      'clientToken 200',
      'clientMaintenance 401',
      'clientToken 200',
      'clientMaintenance 200',
    ])
  })

  it('take no second new token', async () => {
    const code = 'TOKEN_DE_ACESSO_INVALIDO'
    fixture.emulator.faults.add({
      kind: 'error',
      operation: 'clientMaintenance',
      code,
      times: 'always',
    })
    await assert.rejects(fixture.provider.create(portal), { message: /TOKEN_DE_ACESSO_INVALIDO/ })
    assert.equal(fixture.requests().length, 4)
  })

  it('keep a client whose echo differs, and say where it differs', async () => {
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

  it('accept an echo in another order behind the first redirect URI', async () => {
    const third = 'https://www.aplicacao-exemplo.com/terceiro'
    const [a = '', b = ''] = portal.redirectUris
    fixture.emulator.faults.add({
      kind: 'rewrite',
      operation: 'clientMaintenance',
      set: { redirect_uris: [a, third, b] },
    })
    await fixture.provider.create({ ...portal, redirectUris: [a, b, third] })
  })

  it('report an echo whose default redirect URI is another one', async () => {
    const redirect_uris = portal.redirectUris.toReversed()
    fixture.emulator.faults.add({
      kind: 'rewrite',
      operation: 'clientMaintenance',
      set: { redirect_uris },
    })
    await assert.rejects(fixture.provider.create(portal), {
      message: /redirectUris\[0\], the default/,
    })
  })

  it('accept any answer of a PSC that echoes nothing', async () => {
    const set = { client_id: portal.clientId }
    const remove = ['name', 'comments', 'email', 'redirect_uris']
    fixture.emulator.faults.add({ kind: 'rewrite', operation: 'clientMaintenance', set, remove })
    const psc = { extends: 'neoid', echoes: false }
    const { outs } = await fixture.provider.create({ ...portal, psc })
    assert.equal(outs?.registered, null)
  })

  it('name a secret that is not available here', async () => {
    await assert.rejects(
      fixture.provider.create({ ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' } }),
      {
        message: /PSC_TEST_ABSENT .*\[ERR_PSC_SECRET_UNAVAILABLE\]$/,
      },
    )
    assert.deepEqual(fixture.requests(), [])
  })

  it('resolve a secret from the environment, a file or the stack, and keep the reference alone', async (t) => {
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
