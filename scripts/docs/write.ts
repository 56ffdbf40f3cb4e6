// `npm run docs`: writes the generated pages and the generated parts of the README. test/docs/ compares them.
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { codesPage } from './codes-page.ts'
import { pipelineExamples } from './pipelines.ts'
import { pscsPage, pscTable } from './psc-pages.ts'
import { settingsList, settingsPage } from './settings-page.ts'

/** Builds every generated page and example: path → text. `npm run format` leaves it as it is. */
export async function buildPages(): Promise<ReadonlyMap<string, string>> {
  const parts = { settings: settingsList(), profiles: `\n\n${pscTable()}\n\n` }
  const readme = Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->).*(<!-- /${name} -->)`, 's'),
        (_, start: string, end: string) => `${start}${part}${end}`,
      ),
    readFileSync('README.md', 'utf8'),
  )
  const pages = {
    'README.md': readme,
    'docs/codes.md': codesPage(),
    'docs/pscs.md': pscsPage(),
    'docs/settings.md': settingsPage(),
  }
  const options = { ...(await resolveConfig('README.md')), parser: 'markdown' }
  const formatted = Object.entries(pages).map(
    async ([path, text]) => [path, await format(text, options)] as const,
  )
  return new Map([...(await Promise.all(formatted)), ...Object.entries(pipelineExamples())])
}

if (import.meta.main) {
  for (const [path, text] of await buildPages()) writeFileSync(path, text)
}
