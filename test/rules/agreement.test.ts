import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { judgeRedirectUri } from '../../emulator/judge/redirect-uri.ts'
import { judge } from './support/judge.ts'

/** What the rules say of one redirect URI, and what the emulator says, which knows only the documents. */
function compare(uri: string, hosts: readonly string[]) {
  const problems = judge({ redirectUris: [uri], certificate: { hosts } }).filter(
    ({ path }) => path[0] === 'redirectUris',
  )
  const errors = problems.filter(({ severity }) => severity === 'error')
  return { problems, errors, refusal: judgeRedirectUri(uri, hosts) }
}

/** The rules only warn, because the text is a URL; the emulator reads RFC 3986 to the letter. */
const acceptedWithWarning: readonly (readonly [why: string, applies: (uri: string) => boolean])[] =
  [
    [
      'holds characters that RFC 3986 wants escaped, or a "%" that escapes nothing',
      (uri) => !/^(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\da-f]{2}|\P{ASCII})*$/iu.test(afterHost(uri)),
    ],
    [
      'holds a private or unassigned character, which the URL standard escapes or drops',
      (uri) => /\p{Co}|\p{Cn}/u.test(uri),
    ],
    [
      'has an escape in its host, which the URL standard decodes',
      (uri) => hostOf(uri).includes('%'),
    ],
    [
      'has a sign of ASCII in its host, which the URL standard composes with the mark after it',
      (uri) => /[!-,/:-@[-^`{-~]\p{M}/u.test(uri),
    ],
    [
      'has an IPv4 address in odd numbers, which the URL standard reads',
      (uri) => /^[\da-fx.]+$/i.test(hostOf(uri)) && URL.parse(uri)?.hostname !== hostOf(uri),
    ],
  ]

/** The documents say nothing of these; the rules refuse them as mistakes or as traps. */
const refusedByRulesAlone: readonly (readonly [why: string, applies: (uri: string) => boolean])[] =
  [
    ['has a wildcard, which no PSC is known to expand', (uri) => uri.includes('*')],
    [
      'has a host label with a hyphen at an end, which RFC 1123 forbids',
      (uri) => /(?:^|\.)-|-(?:\.|$)/.test(hostOf(uri)),
    ],
    [
      'has a typographic quote or dash, a variation selector, or a blank letter',
      (uri) =>
        /[\u034F\u115F\u1160\u2800\u3164\uFFA0\u00AB\u00B4\u00BB\u2010-\u201F\u2026\u2032\u2033\u2212\uFE00-\uFE0F\uFFFD\u{E0100}-\u{E01EF}]/u.test(
          uri,
        ),
    ],
    ['is longer than 8,000 bytes', (uri) => Buffer.byteLength(uri) > 8000],
  ]

const differences = [...acceptedWithWarning, ...refusedByRulesAlone]

/** Neither https nor sound: the documents do not say which comes first. */
function wrongTwice(uri: string): boolean {
  return !/^https:\/\//i.test(uri)
}

/** The host, with full-width and other compatible characters as the URL standard maps them. */
function hostOf(uri: string): string {
  const host = /^[^:]*:\/\/(?:[^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)/.exec(uri)?.[1] ?? ''
  return host.normalize('NFKC')
}

function afterHost(uri: string): string {
  return /^[^:]*:\/\/[^/?#]*(.*)$/s.exec(uri)?.[1] ?? uri
}

const names = fc.constantFrom(
  'portal.exemplo.gov.br',
  '*.exemplo.gov.br',
  'Exemplo.gov.br',
  '*.com.br',
  'xn--caf-dma.com.br',
  '*.café.com.br',
  'a_b.example',
  'intranet',
  '192.0.2.1',
  '2001:db8::1',
)

const label = fc.constantFrom('a', 'PORTAL', 'xn--caf-dma', 'café', 'a_b', '-a', 'b-', '1', 'a.b')

const strange = fc.oneof(
  fc.constantFrom('192.0.2.2', '0xC0.0.2.1', '3221225985', '[2001:DB8:0::1]', '[::1]', 'localhost'),
  fc.constantFrom('%70ortal.exemplo.gov.br', 'a..b', '', '.', '[::', '*', 'org', '*.com.br'),
)

/** Mostly what is sound, sometimes one of the others. */
function mostly(sound: string, ...others: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(sound) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
}

/** Hosts that the name covers, mostly. */
function hostFor(name: string): fc.Arbitrary<string> {
  const literal = name.includes(':') ? `[${name}]` : name
  const filled = label.map((text) => literal.replace('*', text))
  const dotted = filled.map((text) => `${text}.`)
  const longer = fc.tuple(label, filled).map((parts) => parts.join('.'))
  return fc.oneof({ weight: 7, arbitrary: filled }, dotted, longer, strange)
}

const piece = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '/callback',
    '/a/../b',
    '/.',
    '/%2e%2E/',
    '/%41',
    '/ç',
    '/😀',
    '/@',
    '//',
  ),
  fc.constantFrom('/callback', '?', '?a=b', '?a=b&c', "?'", '/:', '/%C3%A7', '/~', '/...', '/a?b'),
  fc.constantFrom(
    '/%zz',
    '/a%',
    '/a b',
    '?[]',
    '/*',
    '/|',
    '/\\',
    '?\\',
    '"',
    '/\u2003',
    '/\u00AD',
  ),
  fc.string({ unit: 'grapheme', maxLength: 2 }),
)

function uriFor(name: string): fc.Arbitrary<string> {
  const built = fc
    .tuple(
      mostly('https://', 'HTTPS://', 'http://', 'https:', 'https:/', 'htp://'),
      mostly('', 'u@', 'u:p@', '@'),
      hostFor(name),
      mostly('', ':443', ':8443', ':', ':0', ':65536', ':a', ':-1'),
      fc.constantFrom('', '/'),
      fc.array(piece, { maxLength: 2 }),
      mostly('', '#', '#a'),
    )
    .map((parts) => parts.flat().join(''))
  const put = fc.oneof(fc.constant(''), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
  // One character more, or one less.
  const disturbed = fc
    .tuple(built, fc.nat(60), put)
    .map(([uri, at, text]) => uri.slice(0, at) + text + uri.slice(at + (text === '' ? 1 : 0)))
  return fc.oneof(built, built, disturbed)
}

const certificateAndUri = fc
  .array(names, { minLength: 1, maxLength: 4 })
  .chain((hosts) => fc.tuple(fc.constant(hosts), uriFor(hosts[0] ?? '')))

describe('the rules and the emulator agree on redirect URIs', () => {
  test('The rules and the emulator agree on generated certificates and URIs, except for the listed differences', () => {
    const count = { accepted: 0, refused: 0, apart: 0 }
    fc.assert(
      fc.property(certificateAndUri, ([hosts, uri]) => {
        const { problems, errors, refusal } = compare(uri, hosts)
        const shown = `${JSON.stringify(uri)} with ${JSON.stringify(hosts)}: ${JSON.stringify({ problems, refusal })}`
        if (errors.length === 0 && refusal === undefined) count.accepted += 1
        else if (errors.length > 0 && refusal !== undefined) {
          count.refused += 1
          // A refusal has the code of the PSC, or is one for which the documents have none.
          const same = errors.some(
            ({ code }) => code === refusal.code || code.startsWith('ERR_PSC_'),
          )
          assert.ok(same || wrongTwice(uri) || differences.some(([, is]) => is(uri)), shown)
        } else {
          count.apart += 1
          const list = refusal === undefined ? refusedByRulesAlone : acceptedWithWarning
          assert.ok(
            list.some(([, applies]) => applies(uri)),
            shown,
          )
        }
        // What is accepted without a word is accepted by both, without any exception.
        if (problems.length === 0) assert.equal(refusal, undefined, shown)
      }),
      { numRuns: 6000 },
    )
    assert.ok(Math.min(count.accepted, count.refused, count.apart) > 100, JSON.stringify(count))
  })
})

const portal = ['portal.exemplo.gov.br', '192.0.2.1', '*.exemplo.gov.br']

const examples: readonly (readonly [uri: string, difference: RegExp])[] = [
  ['https://portal.exemplo.gov.br/a b', /wants escaped/],
  ['https://portal.exemplo.gov.br/100%', /wants escaped/],
  ['https://portal.exemplo.gov.br/[a]', /wants escaped/],
  ['https://portal.exemplo.gov.br/a\uE000b', /private/],
  ['https://portal.exemplo.gov.br/a\u2013b', /typographic/],
  ['https://%70ortal.exemplo.gov.br/', /escape in its host/],
  ['https://a=\u0338b.exemplo.gov.br/', /sign of ASCII in its host/],
  ['https://0xC0.0.2.1/', /odd numbers/],
  ['https://portal.exemplo.gov.br/*', /wildcard/],
  ['https://-a.exemplo.gov.br/', /hyphen/],
  ['https://\uFF0Da.exemplo.gov.br/', /hyphen/],
  [`https://portal.exemplo.gov.br/${'a'.repeat(8000)}`, /8,000/],
]

describe('the rules and the emulator differ', () => {
  for (const [uri, difference] of examples) {
    test(`The rules and the emulator differ where a URI ${difference.source}, as in ${uri.slice(0, 50)}`, () => {
      const { problems, errors, refusal } = compare(uri, portal)
      assert.equal(errors.length > 0, refusal === undefined)
      assert.ok(problems.length > 0)
      const list = refusal === undefined ? refusedByRulesAlone : acceptedWithWarning
      const reasons = list.filter(([, applies]) => applies(uri)).map(([why]) => why)
      assert.ok(
        reasons.some((why) => difference.test(why)),
        reasons.join(),
      )
    })
  }
})
