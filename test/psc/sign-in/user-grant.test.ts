import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Scope } from '../../../provider/psc/sign-in/authorization.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'
import { judgeGrant as judge } from '../../../provider/psc/sign-in/user-grant.ts'
import type { RawGrant } from '../../../provider/psc/sign-in/user-token.ts'
import { describeLifetime } from '../../../provider/rules/text.ts'

/** The answer of the document's example. */
const example: RawGrant = {
  scope: 'single_signature',
  expiresIn: 300,
  identificationType: 'CPF',
  identification: '11111111111',
}

const judgeGrant = (raw: RawGrant, asked: Scope, psc = 'neoid') =>
  judge(raw, asked, resolveProfile(psc).scopeLifetimes)

const person = { identificationType: 'CPF', identification: '12345678909' }

const company = { identificationType: 'CNPJ', identification: '11222333000181' }

const problems = (change: Partial<RawGrant>, asked: Scope = 'single_signature') =>
  judgeGrant({ ...example, ...change }, asked).problems

describe('a grant', () => {
  it('The grant of the document is good', () => {
    assert.deepEqual(judgeGrant(example, 'single_signature'), {
      grant: {
        scope: 'single_signature',
        identificationType: 'CPF',
        identification: '***.111.111-**',
        expiresIn: 300,
        lifetime: '5 minutes',
      },
      problems: [],
    })
  })

  it('A grant shows only the middle digits of the holder', () => {
    const shown = (holder: Partial<RawGrant>) =>
      judgeGrant({ ...example, ...holder }, 'single_signature').grant.identification
    assert.equal(shown(person), '***.456.789-**')
    assert.equal(shown(company), '**.222.333/****-**')
    assert.equal(shown({ ...company, identification: '12ABC34501DE35' }), '**.ABC.345/****-**')
  })

  it('A grant shows nothing of a holder in an unknown form', () => {
    for (const holder of [
      { ...person, identification: '123456789' },
      { ...person, identification: '123456789012' },
      { ...person, identification: '123.456.789-09' },
      { ...company, identification: '12345678909' },
      { identificationType: 'RG', identification: '12345678909' },
      { identificationType: '12345678909', identification: '12345678909' },
      { identificationType: undefined, identification: '12345678909' },
      { ...person, identification: 12345678909 },
      { ...person, identification: ['12345678909'] },
      { identificationType: '123.456.789-09', identification: '12345678909' },
      { ...person, scope: 'holder 12345678909' },
      { ...person, scope: 'holder 123.456.789-09' },
      { ...person, scope: 'holder 12.345.678/0001-95' },
      { ...person, scope: 'holder 12\u200b34\u200b56' },
    ]) {
      const text = JSON.stringify(judgeGrant({ ...example, ...holder }, 'single_signature'))
      // Of a good number the middle digits are shown, whatever else is wrong.
      assert.doesNotMatch(text.replace('***.456.789-**', ''), /345|678|123|56/, text)
      assert.notDeepEqual(problems(holder), [])
    }
  })

  it('A grant shows nothing of a holder of a type other than CPF and CNPJ', () => {
    for (const identificationType of ['123.456.789-09', 'RG', 'cpf', '', 1, ['CPF']]) {
      const { grant } = judgeGrant({ ...example, identificationType }, 'single_signature')
      assert.equal(grant.identificationType, '(hidden)')
    }
  })

  it('An incomplete grant is a problem that names what is missing', () => {
    const { grant, problems } = judgeGrant(
      {
        scope: undefined,
        expiresIn: undefined,
        identificationType: undefined,
        identification: undefined,
      },
      'single_signature',
    )
    assert.deepEqual(grant, {
      scope: 'single_signature',
      identificationType: null,
      identification: null,
      expiresIn: null,
      lifetime: null,
    })
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message.split(' ')[0]]),
      [
        ['ERR_PSC_GRANT_HOLDER', 'authorized_identification_type'],
        ['ERR_PSC_GRANT_HOLDER', 'authorized_identification'],
        ['ERR_PSC_GRANT_LIFETIME', 'expires_in'],
      ],
    )
    for (const { code, message } of problems) assert.ok(message.endsWith(`. [${code}]`), message)
  })

  it('A grant may have no scope, or scopes of the PSC beside the requested one', () => {
    for (const scope of [undefined, 'single_signature service_2fa', 'x single_signature']) {
      assert.deepEqual(problems({ scope }), [])
    }
  })

  it('A grant with a scope that was not requested is a problem', () => {
    const [problem, ...others] = problems({ scope: 'multi_signature' })
    assert.equal(problem?.code, 'ERR_PSC_GRANT_SCOPE')
    assert.match(problem.message, /"multi_signature".* single_signature\b/)
    assert.deepEqual(others, [])
    assert.equal(problems({ scope: 'single_signature multi_signature' }).length, 1)
    assert.equal(problems({ scope: ['single_signature'] }).length, 1)
  })

  it('A grant with a lifetime that is not a whole number of seconds is a problem', () => {
    for (const expiresIn of ['300', 300.5, -300, 0, null, true, 2 ** 60]) {
      assert.equal(problems({ expiresIn }).length, 1, String(expiresIn))
    }
  })
})

