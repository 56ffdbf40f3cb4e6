import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { search } from './support/search.ts'

/** Seeds that have found something once, or cover much. */
const fixedSeeds = [1, 2]

describe('after a last up of a random history, the PSC has what is declared', () => {
  for (const seed of fixedSeeds) {
    it(`with the seed ${seed}`, async () => {
      assert.equal(await search({ seed, histories: 2 }), 2)
    })
  }

  // Its name tells the seed also of a test that did not end.
  const seed = Date.now() % 2 ** 31
  it(`with the fresh seed ${seed}`, async () => {
    assert.equal(await search({ seed, histories: 3 }), 3)
  })
})
