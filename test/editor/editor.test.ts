import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { manifestJsonSchema } from '../../provider/manifest/json-schema.ts'
import { LanguageServer } from './language-server.ts'

const pscs = ['standard', 'neoid', 'serproid', 'vidaas', 'birdid', 'vaultid', 'safeid']

/** A client with other lines for some of its fields. */
function client(lines: Readonly<Record<string, string | undefined>> = {}): string {
  const fields: Readonly<Record<string, string | undefined>> = {
    psc: 'neoid',
    clientId: 'a',
    clientSecret: '{ env: A }',
    name: 'A',
    comments: 'B',
    email: 'a@b.br',
    redirectUris: '[https://a.br/]',
    certificate: 'portal',
    ...lines,
  }
  const text = Object.entries(fields).map(([name, value]) =>
    value === undefined ? [] : [`    ${name}: ${value}`],
  )
  return [
    'certificates:',
    '  portal: { file: portal.pem }',
    'clients:',
    '  portal:',
    ...text.flat(),
  ]
    .join('\n')
    .concat('\n')
}

/** A client that is just being written: the text ends where the cursor is. */
const begun = (text: string): string => `${client({ certificate: undefined })}${text}`

/** A place in a manifest, `|`, and what an editor must offer there. */
const offered: Readonly<Record<string, [text: string, offers: readonly string[]]>> = {
  'the sections of a manifest': [
    '# comment\n\n|',
    ['pscs', 'certificates', 'clients', 'credentials'],
  ],
  'the fields of a client that are not there yet': [begun('    |'), ['certificate', 'preflight']],
  'the forms of a reference to a secret': [
    begun('    previousClientSecret:\n      |'),
    ['env', 'file', 'config'],
  ],
  'the forms of a certificate in a client': [
    begun('    certificate:\n      |'),
    ['file', 'pem', 'hosts'],
  ],
  'the forms of a certificate in braces': [
    begun('    certificate: { f| }'),
    ['file', 'pem', 'hosts'],
  ],
  'the forms of a certificate of its own': [
    'certificates:\n  portal:\n    |',
    ['file', 'pem', 'hosts'],
  ],
  'the known PSCs': ['clients:\n  portal:\n    psc: |', pscs],
  'the known issuers': ['credentials:\n  a:\n    issuer: |', ['motor-rce', ...pscs]],
  'the values of preflight': [begun('    preflight: |'), ['auto', 'required', '"off"']],
  'the PSCs to extend': ['pscs:\n  a:\n    extends: |', pscs],
  'the fields of a profile': ['pscs:\n  a:\n    |', ['baseUrl', 'environment', 'rotates']],
  'the values of a flag': ['pscs:\n  a:\n    rotates: |', ['true', 'false']],
}

/** A mistake, the line that an editor underlines, and words that its message must have. */
const mistakes: Readonly<Record<string, [text: string, line: number, words: RegExp]>> = {
  'an unknown PSC': [client({ psc: 'neoidd' }), 5, /"neoid"/],
  'an unknown issuer': [
    'credentials:\n  a: { issuer: neo, clientId: b, clientSecret: { env: C } }\n',
    2,
    /"neoid"/,
  ],
  'a key of a certificate that is not there': [
    client().split('\n').slice(2).join('\n'),
    10,
    /type/,
  ],
  'an unknown form of a secret': [
    client({ clientSecret: '{ environment: A }' }),
    7,
    /environment is not allowed/,
  ],
  'two forms of a secret': [client({ clientSecret: '{ env: A, file: b }' }), 7, /not allowed/],
  'an unknown form of a certificate': [client({ certificate: '{ pfx: a }' }), 12, /pfx/],
  'a wrong e-mail address': [client({ email: 'nobody' }), 10, /name@domain/],
  'http in a redirect URI': [client({ redirectUris: '[http://a.br/]' }), 11, /https:\/\//],
  'a fragment in a redirect URI': [client({ redirectUris: "['https://a.br/#']" }), 11, /fragment/],
  'no redirect URI': [client({ redirectUris: '[]' }), 11, /1 or more/],
  'an empty name': [client({ name: '""' }), 8, /empty/],
  'a space in a client id': [client({ clientId: '"a b"' }), 6, /without a space/],
  'a client id that YAML reads as a number': [client({ clientId: '012' }), 6, /string/],
  'an unknown field': [client({ nome: 'x' }), 13, /nome is not allowed/],
  'a missing field': [client({ comments: undefined }), 4, /"comments"/],
  'an unknown value of preflight': [client({ preflight: 'never' }), 13, /"required"/],
  'a wrong name of a stack': [client({ stack: '"a b"' }), 13, /letters, digits/],
  'a base URL that is no address': [
    `pscs: { neoid: { baseUrl: psc } }\n${client()}`,
    1,
    /Begin with https:/,
  ],
  'a manifest without clients': ['certificates: {}\n', 1, /clients/],
}

/** Manifests that an editor must leave alone. */
const sound: Readonly<Record<string, string>> = {
  'a client': client(),
  'a PSC of its own': `pscs: { minha: { extends: standard, baseUrl: https://a.br } }\n${client({ psc: 'minha' })}`,
  'a secret in place': client({ clientSecret: 'not-a-secret' }),
  'a certificate in place': client({ certificate: '{ hosts: [a.br] }' }),
  'an issuer with an address':
    'credentials:\n  a: { issuer: "https://a.br/token", clientId: b, clientSecret: { env: C } }\n',
  'an anchor and a merge': client({ clientSecret: '&s { env: A }', previousClientSecret: '*s' }),
}

describe('an editor with the schema', () => {
  let folder: string
  let editor: LanguageServer
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psc-editor-'))
    const schema = join(folder, 'clients.schema.json')
    writeFileSync(schema, JSON.stringify(manifestJsonSchema()))
    editor = await LanguageServer.start(schema)
  })
  after(async () => {
    await editor.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  for (const [what, [text, expected]] of Object.entries(offered)) {
    it(`An editor offers ${what}`, async () => {
      const offers = await editor.offers(text)
      assert.deepEqual(
        expected.filter((label) => !offers.includes(label)),
        [],
        `offered: ${offers.join(', ')}`,
      )
    })
  }

  for (const [what, [text, line, words]] of Object.entries(mistakes)) {
    it(`An editor underlines ${what} and says what is expected`, async () => {
      const seen = await editor.mistakes(text)
      const there = seen.filter((mistake) => mistake.startsWith(`${line}: `))
      assert.ok(
        there.some((mistake) => words.test(mistake)),
        seen.join('\n'),
      )
      assert.deepEqual(
        seen.filter((mistake) => !there.includes(mistake)),
        [],
      )
    })
  }

  for (const [what, text] of Object.entries(sound)) {
    it(`An editor underlines nothing in ${what}`, async () => {
      assert.deepEqual(await editor.mistakes(text), [])
    })
  }

  it('An editor explains a field where the mouse rests on it', async () => {
    assert.match(await editor.explains(client().replace('redirectUris', 'redirect|Uris')), /SERPRO/)
  })
})
