import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { portuguese } from '../../../cli/portuguese/index.ts'
import type { Catalogue } from '../../../provider/say.ts'
import { readSchemaTexts, readSources, readTemplates } from './templates.ts'

const templates = readTemplates()
const texts = readSchemaTexts()
const sources = readSources()
const known = new Set([...templates.map(({ english }) => english), ...texts, ...sources])
const pairs = Object.entries(portuguese)

const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).toSorted()

/** What no language changes: words in backticks, addresses, options, codes. */
const fixed = (text: string) =>
  (text.match(/`[^`{]+`|https?:\/\/[\w.:/[\]-]*\w|--[a-z][a-z-]+|\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? [])
    .filter((word) => !word.startsWith('https://host'))
    .toSorted()

test('The Portuguese catalogue has every sentence of the source', () => {
  const lacking = templates.filter(({ english }) => !Object.hasOwn(portuguese, english))
  assert.deepEqual(
    lacking.map(({ place, english }) => `${place}: ${english}`),
    [],
  )
})

test('The Portuguese catalogue has what an editor shows of the JSON Schema, and the sources of what is known of PSCs', () => {
  assert.deepEqual(
    [...texts, ...sources.filter(isEnglish)].filter((text) => !Object.hasOwn(portuguese, text)),
    [],
  )
})

/** Tells whether a text has words of ours. The title of a document has none, nor have names. */
function isEnglish(text: string): boolean {
  return /^[a-z]+ [a-z]|[ ;,] ?[a-z]{4,} /.test(text.replaceAll(/"[^"]*"/g, ''))
}

test('The Portuguese catalogue has no sentence that the source lacks', () => {
  assert.deepEqual(
    pairs.map(([english]) => english).filter((english) => !known.has(english)),
    [],
  )
})

test('A Portuguese sentence has the same placeholders as the English one', () => {
  for (const [english, translated] of pairs) {
    assert.deepEqual(placeholders(translated), placeholders(english), english)
  }
})

test('A Portuguese sentence has the same fixed words: in backticks, addresses, options, codes', () => {
  for (const [english, translated] of pairs) {
    assert.deepEqual(fixed(translated), fixed(english), english)
  }
})

test('A Portuguese sentence ends as the English one, so that it fits into the same place', () => {
  const end = (text: string) => /[.?!:…]?\s*$/.exec(text)?.[0]
  for (const [english, translated] of pairs) {
    assert.equal(end(translated), end(english), english)
    assert.equal(/^\s*/.exec(translated)?.[0], /^\s*/.exec(english)?.[0], english)
  }
})

test('A line of Portuguese help fits in 80 columns, as the English one does', () => {
  for (const [, translated] of pairs.filter(([english]) => english.startsWith('\n'))) {
    assert.deepEqual(
      translated.split('\n').filter((line) => line.length > 80),
      [],
    )
  }
})

test('One file of the catalogue has each sentence', async () => {
  const files = globSync('cli/portuguese/*.ts', { exclude: ['**/index.ts'] })
  const parts = await Promise.all(
    files.map(
      async (file) => Object.values((await import(resolve(file))) as object) as Catalogue[],
    ),
  )
  const all = parts.flat().flatMap((part) => Object.keys(part))
  assert.deepEqual(
    all.filter((english, index) => all.indexOf(english) !== index),
    [],
  )
  assert.equal(all.length, pairs.length)
})

test('No sentence is said while its module is loaded, before the language is known', () => {
  assert.deepEqual(
    templates.filter(({ isTooEarly }) => isTooEarly).map(({ place }) => place),
    [],
  )
})
