import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeRedirectUri } from '../../emulator/index.ts'

const names = [
  'portal.exemplo.gov.br',
  '*.servicos.exemplo.gov.br',
  'xn--agncia-jva.exemplo.gov.br',
  '192.0.2.7',
  '2001:db8::7',
]

const taken = [
  'https://portal.exemplo.gov.br',
  'https://portal.exemplo.gov.br/',
  'https://portal.exemplo.gov.br/callback/certificado_nuvem',
  'https://portal.exemplo.gov.br:8443/callback?x=1&y=%C3%A9',
  'https://portal.exemplo.gov.br:/callback',
  'HTTPS://PORTAL.Exemplo.Gov.BR/callback',
  'https://portal.exemplo.gov.br./callback',
  'https://a.servicos.exemplo.gov.br/callback',
  'https://A.SERVICOS.exemplo.gov.br/callback',
  'https://xn--po-sia.servicos.exemplo.gov.br/',
  'https://agência.exemplo.gov.br/',
  'https://AGÊNCIA.exemplo.gov.br/',
  'https://xn--agncia-jva.exemplo.gov.br/',
  'https://portal.exemplo.gov.br/ação',
  "https://portal.exemplo.gov.br/a;b=c/(d)!*'~",
  'https://192.0.2.7/callback',
  'https://[2001:db8::7]/callback',
  'https://[2001:0DB8:0:0:0:0:0:7]:443/callback',
]

const invalid = [
  '',
  ' ',
  'callback',
  '/callback',
  '//portal.exemplo.gov.br/callback',
  'portal.exemplo.gov.br/callback',
  'https:',
  'https:portal.exemplo.gov.br',
  'https:/portal.exemplo.gov.br',
  'https://',
  'https:///callback',
  'https://:443/callback',
  'https://portal.exemplo.gov.br/#',
  'https://portal.exemplo.gov.br/#token',
  'http://portal.exemplo.gov.br/#token',
  'https://pessoa@portal.exemplo.gov.br/',
  'https://pessoa:x@portal.exemplo.gov.br/',
  'https://portal.exemplo.gov.br@outro.exemplo.com/',
  'https://*.servicos.exemplo.gov.br/',
  'https://portal.exemplo.gov.br:99999/',
  'https://portal.exemplo.gov.br:8a/',
  'https://portal..exemplo.gov.br/',
  'https://.exemplo.gov.br/',
  'https://portal.exemplo.gov.br../',
  'https://portal exemplo.gov.br/',
  'https://portal%2eexemplo.gov.br/',
  'https://portal.exemplo.gov.br/a b',
  'https://portal.exemplo.gov.br/%zz',
  'https://portal.exemplo.gov.br/<script>',
  'https://portal.exemplo.gov.br\\@outro.exemplo.com/',
  'https://portal.exemplo.gov.br/\n',
  ' https://portal.exemplo.gov.br/',
  'https://portal.exemplo.gov.br/\u2028',
  'https://192.0.2.256/',
  'https://192.0.2/',
  'https://0xc0.0.2.7/',
  'https://192.0.2.0x7/',
  'https://portal.0x/',
  'https://192.0.02.7/',
  'https://[2001:db8::7/',
  'https://[::1::2]/',
  'https://[1:2:3:4:5:6:7::8]/',
  'https://[1:2:3:4:5:6:7]/',
  'https://[192.0.2.7::]/',
  'https://[::192.0.2.7:1]/',
  'https://[192.0.2.7]/',
  'https://[v1.a]/',
]

const notHttps = [
  'http://portal.exemplo.gov.br/',
  'http://outro.exemplo.com/',
  'ftp://portal.exemplo.gov.br/',
  'push://portal.exemplo.gov.br/',
  'javascript:alert(1)',
  'urn:ietf:wg:oauth:2.0:oob',
  'br.gov.exemplo:/callback',
]

const outside = [
  'https://exemplo.gov.br/',
  'https://outro.exemplo.gov.br/',
  'https://portal.exemplo.gov.br.outro.com/',
  'https://xportal.exemplo.gov.br/',
  'https://servicos.exemplo.gov.br/',
  'https://a.b.servicos.exemplo.gov.br/',
  'https://agencia.exemplo.gov.br/',
  'https://192.0.2.8/',
  'https://[2001:db8::8]/',
  'https://localhost/',
]

