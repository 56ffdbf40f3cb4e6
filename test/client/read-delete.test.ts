import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openDoor, portal, useStage } from '../support/door.ts'

describe('read', () => {
  const stage = useStage()

  it('proves the client by one token and changes no property', async () => {
    const props = { ...portal, registered: null }
    assert.deepEqual(await stage.door.read(portal.clientId, props), { id: portal.clientId, props })
    assert.deepEqual(stage.asked(), ['POST /psc/v0/oauth/client_token'])
  })

  it('reports a client that the PSC does not know any more as gone', async () => {
    stage.emulator.forget('neoid', portal.clientId)
    assert.equal((await stage.door.read(portal.clientId, portal)).id, '')
    assert.match(stage.said().join('\n'), /neoid does not know "Nome da Aplicação"/)
  })

  it('fails for a wrong secret, which is no reason to forget a client', async () => {
    const wrong = { ...portal, clientSecret: 'not-the-secret' }
    await assert.rejects(stage.door.read(portal.clientId, wrong), {
      message: /AUTENTICACAO_INVALIDA_CLIENT_OAUTH/,
    })
  })

  it('asks nothing where the preflight is off or a token has side effects', async () => {
    const psc = { extends: 'neoid', tokenHasSideEffects: true }
    for (const props of [
      { ...portal, preflight: 'off' },
      { ...portal, psc },
    ]) {
      assert.equal((await stage.door.read(portal.clientId, props)).id, portal.clientId)
    }
    assert.deepEqual(stage.asked(), [])
  })

  it('keeps a client whose secret is not available here', async () => {
    const props = { ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' } }
    assert.equal((await stage.door.read(portal.clientId, props)).id, portal.clientId)
    assert.match(stage.said().join('\n'), /PSC_TEST_ABSENT is not set here/)
  })
})

describe('delete', () => {
  const stage = useStage()

  it('asks nothing and says by name that the client stays registered', async () => {
    await stage.door.delete(portal.clientId, {
      ...portal,
      clientSecret: { env: 'PSC_TEST_ABSENT' },
    })
    assert.deepEqual(stage.asked(), [])
    assert.match(
      stage.said().join('\n'),
      /"Nome da Aplicação" \(64e587fa-4f30-487d-96f0-44e6b14ff620\).*stays registered at neoid/,
    )
  })

  it('succeeds whatever the configuration of the stack is', async () => {
    const door = await openDoor({ 'psc:baseUrls': 'no JSON', 'psc:timeoutSeconds': 'soon' })
    await door.delete(portal.clientId, portal)
  })
})

describe('an error that the host prints', () => {
  const stage = useStage()

  it('has no stack trace, because it explains itself', async () => {
    const wrong = { ...portal, clientSecret: 'not-the-secret' }
    const error: unknown = await stage.door.read(portal.clientId, wrong).catch((e: unknown) => e)
    assert.ok(error instanceof Error)
    // The host prints exactly this.
    assert.doesNotMatch(`${String(error)}: ${String(error.stack)}`, /\bat .*:\d+:\d+|node_modules/)
  })
})
