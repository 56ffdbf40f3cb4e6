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
    test(`A client secret may be ${inspect(clientSecret)}`, () => {
      assert.deepEqual(verdicts({ clientSecret }), [])
    })
  }

  const refused: readonly (readonly [clientSecret: unknown, verdict: string])[] = [
    [undefined, 'clientSecret ERR_PSC_MISSING'],
    [null, 'clientSecret ERR_PSC_MISSING'],
    ['', 'clientSecret ERR_PSC_MISSING'],
    [' \n', 'clientSecret ERR_PSC_MISSING'],
    [42, 'clientSecret ERR_PSC_TYPE'],
    [[secret], 'clientSecret ERR_PSC_TYPE'],
    [{}, 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ env: 'A', file: 'b' }, 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ env: 'A', [secret]: 'b' }, 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ [secret]: 'A' }, 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ value: secret }, 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ toString: secret }, 'clientSecret ERR_PSC_SECRET_FORM'],
    [JSON.parse(`{ "__proto__": "${secret}" }`), 'clientSecret ERR_PSC_SECRET_FORM'],
    [{ env: '' }, 'clientSecret.env ERR_PSC_MISSING'],
    [{ file: ' ' }, 'clientSecret.file ERR_PSC_MISSING'],
    [{ env: `A=${secret}` }, 'clientSecret.env ERR_PSC_CHARACTER'],
    [{ file: `a\0${secret}` }, 'clientSecret.file ERR_PSC_CHARACTER'],
    [{ config: [secret] }, 'clientSecret.config ERR_PSC_TYPE'],
    [{ env: { value: secret } }, 'clientSecret.env ERR_PSC_TYPE'],
    [{ env: undefined }, 'clientSecret.env ERR_PSC_MISSING'],
  ]
  for (const [clientSecret, verdict] of refused) {
    test(`A client secret must not be ${inspect(clientSecret)}, and no message repeats it`, () => {
      assert.deepEqual(verdicts({ clientSecret }), [`error ${verdict}`])
      assert.ok(!JSON.stringify(judge({ clientSecret })).includes(secret))
    })
  }

  test('A client secret may end in one line break, which is dropped', () => {
    for (const clientSecret of [`${secret}\n`, `${secret}\r\n`, `${secret}\r`]) {
      assert.deepEqual(verdicts({ clientSecret }), [])
    }
  })

  const wrong = [` ${secret}`, `${secret}\n\n`, `'${secret}'`, `${secret}\t.`, `${secret}\u200Bç`]
  for (const clientSecret of wrong) {
    test(`The client secret ${inspect(clientSecret)} gets a warning, which does not repeat it`, () => {
      assert.deepEqual(verdicts({ clientSecret }), ['warning clientSecret WARN_PSC_SECRET_TEXT'])
      assert.ok(!JSON.stringify(judge({ clientSecret })).includes(secret))
    })
  }
})

describe('a previous client secret', () => {
  const current = { env: 'PORTAL_SECRET' }

  test('A previous client secret may be missing, unknown, or another reference or string', () => {
    const others = [undefined, unknownValue, { env: 'OLD' }, { file: 'PORTAL_SECRET' }, secret]
    for (const previousClientSecret of others) {
      assert.deepEqual(verdicts({ clientSecret: current, previousClientSecret }), [])
    }
    const unknown = { env: unknownValue }
    assert.deepEqual(verdicts({ clientSecret: unknown, previousClientSecret: unknown }), [])
  })

  test('A previous client secret must differ from the client secret, and no message repeats it', () => {
    for (const same of [current, secret]) {
      const changes = { clientSecret: same, previousClientSecret: structuredClone(same) }
      assert.deepEqual(verdicts(changes), ['error previousClientSecret ERR_PSC_SECRET_UNCHANGED'])
      assert.ok(!JSON.stringify(judge(changes)).includes(secret))
    }
  })

  test('A previous client secret has the form of a client secret', () => {
    const refused = [
      ['', 'ERR_PSC_MISSING'],
      [1, 'ERR_PSC_TYPE'],
      [{}, 'ERR_PSC_SECRET_FORM'],
      [{ value: secret }, 'ERR_PSC_SECRET_FORM'],
      [{ env: 'A', file: 'b' }, 'ERR_PSC_SECRET_FORM'],
    ] as const
    for (const [previousClientSecret, code] of refused) {
      assert.deepEqual(verdicts({ previousClientSecret }), [`error previousClientSecret ${code}`])
      assert.ok(!JSON.stringify(judge({ previousClientSecret })).includes(secret))
    }
    assert.deepEqual(verdicts({ previousClientSecret: { env: '' } }), [
      'error previousClientSecret.env ERR_PSC_MISSING',
    ])
  })
})
