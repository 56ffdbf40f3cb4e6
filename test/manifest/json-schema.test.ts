import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parse } from 'yaml'
import { manifestJsonSchema } from '../../provider/manifest/json-schema.ts'
import { check, manifestOf, soundEntry } from './support.ts'

/** Annotations that are no keywords of JSON Schema. */
const keywords = ['patternErrorMessage']
const validate = new Ajv2020({ strict: true, allErrors: true, keywords }).compile(
  manifestJsonSchema(),
)

/** As an editor reads it. */
function accepts(yaml: string): boolean {
  return validate(parse(yaml, { merge: true }) as unknown)
}

const designExample = `
pscs:                                   # optional
  neoid: { baseUrl: http://127.0.0.1:8080/psc/v0/oauth }
certificates:
  portal: { file: portal.pem }          # or pem: | …   or hosts: [portal.exemplo.gov.br, '*.exemplo.gov.br']
clients:
  portal:
    psc: neoid
    clientId: 64e587fa-4f30-487d-96f0-44e6b14ff620
    clientSecret: { env: PORTAL_SECRET }   # or { file: … } or { config: portalSecret }
    name: Portal do Cidadão
    comments: Assinatura de requerimentos
    email: suporte@exemplo.gov.br
    redirectUris:
      - https://portal.exemplo.gov.br/callback
    certificate: portal                 # a key of certificates, or the same object inline
credentials:
  motor-rce:
    issuer: motor-rce
    authBaseUrl: https://auth.exemplo.com.br
    clientId: motor-rce
    clientSecret: { env: MOTOR_RCE_SECRET }
`

describe('the JSON Schema accepts', () => {
  test('The JSON Schema accepts the example of the design', () => {
    assert.ok(accepts(designExample), JSON.stringify(validate.errors))
  })

  test('The JSON Schema accepts the manifest of the examples', () => {
    const file = new URL('../../examples/manifest/clients.yaml', import.meta.url)
    assert.ok(accepts(readFileSync(file, 'utf8')), JSON.stringify(validate.errors))
  })

  test('The JSON Schema accepts a key at the top that begins with x-, and no other unknown key', () => {
    assert.ok(accepts(`x-padrao: { a: b }\n${manifestOf()}`), JSON.stringify(validate.errors))
    assert.equal(accepts(`padrao: { a: b }\n${manifestOf()}`), false)
  })

  test('The JSON Schema accepts every form of a secret and of a certificate', () => {
    for (const clientSecret of ['{ env: A }', '{ file: a }', '{ config: a }', 'not-a-secret']) {
      assert.ok(accepts(manifestOf({ clientSecret })), clientSecret)
    }
    for (const certificate of ['portal', '{ file: a }', '{ hosts: [a.br] }']) {
      const certificates = 'certificates: { portal: { file: a } }\n'
      assert.ok(accepts(certificates + manifestOf({ certificate })), certificate)
    }
  })
})

describe('the JSON Schema refuses', () => {
  const wrong: Readonly<Record<string, string>> = {
    'an empty manifest': '{}',
    'a manifest without clients and credentials': 'certificates: {}',
    'an unknown section': `${manifestOf()}client: {}`,
    'an unknown field': manifestOf({ nome: 'x' }),
    'a number for a client id': manifestOf({ clientId: '012' }),
    'a client id with a space': manifestOf({ clientId: 'a b' }),
    'an empty name': manifestOf({ name: '""' }),
    'a name of spaces': manifestOf({ name: '"  "' }),
    'a name that is too long': manifestOf({ name: 'x'.repeat(256) }),
    'no e-mail address': manifestOf({ email: 'suporte' }),
    'an e-mail address without a dot in its domain': manifestOf({ email: 'a@b' }),
    http: manifestOf({ redirectUris: '[http://portal.exemplo.gov.br/]' }),
    'a fragment': manifestOf({ redirectUris: "['https://portal.exemplo.gov.br/#']" }),
    'a wildcard': manifestOf({ redirectUris: "['https://*.exemplo.gov.br/']" }),
    'no redirect URI': manifestOf({ redirectUris: '[]' }),
    'one redirect URI twice': manifestOf({ redirectUris: '[https://a.br, https://a.br]' }),
    'a redirect URI that is no list': manifestOf({ redirectUris: 'https://a.br' }),
    'an empty secret': manifestOf({ clientSecret: '""' }),
    'no form of a secret': manifestOf({ clientSecret: '{}' }),
    'two forms of a secret': manifestOf({ clientSecret: '{ env: A, file: a }' }),
    'an unknown form of a secret': manifestOf({ clientSecret: '{ environment: A }' }),
    'an empty list of hosts': manifestOf({ certificate: '{ hosts: [] }' }),
    'two forms of a certificate': manifestOf({ certificate: '{ hosts: [a.br], file: a }' }),
    'a word that preflight does not have': manifestOf({ preflight: 'never' }),
    'a base URL that is none': `pscs: { neoid: { baseUrl: psc } }\n${manifestOf()}`,
    'an unknown PSC to extend': `pscs: { a: { extends: neo } }\n${manifestOf()}`,
    'motor-rce without its address':
      'credentials: { a: { issuer: motor-rce, clientId: b, clientSecret: { env: C } } }',
    'an address for a PSC':
      'credentials: { a: { issuer: neoid, authBaseUrl: https://a.br, clientId: b, clientSecret: { env: C } } }',
    ...Object.fromEntries(
      // Whether a certificate is needed depends on the PSC, which may be defined anywhere.
      Object.keys(soundEntry)
        .filter((field) => field !== 'certificate')
        .map((field) => [`no ${field}`, manifestOf({ [field]: undefined })]),
    ),
  }
  for (const [name, yaml] of Object.entries(wrong)) {
    test(`The JSON Schema refuses ${name}`, () => {
      assert.equal(accepts(yaml), false)
      // An editor is never stricter than the command.
      assert.equal(check(yaml).build, undefined)
    })
  }
})

