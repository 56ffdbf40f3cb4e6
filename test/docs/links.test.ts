import assert from 'node:assert/strict'
import { it } from 'node:test'
import { brokenLinksOf, pagesOf } from '../support/links.ts'

it('Every relative link of every page leads to a file and to a heading of it', () => {
  assert.ok(pagesOf('.').length > 10)
  assert.deepEqual(brokenLinksOf('.'), [])
})
