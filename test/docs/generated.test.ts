import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { buildPages } from '../../scripts/docs/write.ts'

for (const [path, text] of await buildPages()) {
  it(`The page ${path} is as "npm run docs" writes it`, () => {
    assert.equal(readFileSync(path, 'utf8'), text)
  })
}
