import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { unknownValue } from '../../provider/rules/problem.ts'
import { judge, verdicts } from './support/judge.ts'

const secret = 'not-a-secret-portal'

describe('a client secret', () => {
  const accepted = [
    secret,
    { env: 'PORTAL_SECRET' },
    { file: './segredo.txt' },
    { config: 'portalSecret' },
    unknownValue,
    { env: unknownValue },
    { file: unknownValue },
  ]
  for (const clientSecret of accepted) {
    test(`may be ${inspect(clientSecret)}`, () => {
      assert.deepEqual(verdicts({ clientSecret }), [])
    })
  }

  const refused: readonly (readonly [clientSecret: unknown, path: string])[] = [
    [undefined, 'clientSecret'],
    [null, 'clientSecret'],
    ['', 'clientSecret'],
    [' \n', 'clientSecret'],
    [42, 'clientSecret'],
    [[secret], 'clientSecret'],
    [{}, 'clientSecret'],
    [{ env: 'A', file: 'b' }, 'clientSecret'],
    [{ env: 'A', [secret]: 'b' }, 'clientSecret'],
    [{ [secret]: 'A' }, 'clientSecret'],
    [{ value: secret }, 'clientSecret'],
    [{ toString: secret }, 'clientSecret'],
    [JSON.parse(`{ "__proto__": "${secret}" }`), 'clientSecret'],
    [{ env: '' }, 'clientSecret.env'],
    [{ file: ' ' }, 'clientSecret.file'],
    [{ env: `A=${secret}` }, 'clientSecret.env'],
    [{ file: `a\0${secret}` }, 'clientSecret.file'],
    [{ config: [secret] }, 'clientSecret.config'],
    [{ env: { value: secret } }, 'clientSecret.env'],
    [{ env: undefined }, 'clientSecret.env'],
  ]
  for (const [clientSecret, path] of refused) {
    test(`must not be ${inspect(clientSecret)}, and is not repeated`, () => {
      assert.deepEqual(verdicts({ clientSecret }), [`error ${path}`])
      assert.ok(!JSON.stringify(judge({ clientSecret })).includes(secret))
    })
  }

  test('with a line break at its end gets a warning, and is not repeated', () => {
    for (const clientSecret of [`${secret}\n`, ` ${secret}`]) {
      assert.deepEqual(verdicts({ clientSecret }), ['warning clientSecret'])
      assert.ok(!JSON.stringify(judge({ clientSecret })).includes(secret))
    }
  })
})

describe('a previous client secret', () => {
  const current = { env: 'PORTAL_SECRET' }

  test('may be missing, not known yet, or another reference or text', () => {
    const others = [undefined, unknownValue, { env: 'OLD' }, { file: 'PORTAL_SECRET' }, secret]
    for (const previousClientSecret of others) {
      assert.deepEqual(verdicts({ clientSecret: current, previousClientSecret }), [])
    }
    const unknown = { env: unknownValue }
    assert.deepEqual(verdicts({ clientSecret: unknown, previousClientSecret: unknown }), [])
  })

  test('must not be the same as the other, and is not repeated', () => {
    for (const same of [current, secret]) {
      const changes = { clientSecret: same, previousClientSecret: structuredClone(same) }
      assert.deepEqual(verdicts(changes), ['error previousClientSecret'])
      assert.ok(!JSON.stringify(judge(changes)).includes(secret))
    }
  })

  test('has the form of the other', () => {
    for (const previousClientSecret of ['', 1, {}, { value: secret }, { env: 'A', file: 'b' }]) {
      assert.deepEqual(verdicts({ previousClientSecret }), ['error previousClientSecret'])
      assert.ok(!JSON.stringify(judge({ previousClientSecret })).includes(secret))
    }
    assert.deepEqual(verdicts({ previousClientSecret: { env: '' } }), [
      'error previousClientSecret.env',
    ])
  })
})
