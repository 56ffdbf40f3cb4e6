import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, verdicts } from './support/judge.ts'

const uri = 'https://portal.exemplo.gov.br/callback'
const outside = 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'

function messageFor(changes: Readonly<Record<string, unknown>>): string {
  const [problem] = judge(changes)
  return problem?.message ?? ''
}

describe('a list of redirect URIs', () => {
  test('A list of redirect URIs must not be empty', () => {
    const expected = ['error redirectUris PELO_MENOS_UMA_REDIRECT_URI']
    assert.deepEqual(verdicts({ redirectUris: [] }), expected)
    assert.deepEqual(verdicts({ redirectUris: undefined }), expected)
    assert.deepEqual(verdicts({ redirectUris: null }), expected)
  })

  test('The redirect URIs must be a list', () => {
    assert.deepEqual(verdicts({ redirectUris: uri }), ['error redirectUris ERR_PSC_TYPE'])
    assert.match(messageFor({ redirectUris: uri }), /must be a list of strings and is a string/)
    assert.deepEqual(verdicts({ redirectUris: { 0: uri } }), ['error redirectUris ERR_PSC_TYPE'])
    assert.deepEqual(verdicts({ redirectUris: 1 }), ['error redirectUris ERR_PSC_TYPE'])
  })

  test('Each redirect URI must be a string, and each is validated', () => {
    const uris = [uri, 1, null, undefined, [uri], { uri }, true, 'http://portal.exemplo.gov.br/']
    assert.deepEqual(verdicts({ redirectUris: uris }), [
      'error redirectUris[1] ERR_PSC_TYPE',
      'error redirectUris[2] ERR_PSC_MISSING',
      'error redirectUris[3] ERR_PSC_MISSING',
      'error redirectUris[4] ERR_PSC_TYPE',
      'error redirectUris[5] ERR_PSC_TYPE',
      'error redirectUris[6] ERR_PSC_TYPE',
      'error redirectUris[7] URI_HTTPS_OBRIGATORIO',
    ])
  })

  test('A list of redirect URIs must have no holes', () => {
    const holed = [uri, uri + '2']
    // eslint-disable-next-line @typescript-eslint/no-array-delete
    delete holed[0]
    assert.deepEqual(verdicts({ redirectUris: holed }), ['error redirectUris[0] ERR_PSC_MISSING'])
  })

  test('A repeated redirect URI is refused at the later place, with the index of the earlier one', () => {
    const uris = [uri, 'https://portal.exemplo.gov.br/2', uri, uri]
    assert.deepEqual(verdicts({ redirectUris: uris }), [
      'error redirectUris[2] ERR_PSC_URI_REPEATED',
      'error redirectUris[3] ERR_PSC_URI_REPEATED',
    ])
    assert.match(messageFor({ redirectUris: uris }), /equals redirectUris\[0\]/)
  })

  test('Two forms of one redirect URI get a warning, because a PSC compares them exactly', () => {
    const uris = [uri, 'https://portal.exemplo.gov.br/a/../callback']
    assert.deepEqual(verdicts({ redirectUris: uris }), [
      'warning redirectUris[1] WARN_PSC_URI_NORMAL_FORM',
      'warning redirectUris[1] WARN_PSC_URI_REPEATED',
    ])
    assert.match(
      judge({ redirectUris: uris })[1]?.message ?? '',
      /redirectUris\[0\] in another form/,
    )
  })

  test('Redirect URIs may differ only in the port or in the case of the path', () => {
    const uris = [uri, 'https://portal.exemplo.gov.br:8443/callback', uri.replace('call', 'Call')]
    assert.deepEqual(verdicts({ redirectUris: uris }), [])
  })

  test('Each of 1,000 redirect URIs is compared with each other', () => {
    const uris = Array.from({ length: 1000 }, (_, i) => `https://portal.exemplo.gov.br/${i}`)
    assert.deepEqual(verdicts({ redirectUris: uris }), [])
    assert.deepEqual(verdicts({ redirectUris: [...uris, uris[500]] }), [
      'error redirectUris[1000] ERR_PSC_URI_REPEATED',
    ])
  })
})

