import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portal, useStack } from '../support/fixture.ts'

const uri = (path: string): string => `https://www.aplicacao-exemplo.com/${path}`
const declared = [uri('callback'), uri('outro')]

// The secret stands in the program: the state keeps it encrypted, also after a refresh.
const program = `
  import { PscClient } from 'pulumi-psc'

  new PscClient('portal', ${JSON.stringify({ ...portal, redirectUris: declared })})
`

const fixture = useStack({
  files: { 'index.ts': program },
  config: () => ({ 'psc:drift': 'refresh' }),
})

const refresh = ['refresh', '--yes', '--skip-preview', '--diff']

const uris = () => fixture.emulator.registered('neoid', portal.clientId)?.redirectUris

// One life, in order: each test goes on from the one before it.

test('A refresh that finds every redirect URI shows no change', async () => {
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  assert.match(await fixture.stack.succeed(...refresh, '--expect-no-changes'), /2 unchanged/)
})

test('A refresh shows a redirect URI that was removed at the PSC', async () => {
  fixture.emulator.change('neoid', portal.clientId, { redirectUris: [uri('callback')] })
  const output = await fixture.stack.succeed(...refresh)
  assert.match(output, /^ +- \[1\]: "https:\/\/www\.aplicacao-exemplo\.com\/outro"$/m)
  assert.match(output, /\[WARN_PSC_URI_NOT_REGISTERED\]$/m)
  assert.match(output, /~ 1 updated/)
  const state = JSON.stringify(await fixture.stack.state())
  assert.ok(!state.includes(portal.clientSecret))
})

test('The preview shows what an up would repair, also without psc:drift', async () => {
  await fixture.stack.succeed('config', 'rm', 'psc:drift')
  const output = await fixture.stack.succeed('preview', '--diff')
  assert.match(output, /^ +\+ \[1\]: "https:\/\/www\.aplicacao-exemplo\.com\/outro"$/m)
  assert.match(output, /\[WARN_PSC_URI_NOT_REGISTERED\]$/m)
  await fixture.stack.succeed('config', 'set', 'psc:drift', 'refresh,apply')
})

test('An up repairs it and proves that it is in force, and then neither a refresh nor a preview shows a change', async () => {
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  assert.deepEqual(uris(), declared)
  await fixture.stack.succeed(...refresh, '--expect-no-changes')
  await fixture.stack.succeed('preview', '--expect-no-changes')
})
