import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { engineUnknown, openProvider, portal, useProvider } from '../support/fixture.ts'

describe('diff', () => {
  const fixture = useProvider('PscClient')
  let applied: typeof portal
  const [first, second] = portal.redirectUris
  const third = 'https://www.aplicacao-exemplo.com/terceiro'
  const diff = (news: Record<string, unknown>) =>
    fixture.provider.diff(portal.clientId, applied, news)

  beforeEach(async () => {
    const declared = { ...portal, redirectUris: [first, second, third] }
    applied = (await fixture.provider.create(declared)).outs as unknown as typeof portal
    fixture.emulator.requests.clear()
    // Another process, so that no token is left over from the apply.
    fixture.provider = await openProvider('PscClient', fixture.config)
  })

  it('sees no change and asks nothing when nothing was declared anew', async () => {
    const { changes } = await diff({ ...portal, redirectUris: [first, second, third] })
    assert.equal(changes, false)
    assert.deepEqual(fixture.requests(), [])
  })

  it('sees no change in another order behind the first redirect URI', async () => {
    assert.equal((await diff({ ...portal, redirectUris: [first, third, second] })).changes, false)
  })

  it('sees a change in another first redirect URI, which is the default', async () => {
    assert.equal((await diff({ ...portal, redirectUris: [second, first, third] })).changes, true)
  })

  for (const [key, value] of Object.entries({
    name: 'Outro Nome',
    comments: 'Outra descrição',
    email: 'outro@aplicacao-exemplo.com',
    redirectUris: [first],
    certificate: { hosts: ['*.aplicacao-exemplo.com'] },
    preflight: 'required',
  })) {
    it(`proves the client once when ${key} changes, and does not replace it`, async () => {
      const declared = { ...portal, redirectUris: [first, second, third] }
      const result = await diff({ ...declared, [key]: value })
      assert.deepEqual(result, { changes: true, replaces: [] })
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })
  }

  it('replaces for another PSC or another client', async () => {
    assert.deepEqual((await diff({ ...applied, psc: 'serproid' })).replaces, ['psc'])
    assert.deepEqual((await diff({ ...applied, clientId: 'vizinho' })).replaces, ['clientId'])
  })

  it('sees a change when the PSC moved to another address', async () => {
    const baseUrls = { neoid: `${fixture.emulator.url}/oauth/v0/oauth` }
    fixture.provider = await openProvider('PscClient', {
      ...fixture.config,
      'psc:baseUrls': JSON.stringify(baseUrls),
    })
    assert.equal((await diff(applied)).changes, true)
    assert.match(
      fixture.warnings.join('\n'),
      /neoid has moved from .*\/psc\/v0\/.* to .*\/oauth\/v0\//,
    )
  })

  it('fails for a secret that the PSC refuses', async () => {
    await assert.rejects(diff({ ...applied, clientSecret: 'not-the-secret' }), {
      message: /AUTENTICACAO_INVALIDA_CLIENT_OAUTH/,
    })
  })

  it('names the redirect URIs that disappear', async () => {
    await diff({ ...portal, redirectUris: [first] })
    const said = fixture.warnings.join('\n')
    assert.match(said, /loses .*outro-callback, .*terceiro: sign-ins that return there will fail/)
  })

  it('says that the PSC does not know a new host of a renewed certificate', async () => {
    await diff({
      ...applied,
      certificate: { hosts: ['www.aplicacao-exemplo.com', 'nova.exemplo.com'] },
    })
    assert.match(
      fixture.warnings.join('\n'),
      /nova\.exemplo\.com.*\[WARN_PSC_CERTIFICATE_NEW_HOSTS\]/,
    )
  })

  it('takes a value that is not known yet for a change', async () => {
    assert.equal((await diff({ ...applied, redirectUris: [first, engineUnknown] })).changes, true)
    assert.equal((await diff({ ...applied, certificate: engineUnknown })).changes, true)
    assert.equal((await diff({ ...applied, clientSecret: engineUnknown })).changes, true)
  })

  it('does not assume a direction: a refresh swaps the roles', async () => {
    const { redirectUris, ...rest } = applied
    const swapped = await fixture.provider.diff(portal.clientId, { ...rest, redirectUris }, portal)
    assert.equal(swapped.changes, true)
    assert.equal((await fixture.provider.diff(portal.clientId, applied, applied)).changes, false)
  })
})