/** Values that are odd, many of which are right all the same. */
const oddities: Readonly<
  Record<keyof typeof soundEntry | 'preflight', readonly (string | undefined)[]>
> = {
  psc: ['neoid', 'serproid', 'vidaas', 'birdid', 'standard', 'minha', 'x'],
  clientId: ['a', '"!~"', '"é"', `"${'x'.repeat(255)}"`, `"${'x'.repeat(256)}"`, '"12"', '" a"'],
  clientSecret: [
    '{ env: a-b }',
    '{ env: "a=b" }',
    '{ env: " A " }',
    '{ file: " " }',
    '{ file: ../a b }',
    '{ config: "psc:a" }',
    '" s "',
    '"\\n"',
  ],
  name: [
    '"ç"',
    '" x "',
    '"\\u00A0"',
    '"a\\u200Bb"',
    `"${'é'.repeat(255)}"`,
    `"${'😀'.repeat(200)}"`,
  ],
  comments: ['"a\\nb"', '" "', '"\\u3000x"', `"${'x'.repeat(4000)}"`, '"\\t"'],
  email: [
    "o'neil+x@a.br",
    '"a.b@exemplo.gov.br"',
    'a@exemplo',
    '"a@b@c.br"',
    'a@-b.br',
    'a@xn--bcher-kva.example',
    '"é@a.br"',
    `${'x'.repeat(64)}@a.br`,
    '{}~!#$@a.br'.replace(/^/, '"').replace(/$/, '"'),
  ],
  redirectUris: [
    'HTTPS://portal.exemplo.gov.br/',
    'https://PORTAL.exemplo.gov.br:443/a/../b?x=y&z',
    'https://portal.exemplo.gov.br.',
    'https://portal.exemplo.gov.br/é ü',
    'https://portal.exemplo.gov.br/%2A',
    'https:/portal.exemplo.gov.br/',
    'https:portal.exemplo.gov.br',
    'https://user@portal.exemplo.gov.br/',
    'https://portal.exemplo.gov.br?a#',
    'https://127.0.0.1/',
    'https://[::1]:8443/',
    ' https://portal.exemplo.gov.br/',
    'https://a.portal.exemplo.gov.br/*',
    'http://LOCALHOST:3000/callback',
    'http://127.0.0.1/a?b',
    'http://[::1]:8080/',
    'http://portal.exemplo.gov.br/',
    'push://portal',
    'Push://portal',
  ].map((uri) => `[${JSON.stringify(uri)}]`),
  certificate: [
    '{ hosts: [portal.exemplo.gov.br, 127.0.0.1, "::1"] }',
    '{ hosts: ["*.exemplo.gov.br"] }',
    '{ hosts: [" "] }',
    'portal',
    'outro',
    undefined,
  ],
  preflight: ['auto', 'required', 'off', 'on'],
}

test('The JSON Schema accepts what psc lint accepts', () => {
  const fields = Object.entries(oddities).map(([field, values]) =>
    fc.record({ field: fc.constant(field), value: fc.constantFrom(...values) }),
  )
  const prefix =
    'certificates: { portal: { hosts: [portal.exemplo.gov.br] } }\npscs: { minha: { extends: standard, baseUrl: HTTPS://a.br/ } }\n'
  let accepted = 0
  fc.assert(
    fc.property(fc.array(fc.oneof(...fields), { maxLength: 3 }), (changes) => {
      const yaml =
        prefix + manifestOf(Object.fromEntries(changes.map(({ field, value }) => [field, value])))
      if (check(yaml).build === undefined) return
      accepted += 1
      assert.ok(accepts(yaml), `${yaml}\n${JSON.stringify(validate.errors)}`)
    }),
    { numRuns: 1000 },
  )
  assert.ok(accepted > 200, `only ${accepted} of the manifests were accepted`)
})
