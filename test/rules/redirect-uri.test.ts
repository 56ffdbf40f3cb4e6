import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, verdicts } from './support/judge.ts'

/** How each verdict reads for the only redirect URI. */
const invalid = 'error redirectUris[0] URI_INVALIDA'
const notHttps = 'error redirectUris[0] URI_HTTPS_OBRIGATORIO'
const outside = 'error redirectUris[0] URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'
const fragment = 'error redirectUris[0] ERR_PSC_URI_FRAGMENT'
const user = 'error redirectUris[0] ERR_PSC_URI_USER_INFO'
const wildcard = 'error redirectUris[0] ERR_PSC_URI_WILDCARD'
const warned = 'warning redirectUris[0] WARN_PSC_URI_NORMAL_FORM'
const underscore = 'warning redirectUris[0] WARN_PSC_URI_UNDERSCORE'

const table: readonly (readonly [why: string, uri: string, ...verdict: string[]])[] = [
  ['a path', 'https://portal.exemplo.gov.br/callback'],
  ['the root', 'https://portal.exemplo.gov.br/'],
  ['a port', 'https://portal.exemplo.gov.br:8443/callback'],
  ['a query', 'https://portal.exemplo.gov.br/callback?origem=psc&x=%20'],
  ['an empty query', 'https://portal.exemplo.gov.br/callback?'],
  ['an escaped path', 'https://portal.exemplo.gov.br/a%C3%A7%C3%A3o/%2A/%23'],
  ['every sign of RFC 3986', "https://portal.exemplo.gov.br/-._~!$&'()+,;=:@/?/?:@!$(),;="],
  ['a dot in a segment', 'https://portal.exemplo.gov.br/.well-known/a..b/...'],

  ['nothing', '', invalid],
  ['a space', ' ', invalid],
  ['a word', 'callback', invalid],
  ['a path alone', '/callback', invalid],
  ['no scheme', '//portal.exemplo.gov.br/callback', invalid],
  ['no host', 'https://', invalid],
  ['no host but a port', 'https://:443/callback', invalid],
  ['no host but a query', 'https://?a', invalid],
  ['a space in the host', 'https://portal exemplo.gov.br/', invalid],
  ['a port out of range', 'https://portal.exemplo.gov.br:65536/', invalid],
  ['a port that is none', 'https://portal.exemplo.gov.br:https/', invalid],
  ['an octet out of range', 'https://256.1.1.1/', invalid],
  ['an IPv6 address without brackets', 'https://2001:db8::1/', invalid],
  ['an IPv6 address with a zone', 'https://[fe80::1%25eth0]/', invalid],
  ['an unfinished IPv6 address', 'https://[2001:db8::1/', invalid],
  ['a control character in the host', 'https://portal%00.exemplo.gov.br/', invalid],
  ['an A-label without content', 'https://xn--.exemplo.gov.br/', invalid],

  ['a leading space', ' https://portal.exemplo.gov.br/callback', invalid],
  ['a trailing space', 'https://portal.exemplo.gov.br/callback ', invalid],
  ['a trailing line break', 'https://portal.exemplo.gov.br/callback\n', invalid],
  ['a trailing no-break space', 'https://portal.exemplo.gov.br/callback\u00A0', invalid],
  ['a leading byte order mark', '\uFEFFhttps://portal.exemplo.gov.br/callback', invalid],
  ['a tab inside', 'https://portal.exemplo.gov.br/call\tback', invalid],
  ['a line break in the host', 'https://portal.\nexemplo.gov.br/callback', invalid],
  ['a null character', 'https://portal.exemplo.gov.br/\0', invalid],
  ['a control character of C1', 'https://portal.exemplo.gov.br/\u0085a', invalid],
  ['a delete character', 'https://portal.exemplo.gov.br/\u007F', invalid],
  ['half a character', 'https://portal.exemplo.gov.br/\uD83D', invalid],
  ['backslashes for slashes', 'https:\\\\portal.exemplo.gov.br\\callback', invalid],
  ['a backslash in the path', 'https://portal.exemplo.gov.br/a\\b', invalid],
  ['a backslash after the host', 'https://portal.exemplo.gov.br\\@outro.gov.br/', invalid],
  ['no slashes', 'https:portal.exemplo.gov.br/callback', invalid],
  ['one slash', 'https:/portal.exemplo.gov.br/callback', invalid],
  ['three slashes', 'https:///portal.exemplo.gov.br/callback', invalid],
  ['an empty label', 'https://portal..exemplo.gov.br/', invalid],
  ['an empty first label', 'https://.exemplo.gov.br/', invalid],
  ['two trailing dots', 'https://portal.exemplo.gov.br../', invalid],
  ['a dot for a host', 'https://./', invalid],
  ['a label of 64 letters', `https://${'a'.repeat(64)}.exemplo.gov.br/`, invalid],
  ['a host of 254 letters', `https://${'a.'.repeat(120)}exemplo.gov.br/`, invalid],
  ['a label that begins with a hyphen', 'https://-a.exemplo.gov.br/', invalid],
  ['a label that ends with a hyphen', 'https://a-.exemplo.gov.br/', invalid],
  ['8,001 bytes', `https://portal.exemplo.gov.br/${'a'.repeat(7971)}`, invalid],

  ['http', 'http://portal.exemplo.gov.br/callback', notHttps],
  ['http outside the certificate', 'http://outro.gov.br/callback', notHttps, outside],
  ['http to this machine', 'http://localhost:3000/callback', notHttps, outside],
  ['the scheme of an app', 'br.gov.exemplo.portal:/callback', notHttps],
  ['push, which a PSC adds itself', 'push://com.exemplo', notHttps],
  ['javascript', 'javascript:alert(1)', notHttps],
  ['a host and a port without a scheme', 'portal.exemplo.gov.br:8443/callback', notHttps],
  ['out of band', 'urn:ietf:wg:oauth:2.0:oob', notHttps],
  ['a scheme with a typing error', 'htps://portal.exemplo.gov.br/', notHttps],

  ['a fragment', 'https://portal.exemplo.gov.br/callback#a', fragment],
  ['an empty fragment', 'https://portal.exemplo.gov.br/callback#', fragment],
  ['a fragment after a query', 'https://portal.exemplo.gov.br/?a#b', fragment],
  ['a fragment after the host', 'https://portal.exemplo.gov.br#', fragment],
  ['a user', 'https://user@portal.exemplo.gov.br/', user],
  ['a user and a password', 'https://user:nota-secret@portal.exemplo.gov.br/', user],
  ['an empty user', 'https://@portal.exemplo.gov.br/', user],
  ['a host as the user', 'https://portal.exemplo.gov.br@outro.gov.br/', user, outside],
  ['an at sign in the path', 'https://portal.exemplo.gov.br/@a'],
  ['a wildcard for a host', 'https://*.exemplo.gov.br/callback', wildcard],
  ['a part of a label as a wildcard', 'https://port*.exemplo.gov.br/callback', wildcard],
  ['an escaped wildcard for a host', 'https://%2A.exemplo.gov.br/callback', wildcard],
  ['a wildcard in the path', 'https://portal.exemplo.gov.br/*', wildcard],
  ['a wildcard in the query', 'https://portal.exemplo.gov.br/?a=*', wildcard],
  ['http, user and fragment', 'http://u@portal.exemplo.gov.br/#', notHttps, user, fragment],

  ['another host', 'https://portal.outro.gov.br/', outside],
  ['the domain under the wildcard', 'https://exemplo.gov.br/', outside],
  ['two labels for the wildcard', 'https://a.b.exemplo.gov.br/', outside],
  ['the name as a part of another', 'https://portal.exemplo.gov.br.outro.com.br/', outside],
  ['the name as the end of another', 'https://meuportal-exemplo.gov.br/', outside],
  ['an IPv4 address', 'https://10.0.0.1/callback', outside],
  ['an IPv6 address', 'https://[2001:db8::1]/callback', outside],
  ['an IPv4 address in odd numbers', 'https://0x7f.1/callback', warned, outside],
  ['an IPv4 address as one number', 'https://2130706433/callback', warned, outside],

  ['an upper-case scheme', 'HTTPS://portal.exemplo.gov.br/', warned],
  ['an upper-case host', 'https://Portal.Exemplo.gov.br/', warned],
  ['the default port', 'https://portal.exemplo.gov.br:443/', warned],
  ['an empty port', 'https://portal.exemplo.gov.br:/', warned],
  ['a port with zeros', 'https://portal.exemplo.gov.br:08443/', warned],
  ['no path', 'https://portal.exemplo.gov.br', warned],
  ['a query without a path', 'https://portal.exemplo.gov.br?a=b', warned],
  ['dot segments', 'https://portal.exemplo.gov.br/a/../b/./c', warned],
  ['an escaped dot segment', 'https://portal.exemplo.gov.br/a/%2e%2E/b', warned],
  ['a space in the path', 'https://portal.exemplo.gov.br/a b', warned],
  ['a letter with an accent', 'https://portal.exemplo.gov.br/ação', warned],
  ['an astral character', 'https://portal.exemplo.gov.br/😀', warned],
  ['quotes and brackets', 'https://portal.exemplo.gov.br/"<{[|^`]}>', warned],
  ['an apostrophe in the query, which browsers escape', "https://portal.exemplo.gov.br/?'", warned],
  ['a percent sign alone', 'https://portal.exemplo.gov.br/100%', warned],
  ['an escape in lower case', 'https://portal.exemplo.gov.br/a%c3%a7', warned],
  ['a needless escape', 'https://portal.exemplo.gov.br/%7Ejose', warned],
  ['an escape in the host', 'https://%70ortal.exemplo.gov.br/', warned],
  ['a trailing dot', 'https://portal.exemplo.gov.br./', warned],
  ['a U-label', 'https://licitação.exemplo.gov.br/', warned],
  ['its A-label', 'https://xn--licitao-2wa9a.exemplo.gov.br/'],
  ['full-width letters', 'https://ｐortal.exemplo.gov.br/', warned],
  ['an underscore in the host', 'https://meu_portal.exemplo.gov.br/', underscore],
]

