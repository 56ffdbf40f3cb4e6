import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { search } from './support/search.ts'

describe('after a last up of a random history, the PSC has what is declared', () => {
  it('with the seed 1', async () => {
    assert.equal(await search({ seed: 1, histories: 1 }), 1)
  })

  // Its name tells the seed also of a test that did not end.
  const seed = Date.now() % 2 ** 31
  it(`with the fresh seed ${seed}`, async () => {
    assert.equal(await search({ seed, histories: 1 }), 1)
  })

  it(`of the plugin with the fresh seed ${seed}`, async () => {
    assert.equal(await search({ seed, histories: 1, through: 'plugin' }), 1)
  })
})
