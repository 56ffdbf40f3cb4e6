import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ignored = ['node_modules', 'dist', '.psc', '.git']

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

/** The Markdown pages of a folder, other people's left out. */
export function pagesOf(folder: string): string[] {
  const pages = globSync('**/*.md', { cwd: folder, exclude: (name) => ignored.includes(name) })
  return pages.map((page) => join(folder, page))
}

/** The relative links of the pages of a folder that lead to no file, or to no heading of it. */
export function brokenLinksOf(folder: string): string[] {
  return pagesOf(folder).flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`))
}

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
