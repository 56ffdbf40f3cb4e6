import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nearest } from '../../provider/rules/nearest.ts'

const keys = ['clientId', 'clientSecret', 'name', 'comments', 'email', 'redirectUris']

describe('the nearest of some texts', () => {
  const found: readonly (readonly [text: string, near: string])[] = [
    ['clientID', 'clientId'],
    ['redirectURIs', 'redirectUris'],
    ['rediretcUri', 'redirectUris'],
    ['nome', 'name'],
    ['nmae', 'name'],
  ]
  for (const [text, near] of found) {
    test(`The nearest string to ${text} is ${near}`, () => {
      assert.equal(nearest(text, keys), near)
    })
  }

  test('The first of two equally near strings is the nearest', () => {
    assert.equal(nearest('ab', ['ac', 'ad']), 'ac')
  })

  test('No string is the nearest if all are far, unless any distance is allowed', () => {
    assert.equal(nearest('zzzzzz', keys), undefined)
    assert.equal(nearest('zzzzzz', ['abc'], Infinity), 'abc')
    assert.equal(nearest('x', []), undefined)
  })
})
