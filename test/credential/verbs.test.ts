import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engineUnknown, motorRce, openProvider, portal, useProvider } from '../support/fixture.ts'
import { declare, tokenPath } from './support.ts'

describe('applying a credential', () => {
  const fixture = useProvider('TokenCredential')
  const declared = () => declare(fixture)

  it('Create obtains a token and keeps what came with it, without the token', async () => {
    const { id, outs } = await fixture.provider.create(declared())
    assert.equal(id, 'motor-rce')
    assert.deepEqual(outs, {
      ...declared(),
      tokenUrl: fixture.emulator.url + tokenPath,
      tokenType: 'Bearer',
      expiresIn: 7200,
      scope: 'profile email',
    })
  })

  it('Create uses the token with which the same process verified the credential', async () => {
    await fixture.provider.check({}, declared())
    await fixture.provider.create(declared())
    assert.deepEqual(fixture.requests(), ['motorRce 200'])
  })

  it('A token of one issuer does not verify a credential at another', async () => {
    await fixture.provider.create(declared())
    const authBaseUrl = fixture.emulator.url.replace('127.0.0.1', 'localhost')
    await fixture.provider.create({ ...declared(), authBaseUrl })
    assert.deepEqual(fixture.requests(), ['motorRce 200', 'motorRce 200'])
  })

  it('Create and update fail with a wrong secret, even with preflight off', async () => {
    const wrong = { ...declared(), clientSecret: 'x', preflight: 'off' }
    await assert.rejects(fixture.provider.create(wrong), { pscCode: 'unauthorized_client' })
    await assert.rejects(fixture.provider.update('motor-rce', declared(), wrong), {
      pscCode: 'unauthorized_client',
    })
  })

  it('Create resolves a reference, and the state keeps the reference', async () => {
    process.env.PSC_TEST_MOTOR = motorRce.clientSecret
    const reference = { env: 'PSC_TEST_MOTOR' }
    const { outs } = await fixture.provider.create({ ...declared(), clientSecret: reference })
    delete process.env.PSC_TEST_MOTOR
    assert.deepEqual(outs?.clientSecret, reference)
    assert.ok(!JSON.stringify(outs).includes(motorRce.clientSecret))
  })

  it('A clientAuthentication of null is that of the PSC', async () => {
    const { clientId, clientSecret } = portal
    const declaration = { issuer: 'neoid', clientId, clientSecret, clientAuthentication: null }
    await fixture.provider.create(declaration)
    const [request] = fixture.emulator.requests.list()
    assert.deepEqual(Object.keys(Object(request?.body) as object).toSorted(), [
      'client_id',
      'client_secret',
      'grant_type',
    ])
  })

  for (const issuer of ['neoid', { extends: 'neoid', name: 'homologação' }] as const) {
    it(`Create verifies an application of a PSC by its client_token: ${JSON.stringify(issuer)}`, async () => {
      const { neoid } = fixture.emulator.baseUrls
      const profile = typeof issuer === 'string' ? issuer : { ...issuer, baseUrl: neoid }
      const { outs } = await fixture.provider.create({
        issuer: profile,
        clientId: portal.clientId,
        clientSecret: portal.clientSecret,
      })
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
      // "expires_in: 3600", and no scope, in the document's example.
      const { tokenUrl, tokenType, expiresIn, scope } = outs ?? {}
      assert.deepEqual(
        { tokenUrl, tokenType, expiresIn, scope },
        { tokenUrl: `${neoid}/client_token`, tokenType: 'Bearer', expiresIn: 3600, scope: null },
      )
    })
  }

  it('Create verifies a credential at an explicit token URL', async () => {
    const issuer = fixture.emulator.url + tokenPath
    const { outs } = await fixture.provider.create({ issuer, ...motorRce })
    assert.equal(outs?.tokenUrl, issuer)
    assert.deepEqual(fixture.requests(), ['motorRce 200'])
  })
})

