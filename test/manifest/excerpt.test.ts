import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createExcerpt } from '../../provider/manifest/excerpt.ts'

/** The excerpt with its caret line, as two lines. */
function show(line: string, marked: string): string[] {
  const from = line.indexOf(marked)
  const { text, indent, width } = createExcerpt(line, from, from + marked.length)
  return [text, ' '.repeat(indent) + '^'.repeat(width)]
}

describe('a line with a caret', () => {
  const cases: readonly (readonly [name: string, line: string, marked: string, shown: string[]])[] =
    [
      ['of plain text', 'name: Portal', 'Portal', ['name: Portal', '      ^^^^^^']],
      ['with nothing marked', 'name:', '', ['name:', '^']],
      ['with letters that have accents', 'ação: é', 'é', ['ação: é', '      ^']],
      [
        'with accents as characters of their own',
        'ac\u0327a\u0303o: x',
        'x',
        ['ac\u0327a\u0303o: x', '      ^'],
      ],
      ['with characters of double width', '名前: x', 'x', ['名前: x', '      ^']],
      ['with tabs', '\tname:\tx', 'x', [' name: x', '       ^']],
      ['with an escape sequence', '\x1B[1m: x', 'x', ['\\u{1B}[1m: x', '           ^']],
      ['with a change of direction', '\u202Ea: x', 'x', ['\\u{202E}a: x', '           ^']],
    ]
  for (const [name, line, marked, shown] of cases) {
    test(`An excerpt marks its place in a line ${name}`, () => {
      assert.deepEqual(show(line, marked), shown)
    })
  }

  test('An excerpt of a long line is cut around the caret, which stays under what it marks', () => {
    const line = `${'a'.repeat(100)}name${'b'.repeat(300)}`
    const [text = '', caret = ''] = show(line, 'name')
    assert.equal(text.length, 162)
    assert.equal(text.slice(caret.indexOf('^'), caret.length), 'name')
    assert.match(text, /^…a+nameb+…$/)
  })
})
