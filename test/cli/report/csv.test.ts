import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { csvReport } from '../../../cli/report/csv.ts'
import { client, report, resource, state } from './support.ts'

/** Reads CSV by the grammar of RFC 4180, section 2. */
function parse(text: string): string[][] {
  const records: string[][] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let record: string[] = []
  for (const [, quoted, plain = '', end] of text.matchAll(field)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    records.push(record)
    record = []
  }
  assert.equal(records.map((cells) => cells.join('')).join('').length > 0, true)
  return records
}

const csv = (changes: object, language: 'en' | 'pt' = 'en') =>
  csvReport(report({ state: [state(resource('portal', client({ ...changes })))] }), language)

describe('the CSV of a report', () => {
  it('The inventory has a row for each client, with a heading in the language', () => {
    const text = csv({ name: 'Portal, "novo"' }, 'pt')
    // Excel takes a file without it for one of the machine's code page.
    assert.equal(text[0], '\uFEFF')
    const [head = [], row = [], ...others] = parse(text.slice(1))
    assert.deepEqual(others, [])
    assert.equal(head.length, row.length)
    const at = (title: string) => row[head.indexOf(title)]
    assert.deepEqual(
      [
        at('Nome'),
        at('E-mail de contato'),
        at('Referência do segredo'),
        at('Vencimento do certificado'),
      ],
      [
        'Portal, "novo"',
        'suporte@exemplo.gov.br',
        '{ env: PORTAL_SECRET }',
        '2027-06-30T12:00:00.000Z',
      ],
    )
  })

  // https://owasp.org/www-community/attacks/CSV_Injection
  for (const name of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    ' =1',
    '\r=1',
    '＝1',
    '=cmd|" /C calc"!A0',
  ]) {
    it(`A spreadsheet takes a name for text, not for a formula: ${JSON.stringify(name)}`, () => {
      const [, row = []] = parse(csv({ name }).slice(1))
      for (const cell of row) assert.doesNotMatch(cell, /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/)
      assert.ok(row.some((cell) => cell.startsWith("'")) || name.startsWith('\r'))
    })
  }
})