describe('a redirect URI with', () => {
  for (const [why, uri, ...verdict] of table) {
    test(`A redirect URI with ${why} is ${verdict.join(', ') || 'accepted'}`, () => {
      assert.deepEqual(verdicts({ redirectUris: [uri] }), verdict)
    })
  }
})

/** The normal forms of RFC 3986 (section 6.2.2 and 6.2.3), as the URL standard writes hosts. */
const forms: readonly (readonly [declared: string, normal: string])[] = [
  ['HTTPS://Portal.Exemplo.gov.br:443', 'https://portal.exemplo.gov.br/'],
  ['https://portal.exemplo.gov.br./x', 'https://portal.exemplo.gov.br/x'],
  ['https://portal.exemplo.gov.br:0443/', 'https://portal.exemplo.gov.br/'],
  ['https://portal.exemplo.gov.br:8443', 'https://portal.exemplo.gov.br:8443/'],
  ['https://portal.exemplo.gov.br/a/./b/../c', 'https://portal.exemplo.gov.br/a/c'],
  ['https://portal.exemplo.gov.br/ação', 'https://portal.exemplo.gov.br/a%C3%A7%C3%A3o'],
  ['https://portal.exemplo.gov.br/a%c3%a7', 'https://portal.exemplo.gov.br/a%C3%A7'],
  ['https://portal.exemplo.gov.br/%7Ejos%65', 'https://portal.exemplo.gov.br/~jose'],
  ['https://portal.exemplo.gov.br/%2f%23', 'https://portal.exemplo.gov.br/%2F%23'],
  ['https://licitação.exemplo.gov.br/', 'https://xn--licitao-2wa9a.exemplo.gov.br/'],
]

