import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portal, useStack } from '../support/fixture.ts'

const [first, second] = ['callback', 'outro'].map(
  (path) => `https://www.aplicacao-exemplo.com/${path}`,
) as [string, string]

const program = (...redirectUris: string[]) => `
  import { PscClient } from 'pulumi-psc'

  new PscClient('portal', ${JSON.stringify({ ...portal, redirectUris })})
`

const fixture = useStack({
  files: { 'index.ts': program(first, second) },
  config: () => ({ 'psc:drift': 'refresh,apply' }),
})

const refresh = ['refresh', '--yes', '--skip-preview', '--diff']
const up = ['up', '--yes', '--skip-preview']

const atThePsc = (...redirectUris: string[]) =>
  fixture.emulator.change('neoid', portal.clientId, { redirectUris })

const declare = (...redirectUris: string[]) => {
  fixture.stack.write('index.ts', program(...redirectUris))
}

/** Refreshes twice, also with the program: neither shows a change or warns. */
async function refreshQuietly(): Promise<void> {
  for (const options of [[], ['--run-program']]) {
    const output = await fixture.stack.succeed(...refresh, ...options, '--expect-no-changes')
    assert.doesNotMatch(output, /WARN_PSC_URI/)
  }
}

// One life, in order: each test goes on from the one before it.

test('A drift that nobody repairs shows as a change in the first refresh only', async () => {
  await fixture.stack.succeed(...up)
  atThePsc(first)
  assert.match(await fixture.stack.succeed(...refresh), /~ 1 updated/)
  const again = await fixture.stack.succeed(...refresh, '--expect-no-changes')
  assert.match(again, /\[WARN_PSC_URI_NOT_REGISTERED\]$/m)
})

test('A lost redirect URI that leaves the declaration is no drift any more after an up', async () => {
  declare(first)
  assert.match(await fixture.stack.succeed(...up), /~ 1 updated/)
  await refreshQuietly()
  await fixture.stack.succeed('preview', '--expect-no-changes')
})

test('A refresh that finds a former redirect URI again does not warn that the client loses it', async () => {
  atThePsc(first, second)
  const output = await fixture.stack.succeed(...refresh, '--run-program')
  assert.match(output, /^ +\+ \[1\]: "https:\/\/www\.aplicacao-exemplo\.com\/outro"$/m)
  assert.match(output, /\[WARN_PSC_URI_STILL_REGISTERED\]$/m)
  assert.doesNotMatch(output, /WARN_PSC_URI_REMOVED/)
  assert.match(await fixture.stack.succeed('preview'), /\[WARN_PSC_URI_REMOVED\]$/m)
})

test('A former redirect URI that is declared again is no drift any more after an up', async () => {
  declare(first, second)
  assert.match(await fixture.stack.succeed(...up), /~ 1 updated/)
  await refreshQuietly()
  await fixture.stack.succeed('preview', '--expect-no-changes')
})

test('A refresh that finds a lost redirect URI again warns of nothing', async () => {
  atThePsc(first)
  await fixture.stack.succeed(...refresh)
  atThePsc(first, second)
  const output = await fixture.stack.succeed(...refresh)
  assert.match(output, /^ +\+ \[1\]: "https:\/\/www\.aplicacao-exemplo\.com\/outro"$/m)
  assert.doesNotMatch(output, /WARN_PSC_URI/)
  await refreshQuietly()
})
