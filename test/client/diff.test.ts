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

  it('Diff finds no change and sends no request for an unchanged declaration', async () => {
    const { changes } = await diff({ ...portal, redirectUris: [first, second, third] })
    assert.equal(changes, false)
    assert.deepEqual(fixture.requests(), [])
  })

  it('Diff finds no change in another order after the first redirect URI', async () => {
    assert.equal((await diff({ ...portal, redirectUris: [first, third, second] })).changes, false)
  })

  it('Diff finds a change in another first redirect URI, which is the default', async () => {
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
    it(`Diff verifies the client once and does not replace it when ${key} changes`, async () => {
      const declared = { ...portal, redirectUris: [first, second, third] }
      const result = await diff({ ...declared, [key]: value })
      assert.deepEqual(result, { changes: true, replaces: [] })
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })
  }

  it('Diff replaces a client that moves to another PSC or client id', async () => {
    assert.deepEqual((await diff({ ...applied, psc: 'serproid' })).replaces, ['psc'])
    assert.deepEqual((await diff({ ...applied, clientId: 'vizinho' })).replaces, ['clientId'])
  })

  it('Diff finds a change when the PSC has moved to another address', async () => {
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

  it('Diff fails for a secret that the PSC refuses', async () => {
    await assert.rejects(diff({ ...applied, clientSecret: 'not-the-secret' }), {
      message: /AUTENTICACAO_INVALIDA_CLIENT_OAUTH/,
    })
  })

  it('Diff names the redirect URIs that disappear', async () => {
    await diff({ ...portal, redirectUris: [first] })
    const said = fixture.warnings.join('\n')
    assert.match(said, /loses .*outro-callback, .*terceiro\. Sign-ins that return there will fail/)
  })

  it('Diff warns that the PSC does not know a new host of a renewed certificate', async () => {
    await diff({
      ...applied,
      certificate: { hosts: ['www.aplicacao-exemplo.com', 'nova.exemplo.com'] },
    })
    assert.match(
      fixture.warnings.join('\n'),
      /nova\.exemplo\.com.*\[WARN_PSC_CERTIFICATE_NEW_HOSTS\]/,
    )
  })

  it('Diff counts an unknown value as a change', async () => {
    assert.equal((await diff({ ...applied, redirectUris: [first, engineUnknown] })).changes, true)
    assert.equal((await diff({ ...applied, certificate: engineUnknown })).changes, true)
    assert.equal((await diff({ ...applied, clientSecret: engineUnknown })).changes, true)
  })

  it('Diff compares in both directions, because a refresh swaps them', async () => {
    const { redirectUris, ...rest } = applied
    const swapped = await fixture.provider.diff(portal.clientId, { ...rest, redirectUris }, portal)
    assert.equal(swapped.changes, true)
    assert.equal((await fixture.provider.diff(portal.clientId, applied, applied)).changes, false)
  })
})
