import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { issuerOf } from '../../provider/psc/issuers.ts'
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
  it('A token is fetched once for all concurrent users', async () => {
    const { cache } = cacheAt()
    const { transport, asked } = scriptedPsc(tokenAnswer())
    const all = Array.from({ length: 50 }, () => cache.obtain(psc, credentials, transport))
    const tokens = new Set((await Promise.all(all)).map(({ accessToken }) => accessToken))
    assert.deepEqual(tokens, new Set(['not-a-secret-token']))
    assert.equal(asked.length, 1)
  })

  it('A token is fetched for each client, each secret and each PSC', async () => {
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

  it('A token is renewed before it expires', async () => {
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

  it('A refused token request is repeated by the next user', async () => {
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

  it('A user fetches the token itself if another one ran out of time', async () => {
    const { cache } = cacheAt()
    const hurried = scriptedPsc(answer(503, ''))
    const patient = scriptedPsc(tokenAnswer())
    const [first, second] = await Promise.allSettled([
      cache.obtain(psc, credentials, hurried.transport),
      cache.obtain(psc, credentials, patient.transport),
    ])
    assert.deepEqual([first.status, second.status], ['rejected', 'fulfilled'])
    assert.equal(patient.asked.length, 1)
    await cache.obtain(psc, credentials, hurried.transport)
    assert.equal(hurried.asked.length, 1)
  })

  it('A refusal of a token request applies to all who wait for it', async () => {
    const { cache } = cacheAt()
    const one = scriptedPsc(answer(401, { code: 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH', msg: '' }))
    const other = scriptedPsc()
    const both = await Promise.allSettled([
      cache.obtain(psc, credentials, one.transport),
      cache.obtain(psc, credentials, other.transport),
    ])
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.equal(other.asked.length, 0)
  })

  it('A token is requested at most twice, however many wait for one that ran out of time', async () => {
    const { cache } = cacheAt()
    const hurried = scriptedPsc(answer(503, ''))
    const patient = Array.from({ length: 20 }, () => scriptedPsc(tokenAnswer()))
    const all = await Promise.allSettled(
      [hurried, ...patient].map(({ transport }) => cache.obtain(psc, credentials, transport)),
    )
    assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 20)
    assert.equal(patient.flatMap(({ asked }) => asked).length, 1)
  })

  it('Forgetting an old token keeps the newer one', async () => {
    const { cache } = cacheAt()
    const tokens = ['old', 'new'].map((access_token) => tokenAnswer({ access_token }))
    const { transport, asked } = scriptedPsc(...tokens)
    const { accessToken: old } = await cache.obtain(psc, credentials, transport)
    cache.forget(psc, credentials, old)
    const renewed = cache.obtain(psc, credentials, transport)
    cache.forget(psc, credentials, old)
    await renewed
    cache.forget(psc, credentials, old)
    assert.equal((await cache.obtain(psc, credentials, transport)).accessToken, 'new')
    assert.equal(asked.length, 2)
  })

  it('A forgotten token is fetched again', async () => {
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
    it(`A token with expires_in ${JSON.stringify(value)} is used for ${seconds} s`, async () => {
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
