import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { editDistance, nearest } from '../../provider/rules/nearest.ts'

describe('the edit distance', () => {
  const table: readonly (readonly [from: string, to: string, distance: number])[] = [
    ['', '', 0],
    ['a', 'a', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
    ['clientID', 'clientId', 1],
  ]
  for (const [from, to, distance] of table) {
    test(`of ${JSON.stringify(from)} and ${JSON.stringify(to)} is ${distance}`, () => {
      assert.equal(editDistance(from, to), distance)
      assert.equal(editDistance(to, from), distance)
    })
  }

  test('is that of the definition, or the bound if that is less', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
    fc.assert(
      fc.property(text, text, fc.nat(8), (from, to, bound) => {
        assert.equal(editDistance(from, to, bound), Math.min(define(from, to), bound))
      }),
    )
  })
})

describe('the nearest', () => {
  const keys = ['clientId', 'clientSecret', 'name', 'comments', 'email', 'redirectUris']

  test('is the one with the smallest distance', () => {
    assert.equal(nearest('clientID', keys), 'clientId')
    assert.equal(nearest('redirectURIs', keys), 'redirectUris')
    assert.equal(nearest('nome', keys), 'name')
  })

  test('is the first of equals', () => {
    assert.equal(nearest('ab', ['ac', 'ad']), 'ac')
  })

  test('is none where all are far, unless that is allowed', () => {
    assert.equal(nearest('zzzzzz', keys), undefined)
    assert.equal(nearest('zzzzzz', ['abc'], Infinity), 'abc')
    assert.equal(nearest('x', []), undefined)
  })
})

/** Levenshtein's distance as it is defined, slowly. */
function define(from: string, to: string): number {
  if (from === '' || to === '') return from.length + to.length
  return Math.min(
    define(from.slice(1), to) + 1,
    define(from, to.slice(1)) + 1,
    define(from.slice(1), to.slice(1)) + (from.at(0) === to.at(0) ? 0 : 1),
  )
}
