import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openProvider, portal as documented, refusals, useProvider } from '../support/fixture.ts'

const [first, next] = ['not-a-secret-first', 'not-a-secret-next']
const client = { clientId: 'portal', certificate: documented.certificate }
const portal = { ...documented, ...client, psc: 'birdid', clientSecret: first }
const rotating = { ...portal, clientSecret: next, previousClientSecret: first }

const clients = [{ ...client, clientSecret: first }]
const fixture = useProvider('PscClient', {
  pscs: { birdid: { clients }, vidaas: { clients }, neoid: { clients } },
})

/** Every maintenance request, by whether it held a secret. */
function writes(): boolean[] {
  return fixture.emulator.requests
    .list({ operation: 'clientMaintenance' })
    .map(({ body }) => JSON.stringify(body).includes('client_secret'))
}

/** Whether the PSC lets a secret in, asked by itself. */
async function lets(clientSecret: string, psc: 'birdid' | 'vidaas'): Promise<boolean> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: 'portal',
    client_secret: clientSecret,
  }
  const isJson = psc === 'birdid'
  const answer = await fetch(`${fixture.emulator.baseUrls[psc]}/client_token`, {
    method: 'POST',
    body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields),
    ...(isJson && { headers: { 'content-type': 'application/json' } }),
  })
  return answer.ok
}

function reasonsOf(news: Record<string, unknown>): Promise<string[]> {
  return refusals(fixture.provider, news)
}

describe('a rotation', () => {
  it('A rotation sets the new secret in one request and verifies it', async () => {
    await fixture.provider.create(rotating)
    assert.deepEqual(writes(), [true])
    assert.deepEqual([await lets(first, 'birdid'), await lets(next, 'birdid')], [false, true])
  })

  it('The up after a rotation sends no secret', async () => {
    await fixture.provider.create(rotating)
    fixture.emulator.requests.clear()
    fixture.provider = await openProvider('PscClient', fixture.config)
    await fixture.provider.update('portal', {}, { ...rotating, name: 'Portal' })
    assert.deepEqual(writes(), [false])
  })

  it('A rotation recovers from a lost response in the same up', async () => {
    fixture.emulator.faults.add({ kind: 'drop', operation: 'clientMaintenance', when: 'after' })
    await fixture.provider.create(rotating)
    assert.equal(await lets(next, 'birdid'), true)
    assert.equal(fixture.emulator.registered('birdid', 'portal')?.name, portal.name)
  })

  it('A rotation that the PSC ignores is reported, and the old secret stays valid', async () => {
    fixture.emulator.faults.add({
      kind: 'answer',
      operation: 'clientMaintenance',
      status: 200,
      body: {},
    })
    await assert.rejects(fixture.provider.create(rotating), {
      message: /accepted a new secret and then refused it: .*apply again/,
    })
    assert.equal(await lets(first, 'birdid'), true)
  })

  it('A rotation reports that the PSC refuses both secrets and shows neither', async () => {
    const wrong = { ...rotating, previousClientSecret: 'not-a-secret-wrong' }
    await assert.rejects(fixture.provider.create(wrong), (error: Error) => {
      assert.match(error.message, /401 invalid_client.*refuses previousClientSecret as well/)
      assert.doesNotMatch(error.message, /not-a-secret/)
      return true
    })
    assert.deepEqual(writes(), [])
  })

  it('A client that the PSC does not know is not rotated', async () => {
    fixture.emulator.faults.add({ kind: 'answer', operation: 'clientToken', status: 404 })
    await assert.rejects(fixture.provider.create(rotating), { message: /404/ })
    assert.deepEqual(writes(), [])
  })

  it('A rotation does not begin when both references resolve to the same secret', async (t) => {
    t.after(() => delete process.env.PSC_TEST_NEXT)
    process.env.PSC_TEST_NEXT = 'not-a-secret-wrong'
    const same = {
      clientSecret: { env: 'PSC_TEST_NEXT' },
      previousClientSecret: 'not-a-secret-wrong',
    }
    await assert.rejects(fixture.provider.create({ ...rotating, ...same }), {
      message: /same secret as previousClientSecret.*\[ERR_PSC_SECRET_TEXT\]$/,
    })
    assert.equal(fixture.emulator.requests.list().length, 0)
  })

  it('A rotation hides the secret in the words of the PSC', async () => {
    const body = {
      error: 'invalid_request',
      error_description: `client_secret ${next} is too short`,
    }
    fixture.emulator.faults.add({
      kind: 'answer',
      operation: 'clientMaintenance',
      status: 400,
      body,
    })
    await assert.rejects(fixture.provider.create(rotating), {
      message: /\(\[hidden: repeats a secret\]\)/,
    })
  })
})

