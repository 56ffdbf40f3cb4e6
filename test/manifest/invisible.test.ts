import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { check, complaints, manifestOf } from './support.ts'

const sound = manifestOf()

/** Replaces the indentation of the lines from a number on, counted from 1. */
function indent(from: number, spaces: string, by: string): string {
  return sound
    .split('\n')
    .map((line, index) => (index + 1 >= from ? line.replace(new RegExp(`^${spaces}`), by) : line))
    .join('\n')
}

describe('indentation', () => {
  const odd: readonly (readonly [yaml: string, place: RegExp])[] = [
    [indent(2, '  ', '\u00A0\u00A0'), /^2:1 error : .*U\+00A0 NO-BREAK SPACE, and 8 more/],
    [indent(3, '    ', '  \u00A0\u00A0'), /^3:3 error : .*U\+00A0 NO-BREAK SPACE/],
    [sound.replace('    name:', '    \u200Bname:'), /^6:5 error : .*U\+200B ZERO WIDTH SPACE/],
    [sound.replace('    name:', '\u3000\u3000name:'), /^6:1 error : .*U\+3000 IDEOGRAPHIC SPACE/],
    [`\uFEFF\uFEFF${sound}`, /^1:1 error : .*U\+FEFF/],
    [
      manifestOf({ redirectUris: '\n    \u00A0 - https://portal.exemplo.gov.br/callback' }),
      /^10:5 error : .*U\+00A0/,
    ],
  ]
  for (const [yaml, place] of odd) {
    test(`Indentation with a character that looks like a space is one error: ${place.source}`, () => {
      const found = complaints(yaml)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', place)
      assert.match(found[0] ?? '', /\[ERR_PSC_YAML\]$/)
    })
  }

  const separators: readonly (readonly [yaml: string, place: RegExp])[] = [
    [sound.replace('psc: neoid', 'psc:\u00A0neoid'), /^3:9 .*U\+00A0 NO-BREAK SPACE/],
    [sound.replace('psc: neoid', 'psc:\u200Bneoid'), /^3:9 .*U\+200B ZERO WIDTH SPACE/],
    [sound.replace('psc: neoid', 'psc： neoid'), /^3:8 .*U\+FF1A FULLWIDTH COLON/],
    [
      manifestOf({ redirectUris: '\n    -\u00A0https://portal.exemplo.gov.br/callback' }),
      /^10:6 .*U\+00A0 NO-BREAK SPACE/,
    ],
  ]
  for (const [yaml, place] of separators) {
    test(`A character that looks like a separator is one error: ${place.source}`, () => {
      const found = complaints(yaml)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', place)
    })
  }

  test('Indentation with tabs is one error, however many lines have one', () => {
    const found = complaints(indent(2, '  ', '\t'))
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0] ?? '', /^2:1 error : .*tab/)
  })

  test('A line of a text may begin with such a character', () => {
    for (const comments of ['|\n      Um\n      \u00A0 dois', '"Um\n      \u00A0 dois"']) {
      const errors = check(manifestOf({ comments })).problems.filter(
        ({ severity }) => severity === 'error',
      )
      assert.deepEqual(errors, [])
    }
  })
})

describe('a value', () => {
  const values: readonly (readonly [change: Record<string, string>, problem: RegExp])[] = [
    [{ clientId: '"64e587fa\u00A0"' }, /clientId: .*U\+00A0 NO-BREAK SPACE at character 9/],
    [{ psc: 'neoid\u200B' }, /psc: .*U\+200B ZERO WIDTH SPACE at character 6\. Did you mean neoid/],
    [{ psc: 'neoid\u00A0' }, /psc: .*U\+00A0 NO-BREAK SPACE at character 6/],
    [{ certificate: 'portal\u00A0' }, /certificate: .*U\+00A0|certificate: .*is empty/],
    [{ preflight: 'auto\u00A0' }, /preflight: .*U\+00A0 NO-BREAK SPACE at character 5/],
    [{ clientId: '«64e587fa»' }, /clientId: .*U\+00AB LEFT-POINTING DOUBLE ANGLE/],
    [{ email: 'sup\u200Dorte@exemplo.gov.br' }, /email: .*U\+200D ZERO WIDTH JOINER/],
    [
      { redirectUris: '[https://portal.exemplo.gov.br/call\uFE0Fback]' },
      /redirectUris\.0: .*U\+FE0F VARIATION SELECTOR-16 at character 35/,
    ],
    [{ clientId: '64e\u200B587fa' }, /clientId: .*U\+200B ZERO WIDTH SPACE at character 4/],
    [{ clientId: '“64e587fa”' }, /clientId: .*U\+201C LEFT DOUBLE QUOTATION MARK at character 1/],
    [{ clientId: '64e–587fa' }, /clientId: .*U\+2013 EN DASH at character 4/],
    [{ clientSecret: '{ env: PORTAL\u200B_SECRET }' }, /clientSecret\.env: .*U\+200B/],
    [{ clientSecret: '{ env: “PORTAL_SECRET” }' }, /clientSecret\.env: .*U\+201C/],
    [{ name: 'Portal\u00A0do Cidadão' }, /warning .*name: .*U\+00A0 NO-BREAK SPACE at character 7/],
    [{ name: 'Portal\uFEFF do Cidadão' }, /warning .*name: .*U\+FEFF .* at character 7/],
    [{ comments: 'Assinatura\u200B' }, /warning .*comments: .*U\+200B/],
    [{ email: 'suporte@exemplo.gov.br\u200B' }, /email: .*U\+200B ZERO WIDTH SPACE/],
    [
      { redirectUris: '[https://portal.exemplo.gov.br/call\u200Bback]' },
      /redirectUris\.0: .*U\+200B ZERO WIDTH SPACE at character 35/,
    ],
    [
      { redirectUris: '[“https://portal.exemplo.gov.br/callback”]' },
      /redirectUris\.0: .*U\+201C LEFT DOUBLE QUOTATION MARK at character 1/,
    ],
    [
      { certificate: '{ hosts: [portal.exemplo.gov.br\u00AD] }' },
      /hosts\.0: .*U\+00AD SOFT HYPHEN/,
    ],
    [{ stack: 'homolog\u00A0' }, /stack: .*U\+00A0 NO-BREAK SPACE at character 8/],
    [{ stack: '“homolog”' }, /stack: .*U\+201C LEFT DOUBLE QUOTATION MARK at character 1/],
    [
      { certificate: '{ file: portal\u200B.pem }' },
      /certificate\.file: .*U\+200B ZERO WIDTH SPACE at character 7/,
    ],
    [
      { redirectUris: '["https://portal.exemplo.gov.br/\u00A0"]' },
      /redirectUris\.0: .*U\+00A0 NO-BREAK SPACE at character 31/,
    ],
    [{ name: '“Portal do Cidadão”' }, /warning .*name: .*typographic quotes.*\[WARN_PSC_QUOTES\]/],
    [{ comments: '«Assinatura»' }, /warning .*comments: .*typographic quotes/],
    [{ 'stack\u200B': 'x' }, /unknown key .*U\+200B ZERO WIDTH SPACE at character 6/],
  ]
  for (const [change, problem] of values) {
    test(`A value or a key with ${inspect(Object.values(change)[0])} names the character`, () => {
      const found = complaints(manifestOf(change)).join('\n')
      assert.match(found, problem)
    })
  }
})
