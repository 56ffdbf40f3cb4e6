import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCertificate } from '../../provider/rules/certificate.ts'
import { createPem } from './support/certificate.ts'
import { judge, verdicts } from './support/judge.ts'

const covering = 'portal.exemplo.gov.br'

function hostVerdict(host: unknown): string[] {
  return verdicts({ certificate: { hosts: [covering, host] } })
}

describe('a declared name of a certificate', () => {
  const sound = [
    'exemplo.gov.br',
    '*.exemplo.gov.br',
    'EXEMPLO.gov.br',
    'exemplo.gov.br.',
    'localhost',
    'meu_portal.exemplo.gov.br',
    'licitação.exemplo.gov.br',
    'xn--licitao-2wa9a.exemplo.gov.br',
    '*.licitação.gov.br',
    `${'a'.repeat(63)}.br`,
    '192.0.2.1',
    '2001:db8::1',
    '[2001:db8::1]',
    '::ffff:192.0.2.1',
  ]
  for (const host of sound) {
    test(`A declared name of a certificate may be ${host}`, () => {
      assert.deepEqual(hostVerdict(host), [])
    })
  }

  const wrong: readonly (readonly [host: unknown, says: RegExp])[] = [
    ['', /is empty/],
    [' ', /U\+0020 SPACE/],
    ['a b.example', /U\+0020 SPACE at character 2/],
    ['a.example\n', /U\+000A LINE FEED/],
    ['*', /not the whole left-most label/],
    ['*.br', /whole top-level domain/],
    ['*.br.', /whole top-level domain/],
    ['a*.exemplo.gov.br', /not the whole left-most label/],
    ['*a.exemplo.gov.br', /not the whole left-most label/],
    ['a.*.exemplo.gov.br', /not the whole left-most label/],
    ['*.*.gov.br', /not the whole left-most label/],
    ['https://exemplo.gov.br', /is a URL/],
    ['exemplo.gov.br/callback', /slash/],
    ['10.0.0.0/8', /slash/],
    ['exemplo.gov.br:443', /port/],
    ['DNS:exemplo.gov.br', /begins with its type/],
    ['IP Address:192.0.2.1', /begins with its type/],
    ['suporte@exemplo.gov.br', /e-mail/],
    ['fe80::1%eth0', /zone/],
    ['192.0.2', /ends in a number/],
    ['192.0.2.256', /ends in a number/],
    ['0x7f.1', /ends in a number/],
    ['a.example.1', /ends in a number/],
    ['*.0.2.1', /ends in a number/],
    ['[192.0.2.1]', /not a DNS name/],
    ['-a.example', /not a DNS name/],
    ['a-.example', /not a DNS name/],
    ['a..example', /not a DNS name/],
    ['.example', /not a DNS name/],
    ['.', /not a DNS name/],
    ['a%2Eexample', /not a DNS name/],
    ['a,b.example', /not a DNS name/],
    [`${'a'.repeat(64)}.br`, /not a DNS name/],
    [`${'a.'.repeat(126)}br`, /not a DNS name/],
    [1, /must be a string and is a number/],
    [null, /is missing/],
    [['a.example'], /must be a string and is a list/],
  ]
  for (const [host, says] of wrong) {
    test(`A declared name of a certificate must not be ${JSON.stringify(host).slice(0, 40)}: ${says.source}`, () => {
      const code =
        host === null
          ? 'ERR_PSC_MISSING'
          : typeof host === 'string'
            ? 'ERR_PSC_CERTIFICATE_NAME'
            : 'ERR_PSC_TYPE'
      assert.deepEqual(hostVerdict(host), [`error certificate.hosts[1] ${code}`])
      const [problem] = judge({ certificate: { hosts: [covering, host] } })
      assert.match(problem?.message ?? '', says)
    })
  }

  test('A wildcard over a whole registry gets a warning and covers as in Node.js', () => {
    for (const host of ['*.com.br', '*.gov.br', '*.co.uk']) {
      assert.deepEqual(hostVerdict(host), [
        'warning certificate.hosts[1] WARN_PSC_CERTIFICATE_NAME',
      ])
    }
    assert.deepEqual(hostVerdict('*.exemplo.com.br'), [])
    assert.deepEqual(hostVerdict('*.pr.gov.br'), [])
  })
})

