import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const [english, portuguese] = ['README.md', 'README.pt-BR.md'].map((file) =>
  readFileSync(file, 'utf8'),
) as [string, string]

const blocks = (text: string) => text.match(/^```.*?^```$/gms) ?? []

const withoutBlocks = (text: string) => text.replace(/^```.*?^```$/gms, '')

const matches = (text: string, pattern: RegExp) =>
  Array.from(withoutBlocks(text).matchAll(pattern), ([whole]) => whole)

test('Each README links to the other', () => {
  assert.match(english, /\]\(README\.pt-BR\.md\)/)
  assert.match(portuguese, /\]\(README\.md\)/)
})

test('Both READMEs have the same headings, by their levels', () => {
  const levels = (text: string) => matches(text, /^#+ /gm)
  assert.deepEqual(levels(portuguese), levels(english))
})

test('Both READMEs have the same code but for its comments', () => {
  const codeOf = (text: string) => blocks(text).map((block) => block.replaceAll(/ +# .*$/gm, ''))
  assert.deepEqual(codeOf(portuguese), codeOf(english))
})

test('Both READMEs have the same tables: as many columns, and the same names in the first one', () => {
  const rowsOf = (text: string) =>
    matches(text, /^\|.*$/gm).map((row) => {
      const cells = row.split(/(?<!\\)\|/)
      return [cells.length, (cells[1] ?? '').match(/`[^`]+`/g)]
    })
  assert.deepEqual(rowsOf(portuguese), rowsOf(english))
})

test('Both READMEs name the same pages', () => {
  const pagesOf = (text: string) =>
    new Set(matches(text, /\]\([^)#]+\)/g).filter((link) => !/README(?:\.pt-BR)?\.md\)/.test(link)))
  assert.deepEqual(
    [...pagesOf(english)].filter((page) => !pagesOf(portuguese).has(page)),
    [],
  )
})

test('The Portuguese README has at most 200 lines', () => {
  assert.ok(portuguese.split('\n').length <= 201)
})