describe('the preview of a rotation', () => {
  const pending = /the secret of "Nome da Aplicação" \(portal\) at birdid will be rotated/

  it('A preview announces the rotation and changes nothing', async () => {
    assert.deepEqual(await reasonsOf(rotating), [])
    assert.match(fixture.warnings.join('\n'), pending)
    assert.deepEqual(writes(), [])
  })

  it('A preview announces the rotation of a client in the state', async () => {
    const { outs } = await fixture.provider.create(portal)
    assert.deepEqual(await fixture.provider.diff('portal', outs ?? {}, rotating), {
      changes: true,
      replaces: [],
    })
    assert.match(fixture.warnings.join('\n'), pending)
  })

  it('A preview does not mention a rotation that has taken place', async () => {
    const { outs } = await fixture.provider.create(rotating)
    assert.equal((await fixture.provider.diff('portal', outs ?? {}, rotating)).changes, false)
    assert.equal(
      (await fixture.provider.diff('portal', outs ?? {}, { ...rotating, name: 'Outro' })).changes,
      true,
    )
    assert.doesNotMatch(fixture.warnings.join('\n'), /rotated/)
  })

  it('A preview finds a change behind a reference without storing the secret', async (t) => {
    t.after(() => {
      delete process.env.PSC_TEST_NEXT
      delete process.env.PSC_TEST_PREVIOUS
    })
    const clientSecret = { env: 'PSC_TEST_NEXT' }
    const declared = { ...portal, clientSecret, previousClientSecret: { env: 'PSC_TEST_PREVIOUS' } }
    Object.assign(process.env, { PSC_TEST_NEXT: first, PSC_TEST_PREVIOUS: 'not-a-secret-older' })
    const outs = (await fixture.provider.create(declared)).outs ?? {}
    assert.equal((await fixture.provider.diff('portal', outs, declared)).changes, false)
    Object.assign(process.env, { PSC_TEST_NEXT: next, PSC_TEST_PREVIOUS: first })
    assert.equal((await fixture.provider.diff('portal', outs, declared)).changes, true)
    assert.match(fixture.warnings.join('\n'), pending)
    assert.doesNotMatch(JSON.stringify(outs), /not-a-secret/)
  })

  it('A refresh announces the rotation and keeps the client', async () => {
    assert.equal((await fixture.provider.read('portal', rotating)).id, 'portal')
    assert.match(fixture.warnings.join('\n'), pending)
  })

  it('A preview fails when the PSC refuses both secrets', async () => {
    const wrong = { ...rotating, previousClientSecret: 'not-a-secret-wrong' }
    assert.match(String((await reasonsOf(wrong))[0]), /refuses previousClientSecret as well/)
  })

  it('A preview does not try the previous secret after another kind of refusal', async () => {
    fixture.emulator.faults.add({
      kind: 'answer',
      operation: 'clientToken',
      status: 403,
      body: { error: 'no' },
    })
    assert.match(String((await reasonsOf(rotating))[0]), /403 no/)
    assert.equal(fixture.emulator.requests.list().length, 1)
  })

  it('A preview says that it cannot know when the previous secret is not available', async () => {
    const previousClientSecret = { env: 'PSC_TEST_ABSENT' }
    assert.deepEqual(await reasonsOf({ ...rotating, previousClientSecret }), [])
    assert.match(fixture.warnings.join('\n'), /may be rotated: .*PSC_TEST_ABSENT is not set here/)
  })

  it('A preview fails when preflight is required and the previous secret is not available', async () => {
    fixture.provider = await openProvider('PscClient', {
      ...fixture.config,
      'psc:preflight': 'required',
    })
    const absent = { ...rotating, previousClientSecret: { env: 'PSC_TEST_ABSENT' } }
    assert.match(String((await reasonsOf(absent))[0]), /PSC_TEST_ABSENT is not set here/)
  })

  it('A preview sends no request where a token has side effects and says when it will be known', async () => {
    assert.deepEqual(await reasonsOf({ ...rotating, psc: 'vidaas' }), [])
    assert.match(
      fixture.warnings.join('\n'),
      /cannot tell whether .* will be rotated: obtaining a token has a side effect at vidaas/,
    )
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  for (const [why, changes] of [
    ['a token has side effects', { psc: 'vidaas' }],
    ['nothing is to be proven', { preflight: 'off' }],
  ] as const) {
    it(`The up finds out whether a reference has a new secret where ${why}`, async (t) => {
      t.after(() => {
        delete process.env.PSC_TEST_NEXT
        delete process.env.PSC_TEST_BEFORE
      })
      const references = {
        clientSecret: { env: 'PSC_TEST_NEXT' },
        previousClientSecret: { env: 'PSC_TEST_BEFORE' },
      }
      const declared = { ...rotating, ...references, ...changes }
      const psc = declared.psc as 'birdid' | 'vidaas'
      const set = (before: string, now: string) => {
        Object.assign(process.env, { PSC_TEST_BEFORE: before, PSC_TEST_NEXT: now })
      }
      set(first, next)
      const { outs = {} } = await fixture.provider.create(declared)
      set(next, 'not-a-secret-third')
      fixture.emulator.requests.clear()
      assert.deepEqual(await fixture.provider.diff('portal', outs, declared), { changes: true })
      assert.deepEqual(fixture.emulator.requests.list(), [])
      assert.match(fixture.warnings.join('\n'), /cannot tell whether .* will be rotated/)
      await fixture.provider.update('portal', outs, declared)
      assert.ok(await lets('not-a-secret-third', psc))
    })
  }

  it('A rotation at SERPRO is refused with the code and a remedy', async () => {
    const [reason] = await reasonsOf({ ...rotating, psc: 'neoid' })
    assert.equal(
      reason,
      'previousClientSecret: neoid does not let a client change its secret. Ask its support for a new one, store it where clientSecret refers to, and remove previousClientSecret. [MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL]',
    )
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  it('A rotation to the same secret is refused', async () => {
    const [reason] = await reasonsOf({ ...rotating, previousClientSecret: next })
    assert.match(String(reason), /^previousClientSecret: .*\[ERR_PSC_SECRET_UNCHANGED\]$/)
  })
})