const verdicts = [
  [invalid, 'URI_INVALIDA', 'URI inválida: '],
  [notHttps, 'URI_HTTPS_OBRIGATORIO', 'O protocolo da URI deve ser https: '],
  [
    outside,
    'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    'URI não deriva do conjunto de subject alternative names do certificado: ',
  ],
] as const

describe('a redirect URI', () => {
  for (const uri of taken) {
    test(`The emulator accepts the redirect URI ${uri}`, () => {
      assert.equal(judgeRedirectUri(uri, names), undefined)
    })
  }

  for (const [uris, code, msg] of verdicts) {
    for (const uri of uris) {
      test(`The emulator refuses the redirect URI ${JSON.stringify(uri)} with ${code}`, () => {
        assert.deepEqual(judgeRedirectUri(uri, names), { code, msg: msg + uri })
      })
    }
  }
})

describe('a name of a certificate', () => {
  const covers = (name: string, host: string): boolean =>
    judgeRedirectUri(`https://${host}/`, [name]) === undefined

  /** RFC 6125, section 6.4.3, and RFC 9525, section 6.3, with their own examples. */
  const table = [
    ['*.example.com', 'foo.example.com', true],
    ['*.example.com', 'bar.foo.example.com', false],
    ['*.example.com', 'example.com', false],
    ['baz*.example.net', 'baz1.example.net', false],
    ['*baz.example.net', 'foobaz.example.net', false],
    ['b*z.example.net', 'buzz.example.net', false],
    ['foo.*.example.com', 'foo.bar.example.com', false],
    ['*.*.example.com', 'a.b.example.com', false],
    ['xn--*.example.com', 'xn--a.example.com', false],
    ['*.com', 'example.com', false],
    ['*.br', 'exemplo.br', false],
    ['*', 'localhost', false],
    ['*.', 'localhost', false],
    ['', 'localhost', false],
    ['localhost', 'localhost', true],
    ['EXAMPLE.com', 'example.COM', true],
    ['example.com.', 'example.com', true],
    ['example.com', 'example.com.', true],
    ['agência.exemplo.br', 'xn--agncia-jva.exemplo.br', true],
    ['*.agência.exemplo.br', 'a.xn--agncia-jva.exemplo.br', true],
    ['my_host.example.com', 'my_host.example.com', true],
    ['*.0.2.7', '192.0.2.7', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['2001:DB8:0:0:0:0:0:7', '[2001:db8::7]', true],
    ['::ffff:192.0.2.7', '[::ffff:c000:207]', true],
    ['::ffff:192.0.2.7', '192.0.2.7', false],
    ['::', '[0:0:0:0:0:0:0:0]', true],
    ['1:2:3:4:5:6:7::', '[1:2:3:4:5:6:7:0]', true],
    ['192.0.2.7', 'a192.0.2.7.example', false],
  ] as const

  for (const [name, host, expected] of table) {
    test(`The name ${JSON.stringify(name)} ${expected ? 'covers' : 'does not cover'} ${host}`, () => {
      assert.equal(covers(name, host), expected)
    })
  }

  test('The names of a certificate accept a URI if one of them covers the host', () => {
    assert.equal(judgeRedirectUri('https://b.example/', ['a.example', 'b.example']), undefined)
    assert.equal(
      judgeRedirectUri('https://b.example/', [])?.code,
      'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    )
  })

  test('The emulator judges very long URIs', () => {
    const long = `https://${'a.'.repeat(50_000)}example.com/`
    assert.equal(judgeRedirectUri(long, names)?.code, 'URI_INVALIDA')
    assert.equal(
      judgeRedirectUri(`https://${'a'.repeat(64)}.example.com/`, names)?.code,
      'URI_INVALIDA',
    )
    const path = `https://portal.exemplo.gov.br/${'%20'.repeat(50_000)}`
    assert.equal(judgeRedirectUri(path, names), undefined)
  })
})
