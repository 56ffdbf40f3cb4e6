import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detailsOf } from '../../provider/plugin/details.ts'

const [a, b, c] = ['https://a.example/', 'https://b.example/', 'https://c.example/']

const lists = [
  { old: [a, b, c], news: [a, c], details: { '[1]': 'delete' } },
  { old: [a, b], news: [a, b, c], details: { '[2]': 'add' } },
  { old: [a, b], news: [a, c], details: { '[1]': 'update' } },
  { old: [a, b, c], news: [a, c, b], details: {} },
  { old: [a, b], news: [b, a], details: { '[0]': 'update' } },
] as const

for (const { old, news, details } of lists) {
  const names = (uris: readonly string[]) => uris.map((uri) => uri.slice(8, 9)).join(', ')
  test(`A reviewer of ${names(old)} that become ${names(news)} sees ${JSON.stringify(details)}`, () => {
    const found = detailsOf({ redirectUris: old }, { redirectUris: news })
    const expected = Object.entries(details).map(([at, detail]) => [`redirectUris${at}`, detail])
    assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected))
  })
}

test('A reviewer sees which part of a profile changes, and an argument that is added or removed', () => {
  const found = detailsOf(
    { psc: { extends: 'neoid', baseUrl: a }, certificate: { hosts: ['a.example'] } },
    { psc: { extends: 'neoid', baseUrl: b }, preflight: 'off' },
  )
  assert.deepEqual(Object.fromEntries(found), {
    'psc.baseUrl': 'update',
    certificate: 'delete',
    preflight: 'add',
  })
})
