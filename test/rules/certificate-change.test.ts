import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { validateCertificateRenewal } from '../../provider/rules/certificate-rules.ts'

const uris = ['https://portal.exemplo.gov.br/', 'https://api.exemplo.gov.br/']

function renew(from: readonly string[], to: readonly string[], redirectUris: unknown[] = uris) {
  return validateCertificateRenewal(from, to, redirectUris)
}

describe('a renewed certificate', () => {
  test('with the same names, in whatever order and form, has nothing to be told', () => {
    const before = ['portal.exemplo.gov.br', '*.exemplo.gov.br', 'licitação.gov.br', '2001:db8::1']
    const after = [
      '2001:DB8::0:1',
      'xn--licitao-2wa9a.gov.br',
      '*.EXEMPLO.gov.br.',
      before[0] ?? '',
    ]
    assert.deepEqual(renew(before, after), [])
  })

  test('with fewer names, or names that a wildcard covered, has nothing to be told', () => {
    assert.deepEqual(renew(['a.example', '*.exemplo.gov.br'], ['api.exemplo.gov.br']), [])
  })

  test('with a new name is told once that the PSC judges by the first certificate', () => {
    const problems = renew(['portal.exemplo.gov.br'], ['portal.exemplo.gov.br', 'a.org', 'b.org'])
    assert.equal(problems.length, 1)
    assert.equal(problems[0]?.severity, 'warning')
    assert.deepEqual(problems[0].path, ['certificate'])
    assert.match(problems[0].message, /"a\.org" and "b\.org"/)
    assert.match(problems[0].message, /decides by the certificate of the registration/)
    assert.doesNotMatch(problems[0].message, /redirectUris/)
  })

  test('with a name for a declared URI is told which URI depends on it', () => {
    const [problem] = renew(
      ['portal.exemplo.gov.br'],
      ['portal.exemplo.gov.br', '*.exemplo.gov.br'],
    )
    assert.match(problem?.message ?? '', /will probably refuse redirectUris\[1\]/)
    assert.doesNotMatch(problem?.message ?? '', /redirectUris\[0\]/)
  })

  test('with a wildcard in place of its names is told of the wildcard', () => {
    const problems = renew(['portal.exemplo.gov.br', 'api.exemplo.gov.br'], ['*.exemplo.gov.br'])
    assert.match(problems[0]?.message ?? '', /"\*\.exemplo\.gov\.br"/)
  })

  test('with names that cover nothing has nothing to be told', () => {
    assert.deepEqual(renew(['a.org'], ['a.org', '*.br', 'a*.org', '', 'DNS:192.0.2.1']), [])
  })

  test('of a declaration that is wrong or not known yet is judged all the same', () => {
    assert.equal(renew(['a.org'], ['b.org'], ['', 'x', 1, null, Symbol('x'), 'https://']).length, 1)
    assert.equal(renew([], ['b.org']).length, 1)
    assert.deepEqual(renew([], []), [])
  })
})
