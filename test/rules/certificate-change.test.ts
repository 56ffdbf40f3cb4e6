import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { validateCertificateRenewal } from '../../provider/rules/certificate-rules.ts'

const uris = ['https://portal.exemplo.gov.br/', 'https://api.exemplo.gov.br/']

function renew(from: readonly string[], to: readonly string[], redirectUris: unknown[] = uris) {
  return validateCertificateRenewal(from, to, redirectUris)
}

describe('a renewed certificate', () => {
  test('A renewed certificate with the same names gets no warning, in any order and form', () => {
    const before = ['portal.exemplo.gov.br', '*.exemplo.gov.br', 'licitação.gov.br', '2001:db8::1']
    const after = [
      '2001:DB8::0:1',
      'xn--licitao-2wa9a.gov.br',
      '*.EXEMPLO.gov.br.',
      before[0] ?? '',
    ]
    assert.deepEqual(renew(before, after), [])
  })

  test('A renewed certificate with fewer or covered names gets no warning', () => {
    assert.deepEqual(renew(['a.example', '*.exemplo.gov.br'], ['api.exemplo.gov.br']), [])
  })

  test('A renewed certificate with a new name warns that the PSC judges by the first certificate', () => {
    const problems = renew(['portal.exemplo.gov.br'], ['portal.exemplo.gov.br', 'a.org', 'b.org'])
    assert.equal(problems.length, 1)
    assert.equal(problems[0]?.severity, 'warning')
    assert.deepEqual(problems[0].path, ['certificate'])
    assert.match(problems[0].message, /"a\.org" and "b\.org"/)
    assert.match(problems[0].message, /decides by the certificate of the registration/)
    assert.doesNotMatch(problems[0].message, /redirectUris/)
  })

  test('A renewed certificate with a name for a declared URI warns which URI depends on it', () => {
    const [problem] = renew(
      ['portal.exemplo.gov.br'],
      ['portal.exemplo.gov.br', '*.exemplo.gov.br'],
    )
    assert.match(problem?.message ?? '', /will probably refuse redirectUris\[1\]/)
    assert.doesNotMatch(problem?.message ?? '', /redirectUris\[0\]/)
  })

  test('A renewed certificate with a wildcard in place of its names warns about the wildcard', () => {
    const problems = renew(['portal.exemplo.gov.br', 'api.exemplo.gov.br'], ['*.exemplo.gov.br'])
    assert.match(problems[0]?.message ?? '', /"\*\.exemplo\.gov\.br"/)
  })

  test('A renewed certificate with names that cover nothing gets no warning', () => {
    assert.deepEqual(renew(['a.org'], ['a.org', '*.br', 'a*.org', '', 'DNS:192.0.2.1']), [])
  })

  test('A renewed certificate gets its warning even if the declaration is wrong or unknown', () => {
    assert.equal(renew(['a.org'], ['b.org'], ['', 'x', 1, null, Symbol('x'), 'https://']).length, 1)
    assert.equal(renew([], ['b.org']).length, 1)
    assert.deepEqual(renew([], []), [])
  })
})