describe('the message about a host outside the certificate', () => {
  test("The message about an uncovered host names the host, the certificate's names and the nearest", () => {
    const message = messageFor({
      redirectUris: ['https://potal.exemplo.gov.br/'],
      certificate: { hosts: ['outro.org', 'portal.exemplo.gov.br', '192.0.2.1'] },
    })
    assert.ok(message.includes('the host "potal.exemplo.gov.br"'), message)
    assert.ok(message.includes('"outro.org", "portal.exemplo.gov.br" and "192.0.2.1"'), message)
    assert.ok(message.includes('the nearest is "portal.exemplo.gov.br"'), message)
  })

  test('The message about an uncovered host names ten of 2,000 names, the number of the others and the nearest', () => {
    const hosts = Array.from({ length: 2000 }, (_, i) => `h${i}.exemplo.gov.br`)
    const message = messageFor({
      redirectUris: ['https://h1777x.exemplo.gov.br/'],
      certificate: { hosts },
    })
    assert.ok(message.includes('"h9.exemplo.gov.br" and 1990 more'), message)
    assert.ok(!message.includes('"h10.exemplo.gov.br"'), message)
    assert.ok(message.includes('the nearest is "h1777.exemplo.gov.br"'), message)
  })

  test('The message about an uncovered host says what a too short wildcard covers', () => {
    for (const host of ['a.b.exemplo.gov.br', 'exemplo.gov.br']) {
      const message = messageFor({ redirectUris: [`https://${host}/`] })
      assert.match(message, /in "\*\.exemplo\.gov\.br" the "\*" stands for exactly one label/)
    }
    const other = messageFor({ redirectUris: ['https://outro.org/'] })
    assert.doesNotMatch(other, /stands for/)
  })

  test('The message about an uncovered IP address compares it with IP addresses alone', () => {
    const hosts = ['a192.0.2.7.example', '198.51.100.1', '192.0.2.77']
    const message = messageFor({ redirectUris: ['https://192.0.2.7/'], certificate: { hosts } })
    assert.match(message, /^the IP address "192\.0\.2\.7"/)
    assert.match(message, /the nearest is "192\.0\.2\.77"/)
  })

  test('The message about an uncovered host names both certificates if the previous one covered it', () => {
    const changes = { redirectUris: [uri], certificate: { hosts: ['novo.exemplo.gov.br'] } }
    const [problem] = judge(changes, { previousHosts: ['*.exemplo.gov.br'] })
    assert.equal(problem?.code, outside)
    assert.match(problem.message, /"portal\.exemplo\.gov\.br" is no longer covered/)
    assert.match(problem.message, /the certificate that it replaces covers it/)
    const [without] = judge(changes, { previousHosts: ['outro.exemplo.gov.br'] })
    assert.doesNotMatch(without?.message ?? '', /no longer|replaces/)
  })

  test('The message about an uncovered host is safe to print, whatever the names contain', () => {
    const hosts = ['\u001b[31mred', 'a\nb', '"quoted"', '\u202Ertl', 'x'.repeat(500)]
    const message = messageFor({ redirectUris: ['https://a.example/'], certificate: { hosts } })
    assert.doesNotMatch(message, /\p{C}/u)
    assert.ok(message.length < 1000, message)
  })
})

describe('IP addresses in redirect URIs', () => {
  const hosts = ['192.0.2.1', '2001:db8::1', 'portal.exemplo.gov.br']
  const table: readonly (readonly [uri: string, covered: boolean])[] = [
    ['https://192.0.2.1/', true],
    ['https://192.0.2.2/', false],
    ['https://[2001:db8::1]/', true],
    ['https://[2001:db8::2]/', false],
    ['https://[::ffff:192.0.2.1]/', false],
  ]
  for (const [address, covered] of table) {
    test(`The IP address ${address} is ${covered ? 'covered by that very address' : 'not covered'}`, () => {
      const codes = judge({ redirectUris: [address], certificate: { hosts } }).map((p) => p.code)
      assert.equal(!codes.includes(outside), covered)
    })
  }

  test('Another spelling of a covered IP address is accepted with a warning', () => {
    for (const other of [
      'https://[2001:DB8:0::1]/',
      'https://0xC0.0.2.1/',
      'https://3221225985/',
    ]) {
      const found = verdicts({ redirectUris: [other], certificate: { hosts } })
      assert.deepEqual(found, ['warning redirectUris[0] WARN_PSC_URI_NORMAL_FORM'])
    }
  })
})
