import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import { credentialProviderCode } from '../../provider/engine/dynamic-resource.ts'
import { clientSecret, engineUnknown, openDoor, tokenPath, useStage } from './stage.ts'

test('the line that the engine keeps never changes', () => {
  assert.equal(
    credentialProviderCode,
    "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-psc/handler').TokenCredential()",
  )
})

describe('applying a credential', () => {
  const stage = useStage()

  it('obtains a token and keeps what came with it, never the token', async () => {
    const { id, outs } = await stage.door.create(stage.motorRce)
    assert.equal(id, 'motor-rce')
    assert.deepEqual(outs, {
      ...stage.motorRce,
      tokenUrl: stage.emulator.url + tokenPath,
      tokenType: 'Bearer',
      expiresIn: 7200,
      scope: 'profile email',
    })
  })

  it('asks with the documented fields, form-encoded, and nothing else', async () => {
    await stage.door.create(stage.motorRce)
    const [request] = stage.emulator.requests.list()
    assert.deepEqual(Object.keys(request?.body as object).toSorted(), [
      'client_id',
      'client_secret',
      'grant_type',
    ])
  })

  it('uses the token that the same process has been given to prove it', async () => {
    await stage.door.check({}, stage.motorRce)
    await stage.door.create(stage.motorRce)
    assert.deepEqual(stage.asked(), ['motorRce 200'])
  })

  it('asks again where the issuer was not available', async () => {
    stage.emulator.faults.add({
      kind: 'answer',
      operation: 'motorRce',
      status: 503,
      retryAfter: 0,
      times: 2,
    })
    await stage.door.create(stage.motorRce)
    assert.deepEqual(stage.asked(), ['motorRce 503', 'motorRce 503', 'motorRce 200'])
  })

  it('does not take a token of one issuer for a proof at another', async () => {
    await stage.door.create(stage.motorRce)
    const authBaseUrl = stage.emulator.url.replace('127.0.0.1', 'localhost')
    await stage.door.create({ ...stage.motorRce, authBaseUrl })
    assert.deepEqual(stage.asked(), ['motorRce 200', 'motorRce 200'])
  })

  it('fails with a wrong secret, whatever preflight says', async () => {
    const wrong = { ...stage.motorRce, clientSecret: 'x', preflight: 'off' }
    await assert.rejects(stage.door.create(wrong), { pscCode: 'unauthorized_client' })
    await assert.rejects(stage.door.update('motor-rce', stage.motorRce, wrong), {
      pscCode: 'unauthorized_client',
    })
  })

  it('resolves a reference and keeps the reference alone', async () => {
    process.env.PSC_TEST_MOTOR = clientSecret
    const reference = { env: 'PSC_TEST_MOTOR' }
    const { outs } = await stage.door.create({ ...stage.motorRce, clientSecret: reference })
    delete process.env.PSC_TEST_MOTOR
    assert.deepEqual(outs?.clientSecret, reference)
    assert.ok(!JSON.stringify(outs).includes(clientSecret))
  })

  for (const issuer of ['neoid', { extends: 'neoid', name: 'homologação' }] as const) {
    it(`proves an application of a PSC by its client_token: ${JSON.stringify(issuer)}`, async () => {
      const { neoid } = stage.emulator.baseUrls
      const profile = typeof issuer === 'string' ? issuer : { ...issuer, baseUrl: neoid }
      const { outs } = await stage.door.create({
        issuer: profile,
        clientId: 'portal',
        clientSecret: 'not-a-secret-portal',
      })
      assert.deepEqual(stage.asked(), ['clientToken 200'])
      // "expires_in: 3600", and no scope, in the document's example.
      const { tokenUrl, tokenType, expiresIn, scope } = outs ?? {}
      assert.deepEqual(
        { tokenUrl, tokenType, expiresIn, scope },
        { tokenUrl: `${neoid}/client_token`, tokenType: 'Bearer', expiresIn: 3600, scope: null },
      )
    })
  }

  it('proves a credential at an explicit token URL', async () => {
    const issuer = stage.emulator.url + tokenPath
    const { outs } = await stage.door.create({ issuer, clientId: 'motor-rce', clientSecret })
    assert.equal(outs?.tokenUrl, issuer)
    assert.deepEqual(stage.asked(), ['motorRce 200'])
  })
})

