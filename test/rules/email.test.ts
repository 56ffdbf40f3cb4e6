import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, verdicts } from './support/judge.ts'

const accepted = [
  'suporte@aplicacao-exemplo.com',
  'suporte.ti@exemplo.gov.br',
  'SUPORTE@EXEMPLO.GOV.BR',
  'suporte+psc@exemplo.gov.br',
  "o'higgins!#$%&*/=?^_`{|}~-@exemplo.br",
  'a@b.co',
  '1@2.br',
  'suporte@xn--licitao-2wa9a.gov.br',
  `${'a'.repeat(64)}@exemplo.gov.br`,
  `a@${'b'.repeat(63)}.br`,
]

const refused: readonly (readonly [email: string, says: RegExp])[] = [
  ['', /is missing/],
  [' ', /is missing/],
  ['suporte', /name@domain/],
  ['@exemplo.gov.br', /name@domain/],
  ['suporte@', /after the "@"/],
  ['suporte@exemplo', /no dot/],
  ['suporte@localhost', /no dot/],
  ['suporte@.exemplo.br', /after the "@"/],
  ['suporte@exemplo..br', /after the "@"/],
  ['suporte@exemplo.br.', /after the "@"/],
  ['suporte@-exemplo.br', /after the "@"/],
  ['suporte@exemplo-.br', /after the "@"/],
  ['suporte@exemplo_a.br', /after the "@"/],
  ['suporte@192.0.2.1', /after the "@"/],
  ['suporte@[192.0.2.1]', /after the "@"/],
  [`suporte@${'b'.repeat(64)}.br`, /after the "@"/],
  ['suporte@exemplo.br>', /after the "@"/],
  ['.suporte@exemplo.br', /before the "@"/],
  ['suporte.@exemplo.br', /before the "@"/],
  ['su..porte@exemplo.br', /before the "@"/],
  ['su porte@exemplo.br', /before the "@"/],
  ['a@b@exemplo.br', /before the "@"/],
  ['a@b.br,c@d.br', /before the "@"/],
  ['a@b.br; c@d.br', /before the "@"/],
  ['Suporte <suporte@exemplo.br>', /before the "@"/],
  ['mailto:suporte@exemplo.br', /before the "@"/],
  ['"suporte"@exemplo.br', /before the "@"/],
  ['su(porte)@exemplo.br', /before the "@"/],
  ['atenção@exemplo.br', /before the "@"/],
  ['suporte\0@exemplo.br', /U\+0000 NULL at character 8/],
  ['suporte\r\nBcc:x@exemplo.br', /U\+000D CARRIAGE RETURN/],
  ['suporte@licitação.gov.br', /xn--licitao-2wa9a\.gov\.br/],
  ['suporte@exemplo.br\n', /white space/],
  [' suporte@exemplo.br', /white space/],
  [`${'a'.repeat(65)}@exemplo.br`, /64 characters/],
  [`a@${'b.'.repeat(126)}br`, /254 characters/],
]

describe('an e-mail address is accepted:', () => {
  for (const email of accepted) {
    test(`The e-mail address ${email} is accepted`, () => {
      assert.deepEqual(verdicts({ email }), [])
    })
  }
})

describe('an e-mail address is refused:', () => {
  for (const [email, says] of refused) {
    test(`The e-mail address ${JSON.stringify(email).slice(0, 50)} is refused`, () => {
      assert.deepEqual(verdicts({ email }), ['error email CONTATO_EMAIL_INVALIDO'])
      assert.match(judge({ email })[0]?.message ?? '', says)
    })
  }

  test('A missing e-mail address is refused with the code of the PSC', () => {
    assert.deepEqual(verdicts({ email: undefined }), ['error email CONTATO_EMAIL_INVALIDO'])
    assert.deepEqual(verdicts({ email: null }), ['error email CONTATO_EMAIL_INVALIDO'])
  })

  test('An e-mail address of another type is refused with a code of ours', () => {
    assert.deepEqual(verdicts({ email: 1 }), ['error email ERR_PSC_TYPE'])
    assert.deepEqual(verdicts({ email: ['a@b.br'] }), ['error email ERR_PSC_TYPE'])
  })
})
