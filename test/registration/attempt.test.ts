import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FaultInput } from '../../emulator/index.ts'
import { engineUnknown } from '../support/fixture.ts'
import { byJson, keyPem, signed, useRegistrations } from './support.ts'

describe('a registration that the PSC refused', () => {
  const fixture = useRegistrations()
  const refused = { status: 'error', message: 'nome recusado' }

  /** Registers, is refused, and answers what the engine stores of the announcement and of the registration. */
  async function refuse() {
    fixture.emulator.faults.add({
      kind: 'answer',
      operation: 'application',
      status: 200,
      body: refused,
    })
    const { outs: announced = {} } = await fixture.attempts.create({ ...byJson, attempt: 1 })
    let failed: Record<string, unknown> = {}
    await assert.rejects(fixture.provider.create({ ...byJson, ...announced }), (error: unknown) => {
      failed = (error as { properties: Record<string, unknown> }).properties
      return true
    })
    fixture.emulator.requests.clear()
    // The tests share a process, which counts as one run.
    const run = 'first'
    return { announced: { ...announced, run }, failed: { ...failed, run } }
  }
  const corrected = { ...byJson, name: 'Outro', attempt: 1 }

  it('A corrected declaration is sent without a new number', async () => {
    const { announced, failed } = await refuse()
    const { changes } = await fixture.attempts.diff('attempt', announced, corrected)
    assert.equal(changes, true)
    const unknown = { ...corrected, run: engineUnknown, follows: engineUnknown }
    assert.deepEqual(await fixture.provider.diff('id', failed, unknown), { changes: true })
    const { outs } = await fixture.attempts.update('attempt', announced, corrected)
    const { outs: made } = await fixture.provider.update('id', failed, { ...corrected, ...outs })
    assert.equal(made?.clientId, fixture.emulator.clients('vidaas')[0]?.clientId)
    assert.equal(fixture.emulator.requests.list().length, 1)
  })

  it('The same declaration is not sent again without a new number', async () => {
    const { announced, failed } = await refuse()
    const same = { ...byJson, attempt: 1 }
    assert.equal((await fixture.attempts.diff('attempt', announced, same)).changes, false)
    await assert.rejects(fixture.provider.update('id', failed, { ...same, ...announced }), {
      message: /Nothing was registered\. Correct the declaration and apply again\./,
    })
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  it('Nothing is sent while an announcement in between may have registered something', async () => {
    const { announced, failed } = await refuse()
    const { outs: lost = {} } = await fixture.attempts.update('attempt', announced, corrected)
    const other = { ...corrected, name: 'Terceiro' }
    const interrupted = { ...lost, run: 'interrupted' }
    const { outs } = await fixture.attempts.update('attempt', interrupted, other)
    for (const declared of [
      { ...other, ...outs },
      { ...corrected, ...interrupted },
      { ...byJson, attempt: 1, ...outs },
    ]) {
      await assert.rejects(fixture.provider.update('id', failed, declared), {
        message: /It is unknown whether vidaas registered .*set attempt: 2/,
      })
    }
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })
})

describe('a registration whose answer is lost', () => {
  const fixture = useRegistrations()

  /** What the message says of the answer is kept for the next run; nothing where the answer named nothing. */
  const clueIn = ({ message }: Error) => {
    const clue = /The answer (named|said) .*?\.(?= Look)/.exec(message)?.[0]
    return clue === undefined ? {} : { clue }
  }
  const faults: Readonly<Record<string, FaultInput>> = {
    'a lost answer': { kind: 'drop', when: 'after' },
    'a lost request': { kind: 'drop', when: 'before' },
    'a cut-off answer': { kind: 'truncated' },
    'an answer that is too short': { kind: 'truncated', framing: 'intact' },
    'a 408, which a proxy may give after it passed the request on': { kind: 'answer', status: 408 },
    'a failure after the write': { kind: 'answer', status: 500, when: 'after' },
    "a gateway's page": { kind: 'html' },
    'a page that says 200': { kind: 'html', status: 200 },
    'a 503 that asks to come back': { kind: 'answer', status: 503, retryAfter: 1 },
    'an answer without a secret': { kind: 'rewrite', remove: ['client_secret'] },
    'a secret that is none': { kind: 'rewrite', set: { client_secret: ' \u001b[2J' } },
    'an empty answer': { kind: 'answer', status: 204 },
  }
  for (const [what, fault] of Object.entries(faults)) {
    it(`A registration is not sent again after ${what}`, async () => {
      fixture.emulator.faults.add({ ...fault, operation: 'application' })
      const created = fixture.register({ ...byJson, __provider: 'code' })
      await assert.rejects(created, (error: Error & Record<string, unknown>) => {
        // What Pulumi's dynamic provider host looks for in order to keep the resource.
        assert.equal(error.id, 'vidaas:Portal do Cidadão')
        assert.deepEqual(error.properties, {
          ...byJson,
          attempt: 1,
          failed: 'lost',
          ...clueIn(error),
          __provider: 'code',
        })
        const [reason] = error.reasons as string[]
        assert.match(String(reason), /unknown whether vidaas registered "Portal do Cidadão"/)
        assert.match(String(reason), /If there is none, set attempt: 2/)
        assert.match(String(reason), /If there is one, .*declare a PscClient/)
        assert.doesNotMatch(String(reason), /\u001b/)
        return true
      })
      assert.equal(fixture.emulator.requests.list().length, 1)
    })
  }

  for (const status of [200, 202, 500]) {
    it(`An unusable ${status} response is reported at once and in the next run, without its secret`, async () => {
      const body = {
        client_id: 'novo\u001b[2J',
        client_secret: 'not-a-secret\u0007',
        message: 'Criada, CPF 123.456.789-09, not-a-secret\u0007',
      }
      fixture.emulator.faults.add({ kind: 'answer', operation: 'application', status, body })
      const clue = 'The answer named the client_id "novo" and said "[hidden: repeats a secret]"'
      let kept: Record<string, unknown> = {}
      await assert.rejects(fixture.register(byJson), (error: Error & Record<string, unknown>) => {
        kept = error.properties as Record<string, unknown>
        assert.ok(error.message.includes(clue), error.message)
        assert.doesNotMatch(error.message, /not-a-secret|123\.456|\u001b/)
        return true
      })
      assert.doesNotMatch(JSON.stringify(kept), /not-a-secret|123\.456/)
      const declared = { ...byJson, attempt: 1, run: 'earlier' }
      await assert.rejects(fixture.provider.diff('id', kept, declared), (error: Error) => {
        assert.ok(error.message.includes(clue), error.message)
        return true
      })
    })
  }

  const kept = { ...byJson, attempt: 1, failed: 'lost' }

  it('The next run does not send a lost registration again and says how to go on', async () => {
    const message =
      /The PSC gave no usable answer to attempt 1.*Look for an application.*set attempt: 2/
    const declared = { ...byJson, attempt: 1, run: 'earlier' }
    await assert.rejects(fixture.provider.diff('id', kept, declared), { message })
    await assert.rejects(fixture.provider.update('id', kept, declared), { message })
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  it('A lost registration does not prevent a refresh', async () => {
    const declared = { ...byJson, attempt: 1, run: 'earlier' }
    assert.deepEqual(await fixture.provider.read('read', kept), { id: 'read', props: kept })
    assert.deepEqual(await fixture.provider.diff('read', kept, declared), { changes: true })
  })

  it('A lost registration is sent again only for the next attempt of the program', async () => {
    const announced = await fixture.attempts.update('attempt', {}, { ...byJson, attempt: 2 })
    const declared = { ...byJson, ...announced.outs }
    assert.deepEqual(await fixture.provider.diff('id', kept, declared), { changes: true })
    const { outs } = await fixture.provider.update('id', kept, declared)
    assert.equal(outs?.clientId, fixture.emulator.clients('vidaas')[0]?.clientId)
    const [secondFailed, thirdDeclared] = [{ ...kept, attempt: 3 }, declared]
    await assert.rejects(fixture.provider.update('id', secondFailed, thirdDeclared))
    assert.equal(fixture.emulator.requests.list().length, 1)
  })

  it('A lost registration warns when it leaves the stack', async () => {
    await fixture.provider.delete('id', kept)
    assert.match(fixture.warnings.join('\n'), /leaves this stack, .* \[WARN_PSC_UNKNOWN_OUTCOME\]$/)
    await fixture.provider.delete('id', { ...kept, failed: 'refused' })
    assert.match(fixture.warnings.join('\n'), /leaves this stack\. \[WARN_PSC_NOT_REGISTERED\]$/)
  })
})

describe('an attempt that an earlier run announced and did not conclude', () => {
  const fixture = useRegistrations()
  const declared = { ...byJson, attempt: 1, run: 'earlier' }

  it('An interrupted attempt is not made again, and preview and up say how to go on', async () => {
    const { failures = [] } = await fixture.provider.check({}, declared)
    const [{ reason } = { reason: '' }] = failures
    assert.match(
      reason,
      /The request was not sent: .*attempt 1 .*A replacement would .*Look for an application.*set attempt: 2.* \[ERR_PSC_REGISTRATION_PENDING\]$/,
    )
    await assert.rejects(fixture.provider.create(declared), { message: reason })
    const failed = { ...byJson, attempt: 1, failed: 'lost' }
    await assert.rejects(fixture.provider.update('id', failed, { ...declared, attempt: 2 }), {
      message: /an earlier run announced attempt 2.*set attempt: 3/,
    })
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  it('An attempt that leaves the stack warns unless its registration has warned', async () => {
    const { outs = {} } = await fixture.attempts.create({ ...byJson, name: 'Um', attempt: 1 })
    await fixture.attempts.delete('attempt', outs)
    const warning =
      /leaves this stack, .*Before you declare it again.* \[WARN_PSC_UNKNOWN_OUTCOME\]/
    assert.match(fixture.warnings.join('\n'), warning)
    const other = { ...outs, name: 'Outro' }
    await fixture.provider.delete('id', {
      ...byJson,
      name: 'Outro',
      clientId: 'x',
      clientSecret: 'y',
    })
    const before = fixture.warnings.join('\n')
    await fixture.attempts.delete('attempt', other)
    assert.equal(fixture.warnings.join('\n'), before)
  })

  it('A missing private key does not use up an attempt', async () => {
    delete process.env.PSC_TEST_KEY
    await assert.rejects(fixture.attempts.create({ ...signed, attempt: 1 }), {
      message: /PSC_TEST_KEY .*\[ERR_PSC_SECRET_UNAVAILABLE\]$/,
    })
    process.env.PSC_TEST_KEY = keyPem
    await fixture.register({ ...signed })
    assert.equal(fixture.emulator.requests.list().length, 1)
  })

  it('An attempt is accepted in the run that announced it, and while its run is unknown', async () => {
    const { outs } = await fixture.attempts.create({ ...byJson, attempt: 1 })
    for (const run of [outs?.run, engineUnknown]) {
      assert.deepEqual((await fixture.provider.check({}, { ...declared, run })).failures, [])
    }
  })

  it('An attempt stores its client, its number and its run, and a new number is a new attempt', async () => {
    const { outs } = await fixture.attempts.create({ ...signed, attempt: 1 })
    assert.deepEqual(Object.keys(outs ?? {}), ['attempt', 'run', 'psc', 'name', 'declared'])
    const changes = async (attempt: number, stored: object = { ...outs }) =>
      (await fixture.attempts.diff('attempt', { ...stored }, { ...signed, attempt })).changes
    assert.deepEqual([await changes(1), await changes(2)], [false, true])
    // A state of version 0.1 does not hold what was declared.
    const other = { ...signed, name: 'Outro', attempt: 1 }
    const older = { attempt: 1, run: 'earlier', psc: 'neoid', name: signed.name }
    assert.equal((await fixture.attempts.diff('attempt', older, other)).changes, false)
  })
})