describe('the diff of a credential', () => {
  const stage = useStage()
  const diff = async (change: Record<string, unknown>, olds: Record<string, unknown> = {}) => {
    const { outs } = await stage.door.create(stage.motorRce)
    stage.emulator.requests.clear()
    const { changes, replaces = [] } = await stage.door.diff(
      'motor-rce',
      { ...outs, ...olds },
      { ...stage.motorRce, ...change },
    )
    return { changes, replaces }
  }

  it('is none where nothing was declared anew, and asks nobody', async () => {
    assert.deepEqual(await diff({}), { changes: false, replaces: [] })
    assert.deepEqual(stage.asked(), [])
  })

  it('is none where the last token lived for another time or had another scope', async () => {
    assert.equal((await diff({}, { expiresIn: 7199, scope: 'email profile' })).changes, false)
    assert.equal((await diff({}, { expiresIn: null, scope: null })).changes, false)
  })

  it('proves another secret, and fails with a wrong one', async () => {
    await assert.rejects(diff({ clientSecret: 'x' }), { pscCode: 'unauthorized_client' })
    assert.deepEqual(stage.asked(), ['motorRce 401'])
  })

  it('is an update for another address of the same issuer, and for another preflight', async () => {
    const authBaseUrl = stage.emulator.url.replace('127.0.0.1', 'localhost')
    assert.deepEqual(await diff({ authBaseUrl }), { changes: true, replaces: [] })
    assert.deepEqual(await diff({ preflight: 'required' }), { changes: true, replaces: [] })
  })

  it('is an update where the configuration gives the PSC another address', async () => {
    const portal = { issuer: 'neoid', clientId: 'portal', clientSecret: 'not-a-secret-portal' }
    const { outs = {} } = await stage.door.create(portal)
    const url = new URL(stage.emulator.baseUrls.neoid)
    url.hostname = 'localhost'
    const moved = await openDoor({ 'psc:baseUrls': JSON.stringify({ neoid: url.href }) })
    assert.equal((await moved.diff('portal', outs, portal)).changes, true)
    assert.equal((await stage.door.diff('portal', outs, portal)).changes, false)
  })

  it('is a replacement for another issuer or client id', async () => {
    const off = { preflight: 'off' }
    assert.deepEqual((await diff({ ...off, clientId: 'outro' })).replaces, ['clientId'])
    const url = `${stage.emulator.url}${tokenPath}`
    assert.deepEqual((await diff({ ...off, issuer: url, authBaseUrl: undefined })).replaces, [
      'issuer',
    ])
  })

  it('is a change while something is not known, and asks nobody', async () => {
    assert.equal((await diff({ clientSecret: engineUnknown })).changes, true)
    assert.deepEqual(stage.asked(), [])
  })
})

describe('refreshing a credential', () => {
  const stage = useStage()

  it('proves it again and changes no property, whatever came with the token', async () => {
    const { id, outs } = await stage.door.create(stage.motorRce)
    const kept = { ...outs, expiresIn: 60, scope: null }
    const again = await openDoor(stage.config)
    assert.deepEqual(await again.read(id, kept), { id, props: kept })
    assert.deepEqual(stage.asked(), ['motorRce 200', 'motorRce 200'])
  })

  it('fails when the secret is no longer right', async () => {
    const { id, outs } = await stage.door.create(stage.motorRce)
    const kept = { ...outs, clientSecret: 'x' }
    await assert.rejects(stage.door.read(id, kept), { pscCode: 'unauthorized_client' })
  })

  it('tells the engine that it is gone where a PSC says so', async () => {
    const portal = { issuer: 'neoid', clientId: 'portal', clientSecret: 'not-a-secret-portal' }
    const { id, outs } = await stage.door.create(portal)
    stage.emulator.forget('neoid', 'portal')
    const again = await openDoor(stage.config)
    assert.equal((await again.read(id, outs)).id, '')
    assert.match(stage.said.join('\n'), /neoid does not know portal any more/)
  })

  it('asks nobody when the proof is switched off', async () => {
    const { id, outs } = await stage.door.create({ ...stage.motorRce, preflight: 'off' })
    stage.emulator.requests.clear()
    assert.equal((await stage.door.read(id, outs)).id, id)
    assert.deepEqual(stage.asked(), [])
  })
})
