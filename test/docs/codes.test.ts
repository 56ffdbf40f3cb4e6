import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { it } from 'node:test'
import { emulatorCodes } from '../../emulator/codes.ts'
import { codes } from '../../provider/codes.ts'
import { codesPage } from '../../scripts/docs/codes-page.ts'

/** The folders whose messages a user can meet. */
const folders = ['provider', 'emulator', 'cli', 'scripts']
/** Where codes are listed, which does not count as a use. */
const lists = /(^|\/)codes\.ts$/

function codesInSource(): Set<string> {
  const files = globSync(folders.map((folder) => `${folder}/**/*.{ts,mjs}`))
  const used = files
    .filter((file) => !lists.test(file))
    .flatMap((file) => readFileSync(file, 'utf8').match(/\b(ERR|WARN)_PSC_[A-Z]\w*/g) ?? [])
  return new Set(used)
}

it('Every code of a message is listed, and every listed code is used', () => {
  const listed = Object.keys({ ...codes, ...emulatorCodes })
  assert.deepEqual([...codesInSource()].toSorted(), listed.toSorted())
})

it('Every entry of docs/codes.md has a remedy', () => {
  const entries = codesPage().split(/^### /m).slice(1)
  assert.ok(entries.length > 40)
  for (const entry of entries) assert.match(entry, /\*\*Remedy(:\*\* |\*\*\n\n- )\w/)
})