describe('the lifetime', () => {
  // "Para os valores single_signature, multi_signature e authentication_session, o token estará válido por 5 minutos."
  for (const scope of ['single_signature', 'multi_signature', 'authentication_session'] as const) {
    it(`The lifetime of ${scope} is 5 minutes for every holder`, () => {
      for (const holder of [person, company]) {
        assert.deepEqual(problems({ ...holder, scope, expiresIn: 5 * 60 }, scope), [])
        const [problem] = problems({ ...holder, scope, expiresIn: 15 * 60 }, scope)
        assert.equal(problem?.code, 'ERR_PSC_GRANT_LIFETIME')
        assert.match(problem.message, /^expires_in is 15 minutes.* 5 minutes\b/)
        // What a slow server says after a second.
        assert.deepEqual(problems({ ...holder, scope, expiresIn: 299 }, scope), [])
        for (const expiresIn of [297, 301]) {
          assert.equal(problems({ ...holder, scope, expiresIn }, scope).length, 1)
        }
      }
    })
  }

  const hours = 60 * 60
  const days = 24 * hours
  // "Saiba mais": the periods of each kind of certificate.
  const periods = {
    CPF: [15 * 60, hours, 4 * hours, 8 * hours, days, 3 * days, 7 * days],
    CNPJ: [hours, 8 * hours, days, 3 * days, 7 * days, 15 * days, 30 * days],
  }
  const session = { scope: 'signature_session' }

  for (const holder of [person, company] as const) {
    const type = holder.identificationType as 'CPF' | 'CNPJ'
    it(`The lifetime of signature_session is one that the holder of a ${type} can choose`, () => {
      const every = [300, ...periods.CPF, ...periods.CNPJ, 2 * hours, 60 * days]
      for (const expiresIn of every) {
        const found = problems({ ...holder, ...session, expiresIn }, 'signature_session')
        assert.equal(found.length, periods[type].includes(expiresIn) ? 0 : 1, String(expiresIn))
      }
    })
  }

  it('The lifetime of signature_session may be any of both lists for an unknown type of holder', () => {
    const unknown = { ...session, identificationType: 'RG', identification: '1' }
    const found = (expiresIn: number) =>
      problems({ ...unknown, expiresIn }, 'signature_session').filter(
        ({ code }) => code === 'ERR_PSC_GRANT_LIFETIME',
      )
    assert.deepEqual(found(30 * days), [])
    assert.equal(found(300).length, 1)
  })

  it('A PSC without a list of lifetimes has the limits of the standard: 7 and 30 days', () => {
    const found = (holder: object, expiresIn: number, scope: Scope = 'signature_session') =>
      judgeGrant({ ...example, ...holder, scope, expiresIn }, scope, 'vidaas').problems.length
    // An example of Valid has expires_in 43200.
    assert.equal(found(person, 43_200), 0)
    assert.equal(found(person, 7 * days), 0)
    assert.equal(found(person, 7 * days + 1), 1)
    assert.equal(found(company, 30 * days), 0)
    assert.equal(found(company, 30 * days + 1), 1)
    assert.equal(found(person, 3600, 'single_signature'), 0)
  })

  it('A lifetime is written in words', () => {
    assert.deepEqual(
      [1, 59, 60, 300, 900, 3600, 5400, 86_400, 259_200, 2_592_000, 90_061, 0].map(
        describeLifetime,
      ),
      [
        '1 second',
        '59 seconds',
        '1 minute',
        '5 minutes',
        '15 minutes',
        '1 hour',
        '1 hour 30 minutes',
        '1 day',
        '3 days',
        '30 days',
        '1 day 1 hour 1 minute 1 second',
        '0 seconds',
      ],
    )
  })
})
