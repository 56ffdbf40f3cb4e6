import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CodedError } from '../../provider/errors.ts'
import { portal, useProvider } from '../support/fixture.ts'

const changed = { ...portal, comments: 'Outra descrição' }

/** What the dynamic provider host finds in an error; only one that it keeps has properties. */
interface Kept extends Error {
  readonly id?: string
  readonly properties?: Record<string, unknown>
}

describe('a write whose answer was lost', () => {
  const fixture = useProvider('PscClient')
  const atThePsc = () => fixture.emulator.registered('neoid', portal.clientId)?.comments

  /** Updates a client that was applied, and answers the error. */
  async function failingUpdate(): Promise<Kept> {
    const { outs = {} } = await fixture.provider.create(portal)
    return fixture.provider.update(portal.clientId, outs, changed).then(
      () => assert.fail('the update went well'),
      (error: unknown) => error as Kept,
    )
  }

  for (const [how, when] of [
    ['and took effect', 'after'],
    ['and did not take effect', 'before'],
  ] as const) {
    it(`A write whose response was lost ${how} is written again, even if the change is reverted`, async () => {
      const lost = { kind: 'answer', status: 503, retryAfter: 3600, when } as const
      fixture.emulator.faults.add({ ...lost, operation: 'clientMaintenance', skip: 1 })
      const { id, properties = {}, message, cause } = await failingUpdate()
      assert.equal(id, portal.clientId)
      assert.match(message, /may have carried out the write\. Apply again/)
      assert.equal((cause as Partial<CodedError>).code, 'ERR_PSC_LOST_ANSWER')
      assert.equal(atThePsc(), when === 'after' ? changed.comments : portal.comments)
      for (const declared of [portal, changed]) {
        const { changes } = await fixture.provider.diff(portal.clientId, properties, declared)
        assert.equal(changes, true)
      }
      assert.match(fixture.warnings.join('\n'), /\[WARN_PSC_NOT_SETTLED\]$/m)

      const { outs = {} } = await fixture.provider.update(portal.clientId, properties, portal)
      assert.equal(atThePsc(), portal.comments)
      assert.deepEqual(await fixture.provider.diff(portal.clientId, outs, portal), {
        changes: false,
      })
    })
  }

  it('A refresh does not settle a write whose response was lost', async () => {
    const lost = { kind: 'answer', status: 503, retryAfter: 3600, when: 'after' } as const
    fixture.emulator.faults.add({ ...lost, operation: 'clientMaintenance', skip: 1 })
    const { properties } = await failingUpdate()
    const { props } = await fixture.provider.read(portal.clientId, properties)
    const { changes } = await fixture.provider.diff(portal.clientId, props ?? {}, portal)
    assert.equal(changes, true)
  })

  it('A response that was lost before the last attempt counts as lost', async () => {
    const aim = { operation: 'clientMaintenance', skip: 1 } as const
    fixture.emulator.faults.add({ kind: 'drop', when: 'after', ...aim })
    fixture.emulator.faults.add({ kind: 'answer', status: 429, retryAfter: 3600, ...aim })
    assert.ok((await failingUpdate()).properties)
  })

  for (const [how, fault] of [
    ['refused', { kind: 'error', code: 'CONTATO_EMAIL_INVALIDO' }],
    ['sent away for too many requests', { kind: 'answer', status: 429, retryAfter: 3600 }],
    ['sent elsewhere', { kind: 'redirect', location: 'https://outro.exemplo.com/' }],
  ] as const) {
    it(`A write that was ${how} leaves the state as it was`, async () => {
      fixture.emulator.faults.add({ ...fault, operation: 'clientMaintenance', skip: 1 })
      assert.equal((await failingUpdate()).properties, undefined)
    })
  }

  it('A missing token leaves the state as it was', async () => {
    const { outs = {} } = await fixture.provider.create(portal)
    const wrong = { ...changed, clientSecret: 'not-a-secret-wrong' }
    const error = await fixture.provider.update(portal.clientId, outs, wrong).then(
      () => assert.fail('the update went well'),
      (failed: unknown) => failed as Kept,
    )
    assert.equal(error.properties, undefined)
  })
})
