import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { search } from './support/search.ts'

/** Seeds that have found something once, or cover much. */
const fixedSeeds = [1, 2]

/** How long histories of a fresh seed are begun, in milliseconds. */
const fresh = 60_000

describe('after a last up of a random history, the PSC has what is declared', () => {
  for (const seed of fixedSeeds) {
    it(`with the seed ${seed}`, async () => {
      assert.equal(await search({ seed, histories: 2 }), 2)
    })
  }

  it('with a fresh seed', async () => {
    assert.ok((await search({ histories: 100, until: Date.now() + fresh })) > 0)
  })
})
