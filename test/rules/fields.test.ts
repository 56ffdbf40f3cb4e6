import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, soundClient, verdicts } from './support/judge.ts'

test('the sound client has no problem', () => {
  assert.deepEqual(verdicts({}), [])
})

test('every problem is reported at once, field by field', () => {
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
    'error clientId',
    'error clientSecret',
    'error name',
    'error comments',
    'error email CONTATO_EMAIL_INVALIDO',
    'error redirectUris PELO_MENOS_UMA_REDIRECT_URI',
    'error certificate.hosts',
  ])
})

type Row = readonly [why: string, value: unknown, verdict?: 'error' | 'warning']

const texts: readonly Row[] = [
  ['a text', 'Portal do Cidadão (homologação) – nº 2 / "A&B"'],
  ['an emoji of several characters', 'Portal 👩‍💻'],
  ['255 characters', 'ã'.repeat(255)],
  ['255 astral characters', '😀'.repeat(255)],
  ['nothing', '', 'error'],
  ['spaces alone', '  ', 'error'],
  ['a no-break space alone', '\u00A0', 'error'],
  ['a null character', 'a\0b', 'error'],
  ['an escape character', 'a\u001b[31mb', 'error'],
  ['a delete character', 'a\u007Fb', 'error'],
  ['a control character of C1', 'a\u009Bb', 'error'],
  ['a line separator', 'a\u2028b', 'error'],
  ['half a character', 'a\uD800b', 'error'],
  ['a leading space', ' Portal', 'warning'],
  ['a trailing space', 'Portal ', 'warning'],
  ['a zero-width space', 'Por\u200Btal', 'warning'],
  ['a change of direction', 'Portal \u202Elatrop', 'warning'],
  ['a byte order mark inside', 'Por\uFEFFtal', 'warning'],
  ['undefined', undefined, 'error'],
  ['null', null, 'error'],
  ['a number', 42, 'error'],
  ['a truth value', true, 'error'],
  ['a list', ['Portal'], 'error'],
  ['an object', { text: 'Portal' }, 'error'],
]

const clientIds: readonly Row[] = [
  ['a UUID', '64e587fa-4f30-487d-96f0-44e6b14ff620'],
  ['every printable sign of ASCII', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ['255 characters', 'a'.repeat(255)],
  ['256 characters', 'a'.repeat(256), 'error'],
  ['a space inside', 'a b', 'error'],
  ['a trailing space', 'a ', 'error'],
  ['a trailing line break', 'a\n', 'error'],
  ['a tab', 'a\tb', 'error'],
  ['a no-break space', 'a\u00A0b', 'error'],
  ['a letter with an accent', 'cidadão', 'error'],
  ['a null character', 'a\0', 'error'],
  ['a zero-width space', 'a\u200Bb', 'error'],
  ['half a character', '\uDC00', 'error'],
  ['nothing', '', 'error'],
  ['spaces alone', ' ', 'error'],
  ['undefined', undefined, 'error'],
  ['a number', 64, 'error'],
]

const fields: readonly (readonly [field: keyof typeof soundClient, rows: readonly Row[]])[] = [
  ['clientId', clientIds],
  [
    'name',
    [
      ...texts,
      ['256 characters', 'a'.repeat(256), 'error'],
      ['a line break', 'a\nb', 'error'],
      ['a tab', 'a\tb', 'error'],
    ],
  ],
  [
    'comments',
    [
      ...texts,
      ['4,000 characters', 'a'.repeat(4000)],
      ['4,001 characters', 'a'.repeat(4001), 'error'],
      ['a line break', 'a\nb', 'warning'],
      ['a line break at the end, as YAML has it', 'a\n', 'warning'],
      ['a CRLF and a tab', 'a\r\n\tb', 'warning'],
    ],
  ],
]

for (const [field, rows] of fields) {
  describe(`${field} with`, () => {
    for (const [why, value, verdict] of rows) {
      test(`${why}: ${verdict ?? 'accepted'}`, () => {
        const expected = verdict === undefined ? [] : [`${verdict} ${field}`]
        assert.deepEqual(verdicts({ [field]: value }), expected)
      })
    }

    test('a wrong type: says what it must be and what it is', () => {
      assert.match(judge({ [field]: 42 })[0]?.message ?? '', /must be a text and is a number/)
      assert.match(judge({ [field]: [] })[0]?.message ?? '', /must be a text and is a list/)
      assert.match(judge({ [field]: undefined })[0]?.message ?? '', /missing/)
    })
  })
}

test('a length is told', () => {
  const [problem] = judge({ name: '😀'.repeat(300) })
  assert.match(problem?.message ?? '', /300 characters.*255/)
})