describe('the warning about the normal form', () => {
  for (const [declared, normal] of forms) {
    test(`The warning about the normal form of ${declared} names ${normal}`, () => {
      const [problem, ...more] = judge({ redirectUris: [declared] })
      assert.deepEqual(more, [])
      assert.equal(problem?.severity, 'warning')
      assert.ok(problem.message.includes(`"${normal}"`), problem.message)
    })
  }

  test('The warning about the normal form says whether browsers change the URI, as the URL standard has it', () => {
    const host = 'https://portal.exemplo.gov.br'
    for (const kept of [`${host}/%41`, `${host}./a`]) {
      assert.match(judge({ redirectUris: [kept] })[0]?.message ?? '', /Browsers leave it so/, kept)
    }
    for (const changed of [`${host}:443/`, `${host}/a/../b`, 'https://PORTAL.exemplo.gov.br/']) {
      assert.match(
        judge({ redirectUris: [changed] })[0]?.message ?? '',
        /and browsers and libraries/,
        changed,
      )
    }
  })

  test('The warning about the normal form says that a strict server refuses what RFC 3986 wants escaped', () => {
    const [accent] = judge({ redirectUris: ['https://portal.exemplo.gov.br/ação'] })
    const [dots] = judge({ redirectUris: ['https://portal.exemplo.gov.br/a/../b'] })
    assert.match(accent?.message ?? '', /URI_INVALIDA/)
    assert.doesNotMatch(dots?.message ?? '', /URI_INVALIDA/)
  })
})

/** ASCII without what RFC 3986 (section 3.3 and 3.4) allows in a path or a query, and what ends them. */
const forbidden = ' "<>[]{}|^`'

test('A sign that RFC 3986 does not allow is named, and no escaped form of the URI is advised', () => {
  for (const sign of [...Array.from(forbidden), '%', '\\']) {
    // The backslash is an error in a path.
    const uri = `https://PORTAL.exemplo.gov.br/a?${sign}b`
    const [problem, ...more] = judge({ redirectUris: [uri] })
    assert.deepEqual(more, [], sign)
    assert.equal(problem?.severity, 'warning')
    const { message } = problem
    const named = sign === ' ' ? 'a space' : JSON.stringify(sign)
    assert.ok(message.includes(named) && message.includes('URI_INVALIDA'), message)
    assert.doesNotMatch(message, /portal/i)
  }
  const [address] = judge({ redirectUris: ['https://[2001:db8::1]/callback'] })
  assert.doesNotMatch(address?.message ?? '', /RFC 3986/)
})

describe('no message repeats', () => {
  const secret = 'not-a-secret-password'
  const texts = [
    `https://user:${secret}@portal.exemplo.gov.br/`,
    `https://user:${secret}@outro.gov.br/#`,
    `https://user:${secret}@portal exemplo.gov.br/`,
    `https://user:${secret}@portal.exemplo.gov.br:99999/`,
    `ftp://user:${secret}@portal.exemplo.gov.br/`,
    ` https://user:${secret}@portal.exemplo.gov.br/`,
    `https:user:${secret}@portal.exemplo.gov.br/`,
  ]
  for (const text of texts) {
    test(`No message repeats the password of ${JSON.stringify(text)}`, () => {
      const problems = judge({ redirectUris: [text, text] })
      assert.ok(problems.some(({ severity }) => severity === 'error'))
      assert.ok(!JSON.stringify(problems).includes(secret))
    })
  }
})
