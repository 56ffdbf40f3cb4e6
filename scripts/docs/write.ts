// `npm run docs`: writes the generated pages and the generated parts of the README. test/docs/ compares them.
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { codesPage } from './codes-page.ts'
import { pipelineExamples } from './pipelines.ts'
import { pscsPage, pscTable } from './psc-pages.ts'
import { settingsList, settingsPage } from './settings-page.ts'

/** Builds every generated page and example: path → text. `npm run format` leaves it as it is. */
export async function buildPages(): Promise<ReadonlyMap<string, string>> {
  const pages = {
    'README.md': withSettings(withTable(readFileSync('README.md', 'utf8'), pscTable())),
    'README.pt-BR.md': withTable(readFileSync('README.pt-BR.md', 'utf8'), pscTable('pt')),
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

/** Replaces the table of PSCs, which is known by its first head. */
function withTable(text: string, table: string): string {
  return text.replace(/^\| PSC +\|.*?(?=\n\n)/ms, () => table)
}

function withSettings(text: string): string {
  return text.replace(
    /(<!-- settings -->).*(<!-- \/settings -->)/s,
    (_, start: string, end: string) => `${start}${settingsList()}${end}`,
  )
}

if (import.meta.main) {
  for (const [path, text] of await buildPages()) writeFileSync(path, text)
}
