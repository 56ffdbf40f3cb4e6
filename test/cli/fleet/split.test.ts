import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Job } from '../../../cli/fleet/options.ts'
import {
  chooseParts,
  jumpHash,
  partsOfJob,
  refuseMisspelt,
  shardOf,
  splitManifest,
  warnOfParts,
} from '../../../cli/fleet/plan.ts'
import type { Entries, KnownStack } from '../../../cli/fleet/protocol.ts'

const args = {
  psc: 'neoid' as const,
  clientId: 'a',
  clientSecret: { env: 'A' },
  name: 'a',
  comments: 'a',
  email: 'a@b.br',
  redirectUris: ['https://a.b.br/'],
  certificate: { hosts: ['a.b.br'] },
}

function entries(count: number, stack?: string): Entries {
  const clients = Array.from({ length: count }, (_, index) => ({
    key: `app-${index}`,
    args,
    ...(stack !== undefined && { stack }),
  }))
  return { clients, credentials: [] }
}

const keysOf = (parts: readonly Entries[]) =>
  parts.flatMap(({ clients }) => clients.map(({ key }) => key))

// From the tests of other implementations of the paper's algorithm.
for (const [key, buckets, bucket] of [
  [1n, 1, 0],
  [42n, 57, 43],
  [0xdead10ccn, 1, 0],
  [0xdead10ccn, 666, 361],
  [256n, 1024, 520],
] as const) {
  test(`Jump hash puts ${key} of ${buckets} buckets into ${bucket}`, () => {
    assert.equal(jumpHash(key, buckets), bucket)
  })
}

test('An entry stays in its shard or moves to the new one when there is one more', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 200 }), (key, shards) => {
      const [before, after] = [shardOf(key, shards), shardOf(key, shards + 1)]
      assert.ok(before < shards)
      assert.ok(after === before || after === shards)
    }),
  )
})

test('Shards have about the same size', () => {
  const sizes = splitManifest(entries(5000), { shards: 50, prefix: 'fleet' }).map(
    ({ clients }) => clients.length,
  )
  assert.equal(sizes.length, 50)
  // Five standard deviations of a binomial distribution around 100.
  for (const size of sizes) assert.ok(size > 50 && size < 150, String(size))
})

test('Every entry is in exactly one stack, for every order of the manifest', () => {
  const options = { shards: 7, prefix: 'fleet' }
  const { clients } = entries(100)
  const parts = splitManifest({ clients, credentials: [] }, options)
  const reversed = splitManifest({ clients: clients.toReversed(), credentials: [] }, options)
  assert.deepEqual(keysOf(parts).sort(), keysOf([{ clients, credentials: [] }]).sort())
  const names = (list: typeof parts) => list.map((p) => [p.stack, keysOf([p]).sort()])
  assert.deepEqual(names(reversed), names(parts))
})

test('An entry with a stack of its own is in that stack', () => {
  const parts = splitManifest(
    { clients: [...entries(3, 'especial').clients], credentials: [] },
    { shards: 0, prefix: 'fleet' },
  )
  assert.deepEqual(
    parts.map(({ stack, clients }) => [stack, clients.length]),
    [['especial', 3]],
  )
})

test('Jobs share the stacks without a gap and without an overlap', () => {
  const parts = splitManifest(entries(100), { shards: 13, prefix: 'fleet' })
  const jobs = [1, 2, 3, 4, 5].map((number) => partsOfJob(parts, { number, of: 5 }))
  assert.deepEqual(
    jobs
      .flat()
      .map(({ stack }) => stack)
      .sort(),
    parts.map(({ stack }) => stack),
  )
})

const plan = (known: readonly KnownStack[], job?: Job) =>
  chooseParts(
    splitManifest(entries(100), { shards: 2, prefix: 'fleet' }),
    known,
    job === undefined ? {} : { shard: job },
  )

const stack = (name: string, isOurs = true, isEmpty = false, isEmptied = false) => ({
  name,
  isOurs,
  isEmpty,
  isEmptied,
})

test('The fleet empties its stacks in which nothing is declared any more, and no others', () => {
  const parts = plan([stack('fleet-1'), stack('fleet-3'), stack('especial'), stack('dados', false)])
  assert.deepEqual(
    parts.map(({ stack, clients }) => [stack, clients.length > 0]),
    [
      ['fleet-1', true],
      ['fleet-2', true],
      ['fleet-3', false],
      ['especial', false],
    ],
  )
})

test('Only one job empties a stack, whatever else the jobs find', () => {
  const left = Array.from({ length: 20 }, (_, index) => stack(`old-${index}`))
  const jobs = [1, 2, 3].map((number) => plan(left.slice(number), { number, of: 3 }))
  const names = jobs.flat().map((part) => part.stack)
  assert.equal(new Set(names).size, names.length)
})

test('A stack that is empty and stays so is skipped', () => {
  const parts = plan([stack('fleet-3', true, true), stack('fleet-4', true, false, true)])
  assert.deepEqual(
    parts.map((part) => part.stack),
    ['fleet-1', 'fleet-2'],
  )
})

test('A new stack with nearly the name of another one gets a warning, and one that only counts on does not', () => {
  const known = ['producao', 'fleet-1'].map((name) => ({
    name,
    isEmpty: false,
    isEmptied: false,
    isOurs: true,
  }))
  const warned = (stack: string) =>
    warnOfParts('preview', [{ stack, ...entries(1, stack) }], known)
      .get(stack)
      ?.map(({ code, message }) => [code, /Did you mean (.*?)\?/.exec(message)?.[1]])
  assert.deepEqual(warned('prodcao'), [['WARN_PSC_STACK_NEW', 'producao']])
  assert.deepEqual(warned('Producao'), [['WARN_PSC_STACK_NEW', 'producao']])
  for (const stack of ['producao', 'fleet-2', 'fleet-12', 'homologacao']) {
    assert.deepEqual(warned(stack), [], stack)
  }
})

test('A misspelt stack without settings is refused, and a new one that is meant has settings', () => {
  const known = ['homolog', 'producao'].map((name) => ({
    name,
    isEmpty: false,
    isEmptied: false,
    isOurs: true,
  }))
  const refuse = (part: string, hasSettings: boolean, entriesOf = entries(1, part)) => {
    refuseMisspelt([{ stack: part, ...entriesOf }], known, () => hasSettings)
  }
  assert.throws(() => {
    refuse('homolgo', false)
  }, /Did you mean homolog\?.*Pulumi\.homolgo\.yaml.*\[ERR_PSC_STACK_MISSPELT\]$/)
  refuse('homolgo', true)
  for (const name of ['homolog', 'homolog-2', 'treinamento']) refuse(name, false)
  // The name of a shard comes from --prefix.
  refuse('producao-1', false, entries(1))
})
