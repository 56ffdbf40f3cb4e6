import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { issuerOf } from '../../provider/psc/issuer.ts'
import { TokenCache } from '../../provider/psc/token-cache.ts'
import { ManualClock } from '../http/support/clock.ts'
import { answer, credentials, neoid, scriptedPsc, serproid, tokenAnswer } from './support/psc.ts'

const psc = issuerOf(neoid)
const other = { ...credentials, clientId: 'outro' }

function cacheAt(): { cache: TokenCache; clock: ManualClock } {
  const clock = new ManualClock()
  return { cache: new TokenCache(clock), clock }
}

describe('an application token', () => {
  it('is fetched once, however many ask at once', async () => {
    const { cache } = cacheAt()
    const { transport, asked } = scriptedPsc(tokenAnswer())
    const all = Array.from({ length: 50 }, () => cache.obtain(psc, credentials, transport))
    const tokens = new Set((await Promise.all(all)).map(({ accessToken }) => accessToken))
    assert.deepEqual(tokens, new Set(['not-a-secret-token']))
    assert.equal(asked.length, 1)
  })

  it('is fetched for each client, each secret and each PSC', async () => {
    const { cache } = cacheAt()
    const { transport, asked } = scriptedPsc(...Array.from({ length: 4 }, () => tokenAnswer()))
    const ask = () =>
      Promise.all([
        cache.obtain(psc, credentials, transport),
        cache.obtain(psc, other, transport),
        cache.obtain(psc, { ...credentials, clientSecret: 'another' }, transport),
        cache.obtain(issuerOf(serproid), credentials, transport),
      ])
    await ask()
    await ask()
    assert.equal(asked.length, 4)
  })

  it('is renewed before it expires', async () => {
    const { cache, clock } = cacheAt()
    const { transport, asked } = scriptedPsc(tokenAnswer(), tokenAnswer())
    await cache.obtain(psc, credentials, transport)
    clock.advance(3_239_000)
    await cache.obtain(psc, credentials, transport)
    assert.equal(asked.length, 1)
    clock.advance(2_000)
    await cache.obtain(psc, credentials, transport)
    assert.equal(asked.length, 2)
  })

  it('that was refused is asked for again by the next', async () => {
    const { cache } = cacheAt()
    const refused = answer(500, { code: 'FALHA_TOKEN_MANUTENCAO_APLICACAO', msg: '' })
    const { transport, asked } = scriptedPsc(refused, tokenAnswer())
    const both = await Promise.allSettled([
      cache.obtain(psc, credentials, transport),
      cache.obtain(psc, credentials, transport),
    ])
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.equal(asked.length, 1)
    await cache.obtain(psc, credentials, transport)
    assert.equal(asked.length, 2)
  })

  it('is fetched anew once it was forgotten', async () => {
    const { cache } = cacheAt()
    const { transport, asked } = scriptedPsc(tokenAnswer(), tokenAnswer())
    await cache.obtain(psc, credentials, transport)
    cache.forget(psc, other)
    await cache.obtain(psc, credentials, transport)
    assert.equal(asked.length, 1)
    cache.forget(psc, credentials)
    await cache.obtain(psc, credentials, transport)
    assert.equal(asked.length, 2)
  })
})

describe('expires_in', () => {
  // What no document gives a meaning to counts as not stated: a minute, less a tenth.
  const unstated = 54
  const cases: readonly (readonly [value: unknown, usableSeconds: number])[] = [
    [3600, 3240],
    [10, 9],
    [1, 0.9],
    ['3600', 3240],
    [7200, 3240],
    [1e12, 3240],
    [Number.MAX_SAFE_INTEGER, 3240],
    [undefined, unstated],
    [null, unstated],
    [0, unstated],
    [-1, unstated],
    [0.5, unstated],
    [1e300, unstated],
    ['', unstated],
    ['soon', unstated],
    ['-3600', unstated],
    [false, unstated],
    [[], unstated],
    [{}, unstated],
    [{ valueOf: 1, toString: 1 }, unstated],
  ]
  for (const [value, seconds] of cases) {
    it(`of ${JSON.stringify(value)} is used for ${seconds} s`, async () => {
      const { cache, clock } = cacheAt()
      const answers = [tokenAnswer({ expires_in: value }), tokenAnswer()]
      const { transport, asked } = scriptedPsc(...answers)
      await cache.obtain(psc, credentials, transport)
      clock.advance(seconds * 1000 - 1)
      await cache.obtain(psc, credentials, transport)
      assert.equal(asked.length, 1)
      clock.advance(1)
      await cache.obtain(psc, credentials, transport)
      assert.equal(asked.length, 2)
    })
  }
})
