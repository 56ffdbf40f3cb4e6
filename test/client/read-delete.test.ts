import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProvider, portal, refusals, useProvider } from '../support/fixture.ts'

describe('read', () => {
  const fixture = useProvider('PscClient')

  it('Read verifies the client with one token and changes no property', async () => {
    const props = { ...portal, registered: null }
    assert.deepEqual(await fixture.provider.read(portal.clientId, props), {
      id: portal.clientId,
      props,
    })
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('Read reports a client as gone that the PSC no longer knows', async () => {
    fixture.emulator.forget('neoid', portal.clientId)
    assert.equal((await fixture.provider.read(portal.clientId, portal)).id, '')
    assert.match(fixture.warnings.join('\n'), /neoid does not know "Nome da Aplicação"/)
  })

  it('Read fails for a wrong secret and does not forget the client', async () => {
    const wrong = { ...portal, clientSecret: 'not-the-secret' }
    await assert.rejects(fixture.provider.read(portal.clientId, wrong), {
      message: /AUTENTICACAO_INVALIDA_CLIENT_OAUTH/,
    })
  })

  it('Read sends no request where preflight is off or a token has side effects', async () => {
    const psc = { extends: 'neoid', tokenHasSideEffects: true }
    for (const props of [
      { ...portal, preflight: 'off' },
      { ...portal, psc },
    ]) {
      assert.equal((await fixture.provider.read(portal.clientId, props)).id, portal.clientId)
    }
    assert.deepEqual(fixture.requests(), [])
  })

  it('Read keeps a client whose secret is not available here', async () => {
    const props = { ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' } }
    assert.equal((await fixture.provider.read(portal.clientId, props)).id, portal.clientId)
    assert.match(fixture.warnings.join('\n'), /PSC_TEST_ABSENT is not set here/)
  })
})

describe('delete', () => {
  const fixture = useProvider('PscClient')

  it('Delete sends no request and says that the client stays registered', async () => {
    await fixture.provider.delete(portal.clientId, {
      ...portal,
      clientSecret: { env: 'PSC_TEST_ABSENT' },
    })
    assert.deepEqual(fixture.requests(), [])
    assert.match(
      fixture.warnings.join('\n'),
      /"Nome da Aplicação" \(64e587fa-4f30-487d-96f0-44e6b14ff620\).*stays registered at neoid/,
    )
  })

  for (const [psc, says] of [
    ['vidaas', /documents describe how to delete it, if no application uses it\./],
    ['neoid', /describes a deletion\. Ask its support, if no application uses it\./],
    ['safeid', /not known how this PSC deletes it\./],
    [{ extends: 'vidaas', name: 'outro', deletion: 'unknown' }, /not known how this PSC deletes/],
  ] as const) {
    it(`Delete says of ${JSON.stringify(psc)} what is known of the deletion of a client`, async () => {
      await fixture.provider.delete(portal.clientId, { ...portal, psc })
      assert.match(fixture.warnings.join('\n'), says)
    })
  }

  it('Delete says nothing of a client that the run declares under another name', async () => {
    const { outs = {} } = await fixture.provider.create(portal)
    assert.deepEqual(await refusals(fixture.provider, portal), [])
    await fixture.provider.delete(portal.clientId, outs)
    assert.deepEqual(fixture.warnings, [])
  })

  it('Delete succeeds with an invalid configuration', async () => {
    const provider = await openProvider('PscClient', {
      'psc:baseUrls': 'no JSON',
      'psc:timeoutSeconds': 'soon',
    })
    await provider.delete(portal.clientId, portal)
  })
})

describe('an error that the host prints', () => {
  const fixture = useProvider('PscClient')

  it('An error that explains itself has no stack trace', async () => {
    const wrong = { ...portal, clientSecret: 'not-the-secret' }
    const error: unknown = await fixture.provider
      .read(portal.clientId, wrong)
      .catch((e: unknown) => e)
    assert.ok(error instanceof Error)
    // The host prints exactly this.
    assert.doesNotMatch(`${String(error)}: ${String(error.stack)}`, /\bat .*:\d+:\d+|node_modules/)
  })
})
