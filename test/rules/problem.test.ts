import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import {
  describeProblem,
  formatPath,
  missing,
  refuse,
  wrongType,
} from '../../provider/rules/problem.ts'
import { describeType, enumerate, quote } from '../../provider/rules/text.ts'

describe('a path is written', () => {
  const table: readonly (readonly [path: (string | number)[], text: string])[] = [
    [[], ''],
    [['name'], 'name'],
    [['redirectUris', 1], 'redirectUris[1]'],
    [['certificate', 'hosts', 0], 'certificate.hosts[0]'],
    [['clients', 'meu portal', 'name'], 'clients["meu portal"].name'],
    [['clients', 'portal-2', 'name'], 'clients.portal-2.name'],
    [['clients', 'a"b'], 'clients["a\\"b"]'],
    [['clients', '2'], 'clients["2"]'],
  ]
  for (const [path, text] of table) {
    test(`The path ${JSON.stringify(path)} is written as ${text}`, () => {
      assert.equal(formatPath(path), text)
    })
  }
})

test('A problem is one line: path, message and code', () => {
  const lines = [
    refuse(['redirectUris', 1], 'the URI is wrong. Correct it.', 'URI_INVALIDA'),
    refuse([], 'the client is wrong. Correct it.', 'ERR_PSC_TYPE'),
  ].map(describeProblem)
  assert.deepEqual(lines, [
    'redirectUris[1]: the URI is wrong. Correct it. [URI_INVALIDA]',
    'the client is wrong. Correct it. [ERR_PSC_TYPE]',
  ])
})

test('A missing, empty or wrongly typed value has the name of its last property', () => {
  const path = ['certificate', 'hosts', 0]
  assert.equal(
    missing(path, undefined, 'give a host').message,
    '`hosts[0]` is missing: give a host.',
  )
  assert.equal(missing(path, ' ', 'give a host').message, '`hosts[0]` is empty: give a host.')
  const typed = wrongType(['name'], 1, 'a string')
  assert.equal(typed.message, '`name` must be a string and is a number.')
  assert.equal(typed.code, 'ERR_PSC_TYPE')
  assert.equal(wrongType(['name'], null, 'a string').code, 'ERR_PSC_MISSING')
})

test('A quoted string shows invisible characters and is cut where it is long', () => {
  assert.equal(quote('a"b\\c'), '"a\\"b\\\\c"')
  assert.equal(quote('\u001b[0m\n\u202E'), '"\\u{1b}[0m\\u{a}\\u{202e}"')
  assert.equal(quote('\uD800'), '"\\u{d800}"')
  assert.equal(quote('ação 😀'), '"ação 😀"')
  assert.equal(quote('abcdef', 3), '"abc…"')
  assert.equal(quote('a'.repeat(121)).length, 123)
})

test('A list is written as in a sentence', () => {
  assert.equal(enumerate([]), 'none')
  assert.equal(enumerate(['a']), '"a"')
  assert.equal(enumerate(['a', 'b']), '"a" and "b"')
  assert.equal(enumerate(['a', 'b', 'c']), '"a", "b" and "c"')
  assert.equal(enumerate(['a', 'b', 'c'], 2), '"a", "b" and 1 more')
})

test('A type is written in words', () => {
  const values = [null, undefined, [], {}, 'a', 1, true]
  const words = ['null', 'missing', 'a list', 'an object', 'a string', 'a number', 'a boolean']
  assert.deepEqual(values.map(describeType), words)
})

test('The rules import each other, codes, errors and say, and no module of Node.js that opens a file or a connection', async () => {
  const folder = new URL('../../provider/rules/', import.meta.url)
  const files = await readdir(folder)
  assert.ok(files.includes('client.ts'))
  for (const file of files) {
    const source = await readFile(new URL(file, folder), 'utf8')
    for (const [, from = ''] of source.matchAll(/(?:from|import\() ?'([^']+)'/g)) {
      assert.match(
        from,
        /^(?:node:(?:crypto|module|net|tls|url|util)|\.\/[a-z-]+\.ts|\.\.\/(?:codes|errors|say)\.ts|leven)$/,
        `${file}: ${from}`,
      )
    }
  }
})
