import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { it } from 'node:test'

const ignored = ['node_modules', 'dist', '.psc', '.git']
const pages = globSync('**/*.md', { exclude: (name) => ignored.includes(name) })

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(page, 'utf8').match(/^#+ .*$/gm) ?? []
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, to]) => to ?? '',
  )
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsOf(target).includes(anchor)
  })
}

it('Every relative link of every page leads to a file and to a heading of it', () => {
  assert.ok(pages.length > 10)
  const broken = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`))
  assert.deepEqual(broken, [])
})

it('Every file of this repository that a page names exists', () => {
  const name = /`((?:bench|cli|docs|emulator|examples|provider|scripts|test)\/[\w./-]*)`/g
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(name)].map(([, path]) => path ?? ''),
  )
  assert.ok(named.length > 5)
  assert.deepEqual(
    named.filter((path) => !existsSync(path)),
    [],
  )
})
