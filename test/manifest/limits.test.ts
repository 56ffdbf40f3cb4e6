import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { check, complaints, manifestOf } from './support.ts'

/** Nine levels of nine, of lists or of merges: 9^9 values from a text of 300 characters. */
function laughs(first: string, level: (before: string) => string): string {
  const letters = Array.from('abcdefghi')
  return letters
    .map((letter, index) => {
      const before = letters[index - 1]
      return `${letter}: &${letter} ${before === undefined ? first : level(`*${before}`)}\n`
    })
    .join('')
}

const nine = (alias: string) => Array.from({ length: 9 }, () => alias).join(', ')

describe('a manifest that is small and stands for much', () => {
  const tooMuch =
    '- error : the aliases and merge keys stand for more values than a manifest may have. Use fewer. [ERR_PSC_YAML_LIMIT]'

  test('A small manifest that expands through aliases of lists is refused', () => {
    const yaml = laughs('[x]', (before) => `[${nine(before)}]`)
    assert.deepEqual(complaints(`${yaml}clients: *i\n`), [tooMuch])
  })

  test('A small manifest that expands through merges of merges is refused', () => {
    const yaml = laughs('{ x: y }', (before) => `{ <<: [${nine(before)}] }`)
    assert.deepEqual(complaints(`${yaml}clients: *i\n`), [tooMuch])
  })

  test('A small manifest that expands through a chain of merges is refused', () => {
    const chain = Array.from(
      { length: 4_000 },
      (_, index) => `a${index + 1}: &a${index + 1} { <<: *a${index}, k${index}: v }\n`,
    )
    assert.deepEqual(complaints(`a0: &a0 { k: v }\n${chain.join('')}clients: {}\n`), [tooMuch])
  })
})

describe('a large manifest', () => {
  test('A list of more than ten thousand items is refused', () => {
    const found = complaints(manifestOf({ redirectUris: `[${'x, '.repeat(10_001)}]` }))
    assert.equal(found.length, 1)
    assert.match(
      found[0] ?? '',
      /^9:19 error clients\.portal\.redirectUris: .*10001 items.*\[ERR_PSC_YAML_LIMIT\]$/,
    )
  })

  test('A manifest of more than a million YAML signs is refused before it is parsed', () => {
    const found = complaints(`clients: ${'['.repeat(1_000_001)}`)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^- error : .*more than 1000000 signs.*\[ERR_PSC_YAML_LIMIT\]$/)
  })
})

describe('a manifest with many problems', () => {
  const entries = (count: number, entry: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => `  c${index}: ${entry(index)}\n`).join('')

  test('Some ten thousand errors are reported, and that there are more', () => {
    const { problems, build } = check(`clients:\n${entries(11_000, () => 'x')}`)
    assert.equal(build, undefined)
    assert.equal(problems.length, 10_001)
    const codes = problems.map(({ code }) => code)
    assert.ok(codes.includes('ERR_PSC_TOO_MANY_PROBLEMS'))
  })

  test('Ten thousand clients may use one alias, and ten thousand warnings are reported', () => {
    const client = (index: number) =>
      `{ <<: *base, clientId: id-${index}, name: Nome ${index}, clientSecret: x }`
    const base = manifestOf().replace('portal:', 'portal: &base')
    const { problems, build } = check(base + entries(10_500, client))
    assert.equal(build?.().clients.length, 10_501)
    assert.equal(problems.length, 10_001)
    const codes = new Set(problems.map(({ code }) => code))
    assert.deepEqual(codes, new Set(['WARN_PSC_SECRET_IN_CLEAR', 'WARN_PSC_TOO_MANY_PROBLEMS']))
  })
})

describe('a manifest that is nested too deeply is one clear error', () => {
  for (const [name, yaml] of [
    ['in brackets', `clients: ${'['.repeat(50_000)}`],
    ['in brackets that end', `clients: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['in braces', `clients: ${'{ a: '.repeat(5_000)}${'}'.repeat(5_000)}`],
    ['in merges', `clients: ${'{ <<: '.repeat(150)}{}${' }'.repeat(150)}`],
    ['in dashes', `clients:\n  ${'- '.repeat(5_000)}a\n`],
  ] as const) {
    test(`A manifest that is nested too deeply ${name} is one clear error`, () => {
      assert.match(complaints(yaml)[0] ?? '', /nested too deeply/)
    })
  }
})

test('A file that is too large is not read to its end', () => {
  const { problems } = check('x'.repeat(17 * 2 ** 20))
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['ERR_PSC_FILE'],
  )
  assert.match(problems[0]?.message ?? '', /larger than 16 MiB/)
})

test('An excerpt of a very long line shows only the text around the caret', () => {
  const uris = Array.from({ length: 4000 }, (_, index) => `https://portal.exemplo.gov.br/${index}`)
  uris[3000] = 'http://portal.exemplo.gov.br/3000'
  const { problems } = check(manifestOf({ redirectUris: `[${uris.join(', ')}]` }))
  assert.equal(problems.length, 1)
  const { text = '', indent = 0, width = 0 } = problems[0]?.excerpt ?? {}
  assert.equal(text.slice(indent, indent + width), uris[3000])
  assert.ok(text.length <= 162, `${text.length} characters`)
  assert.match(text, /^….*…$/)
})