describe('a certificate', () => {
  test('A certificate must be an object with a list of names', () => {
    for (const certificate of ['portal', 1, true, ['portal.exemplo.gov.br']]) {
      assert.deepEqual(verdicts({ certificate }), ['error certificate ERR_PSC_TYPE'])
    }
    for (const hosts of ['portal.exemplo.gov.br', {}]) {
      const expected = ['error certificate.hosts ERR_PSC_TYPE']
      assert.deepEqual(verdicts({ certificate: { hosts } }), expected)
    }
    for (const nothing of [undefined, null]) {
      const expected = ['error certificate ERR_PSC_MISSING']
      assert.deepEqual(verdicts({ certificate: nothing }), expected)
    }
    for (const hosts of [undefined, null, []]) {
      const expected = ['error certificate.hosts ERR_PSC_MISSING']
      assert.deepEqual(verdicts({ certificate: { hosts } }), expected)
    }
  })

  test('A wrong name of a certificate leaves the other names to judge the redirect URIs', () => {
    const certificate = { hosts: ['*.br', 'a.example'] }
    assert.deepEqual(verdicts({ certificate, redirectUris: ['https://exemplo.br/'] }), [
      'error redirectUris[0] URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
      'error certificate.hosts[0] ERR_PSC_CERTIFICATE_NAME',
    ])
  })

  test('A certificate from a file gets warnings for names that its owner cannot correct', () => {
    const dns = [covering, 'a*.exemplo.gov.br', '*.br', '192.0.2.1', 'a.b, DNS:c.d', 'x\ny.br', '']
    const certificate = readCertificate(createPem({ dns, notAfter: '2027-01-01T00:00:00Z' }))
    assert.deepEqual(verdicts({ certificate }), [
      'warning certificate.hosts[1] WARN_PSC_CERTIFICATE_NAME',
      'warning certificate.hosts[2] WARN_PSC_CERTIFICATE_NAME',
      'warning certificate.hosts[3] WARN_PSC_CERTIFICATE_NAME',
      'warning certificate.hosts[4] WARN_PSC_CERTIFICATE_NAME',
      'warning certificate.hosts[5] WARN_PSC_CERTIFICATE_NAME',
      'warning certificate.hosts[6] WARN_PSC_CERTIFICATE_NAME',
    ])
    const uris = [
      'https://ab.exemplo.gov.br/',
      'https://x.br/',
      'https://192.0.2.1/',
      'https://c.d/',
    ]
    const codes = judge({ certificate, redirectUris: uris })
      .filter(({ severity }) => severity === 'error')
      .map(({ path, code }) => `${path.join('.')} ${code}`)
    assert.deepEqual(
      codes,
      uris.map((_, i) => `redirectUris.${i} URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO`),
    )
  })
})

describe('the dates of a certificate', () => {
  const now = new Date('2026-06-15T12:00:00Z')
  const table: readonly (readonly [from: string, to: string, says: string | undefined])[] = [
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', undefined],
    ['2026-01-01T00:00:00Z', '2026-07-15T12:00:01Z', undefined],
    ['2026-01-01T00:00:00Z', '2026-07-15T12:00:00Z', 'expires on 2026-07-15, in 30 days'],
    ['2026-01-01T00:00:00Z', '2026-06-17T11:00:00Z', 'expires on 2026-06-17, in 1 day.'],
    ['2026-01-01T00:00:00Z', '2026-06-16T11:59:59Z', 'expires on 2026-06-16, in less than a day'],
    ['2026-01-01T00:00:00Z', '2026-06-15T12:00:00Z', 'expires on 2026-06-15, in less than a day'],
    ['2026-01-01T00:00:00Z', '2026-06-15T11:59:59Z', 'expired on 2026-06-15, less than a day ago'],
    ['2025-01-01T00:00:00Z', '2026-06-05T12:00:00Z', 'expired on 2026-06-05, 10 days ago'],
    ['2026-06-15T12:00:00Z', '2027-01-01T00:00:00Z', undefined],
    ['2026-06-20T12:00:00Z', '2027-01-01T00:00:00Z', 'is not valid before 2026-06-20, in 5 days'],
  ]
  for (const [notBefore, notAfter, says] of table) {
    test(`The dates of a certificate, ${notBefore} to ${notAfter}, give ${says ?? 'no warning'}`, () => {
      const certificate = readCertificate(createPem({ dns: [covering], notBefore, notAfter }))
      const problems = judge({ certificate }, { now })
      assert.equal(problems.length, says === undefined ? 0 : 1)
      if (says === undefined) return
      assert.equal(problems[0]?.severity, 'warning')
      assert.deepEqual(problems[0].path, ['certificate'])
      assert.ok(problems[0].message.includes(says), problems[0].message)
    })
  }

  test('The dates of a certificate are compared with the configured number of days', () => {
    const certificate = { hosts: [covering], notAfter: '2026-07-25T12:00:00Z' }
    const count = (days: number) =>
      judge({ certificate }, { now, certificateExpiryWarningDays: days }).length
    assert.equal(count(39), 0)
    assert.equal(count(40), 1)
    assert.equal(count(0), 0)
    assert.equal(count(NaN), 0)
  })

  test('The dates of a certificate may be missing or unknown, and must be dates', () => {
    assert.deepEqual(verdicts({ certificate: { hosts: [covering], notAfter: undefined } }), [])
    for (const date of ['', '1', 'amanhã', '2026-13-01', '31/12/2026', 20261231, null, {}]) {
      assert.deepEqual(
        verdicts({ certificate: { hosts: [covering], notAfter: date, notBefore: date } }),
        [
          'error certificate.notBefore ERR_PSC_CERTIFICATE_DATE',
          'error certificate.notAfter ERR_PSC_CERTIFICATE_DATE',
        ],
      )
    }
    for (const date of ['2026-12-31', '2026-12-31T10:00Z', '2026-12-31T10:00:00.000-03:00']) {
      assert.deepEqual(verdicts({ certificate: { hosts: [covering], notAfter: date } }), [])
    }
  })
})
