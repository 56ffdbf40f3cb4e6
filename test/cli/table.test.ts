import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { styleText } from 'node:util'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { table, wrapSentences } from '../../cli/table.ts'

const address = 'https://portal.exemplo.gov.br/callback/with/a/long/path?and=more'

describe('sentences on a terminal', () => {
  const text = `  clients.yaml:16:9: error: ${'a word '.repeat(30)}${address}${'x'.repeat(80)} [X]\n    16 |     ${'y'.repeat(90)}`

  for (const columns of [80, 120]) {
    it(`No sentence is wider than ${columns} columns but for a longer word, and an address and a line of a file stay whole`, () => {
      const lines = wrapSentences(text, columns).split('\n')
      const wide = lines.filter((line) => line.length > columns).map((line) => line.trim())
      assert.ok(
        wide.every((line) => !/ .* /.test(line) || line.startsWith('16 | ')),
        wide.join('\n'),
      )
      assert.ok(lines.every((line) => line.startsWith('  ')))
      assert.equal(
        lines
          .map((line) => line.trim())
          .join(' ')
          .replace(/ +/g, ' '),
        text.trim().replace(/\s+/g, ' '),
      )
    })
  }

  it('A sentence is one line where there is no terminal', () => {
    assert.equal(wrapSentences(text, Infinity), text)
  })
})

describe('a table', () => {
  it('A table aligns its columns, also with wide characters and colours', () => {
    const rows = [
      ['NAME', 'RESULT', 'PSC'],
      ['漢字', styleText('green', 'ok', { validateStream: false }), 'neoid'],
      ['portal', 'failed', 'vidaas'],
    ]
    const starts = table(rows)
      .split('\n')
      .map((line) => stringWidth(line.slice(0, line.search(/PSC|neoid|vidaas/))))
    assert.deepEqual(starts, [16, 16, 16])
  })

  it('A row is one line where standard output is no terminal, however long it is', () => {
    assert.equal(table([['a'.repeat(200), address]], { columns: Infinity }).split('\n').length, 1)
  })

  it('A row is one line on a terminal of an unknown width', () => {
    const { isTTY, columns } = process.stdout
    Object.assign(process.stdout, { isTTY: true, columns: 0 })
    try {
      assert.equal(table([['a'.repeat(200), address]]).split('\n').length, 1)
    } finally {
      Object.assign(process.stdout, { isTTY, columns })
    }
  })

  it('No line is wider than the terminal, and no character is lost', () => {
    const word = fc.stringMatching(/^[a-zçã]{1,90}$/)
    const cell = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '))
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.constantFrom(60, 80, 120), (cells, columns) => {
        const written = table(cells, { columns, indent: ' ' })
        for (const line of written.split('\n')) assert.ok(stringWidth(line) <= columns, line)
        const letters = (text: string) => text.replace(/\s/g, '').split('').sort().join('')
        assert.equal(letters(written), letters(cells.flat().join('')))
      }),
    )
  })
})
