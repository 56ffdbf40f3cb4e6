import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEmail } from '../../emulator/judge/email.ts'

test('An e-mail address has a local part and a domain of two labels or more', () => {
  for (const address of [
    'suporte@aplicacao-exemplo.com',
    'a.b+c@exemplo.gov.br',
    "o'neil@exemplo.com",
    'x@xn--agncia-jva.br',
    'x@agência.br',
    `${'a'.repeat(64)}@exemplo.com`,
  ]) {
    assert.ok(isEmail(address), address)
  }
})

test('Other texts are not e-mail addresses', () => {
  for (const address of [
    '',
    'suporte',
    '@exemplo.com',
    'suporte@',
    'suporte@exemplo',
    'a@b@exemplo.com',
    '.a@exemplo.com',
    'a.@exemplo.com',
    'a..b@exemplo.com',
    'a b@exemplo.com',
    'a@exemplo .com',
    'a@exemplo..com',
    'a@exemplo.com.',
    'a@-exemplo.com',
    'a@exemplo-.com',
    'a@192.0.2.7',
    'a@exemplo.com\n',
    'Suporte <a@exemplo.com>',
    'a@exemplo.com,b@exemplo.com',
    `${'a'.repeat(65)}@exemplo.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.com`,
  ]) {
    assert.ok(!isEmail(address), address)
  }
})
