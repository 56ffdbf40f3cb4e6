import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

const blocks = (text: string) => text.match(/^```.*?^```$/gms) ?? []

const withoutBlocks = (text: string) => text.replace(/^```.*?^```$/gms, '')

const matches = (text: string, pattern: RegExp) =>
  Array.from(withoutBlocks(text).matchAll(pattern), ([whole]) => whole)

for (const file of ['README.md', ...globSync('examples/*/README.md')]) {
  const translation = file.replace('.md', '.pt-BR.md')
  describe(`${file} and its Portuguese translation`, () => {
    const [english, portuguese] = [file, translation].map((name) => readFileSync(name, 'utf8')) as [
      string,
      string,
    ]

    test('Each page links to the other', () => {
      assert.match(english, /\]\(README\.pt-BR\.md\)/)
      assert.match(portuguese, /\]\(README\.md\)/)
    })

    test('Both pages have the same headings, by their levels', () => {
      const levels = (text: string) => matches(text, /^#+ /gm)
      assert.deepEqual(levels(portuguese), levels(english))
    })

    test('Both pages have the same code but for its comments', () => {
      const codeOf = (text: string) =>
        blocks(text).map((block) => block.replaceAll(/ +(?:#|\/\/) .*$/gm, ''))
      assert.deepEqual(codeOf(portuguese), codeOf(english))
    })

    test('Both pages have the same tables: as many columns, and the same names in the first one', () => {
      const rowsOf = (text: string) =>
        matches(text, /^\|.*$/gm).map((row) => {
          const cells = row.split(/(?<!\\)\|/)
          return [cells.length, (cells[1] ?? '').match(/`[^`]+`/g)]
        })
      assert.deepEqual(rowsOf(portuguese), rowsOf(english))
    })

    test('Both pages name the same pages', () => {
      const pagesOf = (text: string) =>
        new Set(
          matches(text, /\]\([^)#]+\)/g).filter((link) => !/README(?:\.pt-BR)?\.md\)/.test(link)),
        )
      const portuguesePages = pagesOf(portuguese)
      assert.deepEqual(
        [...pagesOf(english)].filter((page) => !portuguesePages.has(page)),
        [],
      )
    })
  })
}

test('The Portuguese README has at most 200 lines', () => {
  assert.ok(readFileSync('README.pt-BR.md', 'utf8').split('\n').length <= 201)
})
