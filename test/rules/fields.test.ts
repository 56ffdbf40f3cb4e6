import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Code } from '../../provider/codes.ts'
import { judge, soundClient, verdicts } from './support/judge.ts'

test('A correct client has no problem', () => {
  assert.deepEqual(verdicts({}), [])
})

test('All problems are reported at once, field by field', () => {
  const changes = {
    certificate: { hosts: [] },
    redirectUris: [],
    email: '',
    comments: '',
    name: '',
    clientSecret: '',
    clientId: '',
  }
  assert.deepEqual(verdicts(changes), [
    'error clientId ERR_PSC_MISSING',
    'error clientSecret ERR_PSC_MISSING',
    'error name ERR_PSC_MISSING',
    'error comments ERR_PSC_MISSING',
    'error email CONTATO_EMAIL_INVALIDO',
    'error redirectUris PELO_MENOS_UMA_REDIRECT_URI',
    'error certificate.hosts ERR_PSC_MISSING',
  ])
})

type Row = readonly [why: string, value: unknown, code?: Code]

const texts: readonly Row[] = [
  ['a text', 'Portal do Cidadão (homologação) – nº 2 / "A&B"'],
  ['an emoji of several characters', 'Portal 👩‍💻'],
  ['255 characters', 'ã'.repeat(255)],
  ['255 astral characters', '😀'.repeat(255)],
  ['nothing', '', 'ERR_PSC_MISSING'],
  ['spaces alone', '  ', 'ERR_PSC_MISSING'],
  ['a no-break space alone', '\u00A0', 'ERR_PSC_MISSING'],
  ['a null character', 'a\0b', 'ERR_PSC_CHARACTER'],
  ['an escape character', 'a\u001b[31mb', 'ERR_PSC_CHARACTER'],
  ['a delete character', 'a\u007Fb', 'ERR_PSC_CHARACTER'],
  ['a control character of C1', 'a\u009Bb', 'ERR_PSC_CHARACTER'],
  ['a line separator', 'a\u2028b', 'ERR_PSC_CHARACTER'],
  ['half a character', 'a\uD800b', 'ERR_PSC_CHARACTER'],
  ['a leading space', ' Portal', 'WARN_PSC_WHITE_SPACE'],
  ['a trailing space', 'Portal ', 'WARN_PSC_WHITE_SPACE'],
  ['a zero-width space', 'Por\u200Btal', 'WARN_PSC_INVISIBLE_CHARACTER'],
  ['a change of direction', 'Portal \u202Elatrop', 'WARN_PSC_INVISIBLE_CHARACTER'],
  ['a byte order mark inside', 'Por\uFEFFtal', 'WARN_PSC_INVISIBLE_CHARACTER'],
  ['undefined', undefined, 'ERR_PSC_MISSING'],
  ['null', null, 'ERR_PSC_MISSING'],
  ['a number', 42, 'ERR_PSC_TYPE'],
  ['a truth value', true, 'ERR_PSC_TYPE'],
  ['a list', ['Portal'], 'ERR_PSC_TYPE'],
  ['an object', { text: 'Portal' }, 'ERR_PSC_TYPE'],
]

const clientIds: readonly Row[] = [
  ['a UUID', '64e587fa-4f30-487d-96f0-44e6b14ff620'],
  ['every printable sign of ASCII', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ['255 characters', 'a'.repeat(255)],
  ['256 characters', 'a'.repeat(256), 'ERR_PSC_TOO_LONG'],
  ['a space inside', 'a b', 'ERR_PSC_CHARACTER'],
  ['a trailing space', 'a ', 'ERR_PSC_CHARACTER'],
  ['a trailing line break', 'a\n', 'ERR_PSC_CHARACTER'],
  ['a tab', 'a\tb', 'ERR_PSC_CHARACTER'],
  ['a no-break space', 'a\u00A0b', 'ERR_PSC_CHARACTER'],
  ['a letter with an accent', 'cidadão', 'ERR_PSC_CHARACTER'],
  ['a null character', 'a\0', 'ERR_PSC_CHARACTER'],
  ['a zero-width space', 'a\u200Bb', 'ERR_PSC_CHARACTER'],
  ['quotes around it', '"64e587fa"', 'ERR_PSC_CHARACTER'],
  ['a comma at its end', '64e587fa,', 'ERR_PSC_CHARACTER'],
  ['its key', 'client_id=64e587fa', 'ERR_PSC_CHARACTER'],
  ['a comma inside', '64e587fa,1'],
  ['half a character', '\uDC00', 'ERR_PSC_CHARACTER'],
  ['nothing', '', 'ERR_PSC_MISSING'],
  ['spaces alone', ' ', 'ERR_PSC_MISSING'],
  ['undefined', undefined, 'ERR_PSC_MISSING'],
  ['a number', 64, 'ERR_PSC_TYPE'],
]

const fields: readonly (readonly [field: keyof typeof soundClient, rows: readonly Row[]])[] = [
  ['clientId', clientIds],
  [
    'name',
    [
      ...texts,
      ['256 characters', 'a'.repeat(256), 'ERR_PSC_TOO_LONG'],
      ['a line break', 'a\nb', 'ERR_PSC_CHARACTER'],
      ['a tab', 'a\tb', 'ERR_PSC_CHARACTER'],
    ],
  ],
  [
    'comments',
    [
      ...texts,
      ['4,000 characters', 'a'.repeat(4000)],
      ['4,001 characters', 'a'.repeat(4001), 'ERR_PSC_TOO_LONG'],
      ['a line break', 'a\nb', 'WARN_PSC_LINE_BREAK'],
      ['a line break at the end, as YAML has it', 'a\n', 'WARN_PSC_WHITE_SPACE'],
      ['a CRLF and a tab', 'a\r\n\tb', 'WARN_PSC_LINE_BREAK'],
    ],
  ],
]

for (const [field, rows] of fields) {
  describe(`${field} with`, () => {
    for (const [why, value, code] of rows) {
      test(`The field ${field} with ${why} is ${code ?? 'accepted'}`, () => {
        const severity = code?.startsWith('WARN') === true ? 'warning' : 'error'
        const expected = code === undefined ? [] : [`${severity} ${field} ${code}`]
        assert.deepEqual(verdicts({ [field]: value }), expected)
      })
    }

    test('A problem of a wrong type names the expected and the given type', () => {
      assert.match(judge({ [field]: 42 })[0]?.message ?? '', /must be a string and is a number/)
      assert.match(judge({ [field]: [] })[0]?.message ?? '', /must be a string and is a list/)
      assert.match(judge({ [field]: undefined })[0]?.message ?? '', /missing/)
    })
  })
}

test('A problem of a long value names its length', () => {
  const [problem] = judge({ name: '😀'.repeat(300) })
  assert.match(problem?.message ?? '', /300 characters.*255/)
})
