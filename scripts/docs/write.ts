// `npm run docs`: writes the pages that are generated from the source. test/docs/ compares them.
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { codesPage } from './codes-page.ts'

/** Formats a page as `npm run format` does. */
export async function formatted(page: string): Promise<string> {
  return format(page, { ...(await resolveConfig('docs/codes.md')), parser: 'markdown' })
}

if (import.meta.main) writeFileSync('docs/codes.md', await formatted(codesPage()))