describe('the diff of a credential', () => {
  const fixture = useProvider('TokenCredential')
  const declared = () => declare(fixture)
  const diff = async (change: Record<string, unknown>, olds: Record<string, unknown> = {}) => {
    const { outs } = await fixture.provider.create(declared())
    fixture.emulator.requests.clear()
    const { changes, replaces = [] } = await fixture.provider.diff(
      'motor-rce',
      { ...outs, ...olds },
      { ...declared(), ...change },
    )
    return { changes, replaces }
  }

  it('Diff finds no change in an unchanged credential and sends no request', async () => {
    assert.deepEqual(await diff({}), { changes: false, replaces: [] })
    assert.deepEqual(fixture.requests(), [])
  })

  it('Diff ignores the lifetime and the scope of the last token', async () => {
    assert.equal((await diff({}, { expiresIn: 7199, scope: 'email profile' })).changes, false)
    assert.equal((await diff({}, { expiresIn: null, scope: null })).changes, false)
  })

  it('Diff verifies a changed secret and fails with a wrong one', async () => {
    await assert.rejects(diff({ clientSecret: 'x' }), { pscCode: 'unauthorized_client' })
    assert.deepEqual(fixture.requests(), ['motorRce 401'])
  })

  it('Diff updates a credential for another address of its issuer or another preflight', async () => {
    const authBaseUrl = fixture.emulator.url.replace('127.0.0.1', 'localhost')
    assert.deepEqual(await diff({ authBaseUrl }), { changes: true, replaces: [] })
    assert.deepEqual(await diff({ preflight: 'required' }), { changes: true, replaces: [] })
  })

  it('Diff updates a credential when the configuration has another address for the PSC', async () => {
    const { clientId, clientSecret } = portal
    const application = { issuer: 'neoid', clientId, clientSecret }
    const { outs = {} } = await fixture.provider.create(application)
    const url = new URL(fixture.emulator.baseUrls.neoid)
    url.hostname = 'localhost'
    const moved = await openProvider('TokenCredential', {
      'psc:baseUrls': JSON.stringify({ neoid: url.href }),
    })
    assert.equal((await moved.diff(clientId, outs, application)).changes, true)
    assert.equal((await fixture.provider.diff(clientId, outs, application)).changes, false)
  })

  it('Diff replaces a credential for another issuer or client id', async () => {
    const off = { preflight: 'off' }
    assert.deepEqual((await diff({ ...off, clientId: 'outro' })).replaces, ['clientId'])
    const url = `${fixture.emulator.url}${tokenPath}`
    assert.deepEqual((await diff({ ...off, issuer: url, authBaseUrl: undefined })).replaces, [
      'issuer',
    ])
  })

  it('Diff counts an unknown value as a change and sends no request', async () => {
    assert.equal((await diff({ clientSecret: engineUnknown })).changes, true)
    assert.deepEqual(fixture.requests(), [])
  })
})

describe('refreshing a credential', () => {
  const fixture = useProvider('TokenCredential')
  const declared = () => declare(fixture)

  it('Read verifies a credential again and changes no property', async () => {
    const { id, outs } = await fixture.provider.create(declared())
    const kept = { ...outs, expiresIn: 60, scope: null }
    const again = await openProvider('TokenCredential', fixture.config)
    assert.deepEqual(await again.read(id, kept), { id, props: kept })
    assert.deepEqual(fixture.requests(), ['motorRce 200', 'motorRce 200'])
  })

  it('Read fails when the secret is no longer valid', async () => {
    const { id, outs } = await fixture.provider.create(declared())
    const kept = { ...outs, clientSecret: 'x' }
    await assert.rejects(fixture.provider.read(id, kept), { pscCode: 'unauthorized_client' })
  })

  it('Read reports a credential as gone that the PSC no longer knows', async () => {
    const { clientId, clientSecret } = portal
    const application = { issuer: 'neoid', clientId, clientSecret }
    const { id, outs } = await fixture.provider.create(application)
    fixture.emulator.forget('neoid', clientId)
    const again = await openProvider('TokenCredential', fixture.config)
    assert.equal((await again.read(id, outs)).id, '')
    assert.match(
      fixture.warnings.join('\n'),
      /neoid does not know 64e587fa-4f30-487d-96f0-44e6b14ff620 any more/,
    )
  })

  it('Read sends no request when preflight is off', async () => {
    const { id, outs } = await fixture.provider.create({ ...declared(), preflight: 'off' })
    fixture.emulator.requests.clear()
    assert.equal((await fixture.provider.read(id, outs)).id, id)
    assert.deepEqual(fixture.requests(), [])
  })
})
