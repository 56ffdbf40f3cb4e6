import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { manifestOf, useStack } from '../support/fixture.ts'

const manifest = manifestOf({
  portal: { stack: 'test' },
  producao: { clientId: 'vizinho', name: 'Nome do Vizinho', stack: 'producao' },
  outra: { clientId: 'outra', name: 'Outra', stack: 'producao' },
})

const fixture = useStack({ manifest })

const { requests } = fixture

beforeEach(() => {
  fixture.emulator.requests.clear()
})

// One stack, in order: each test goes on from the one before it.

test('An up declares the entries of its stack, and counts those of other stacks in one line', async () => {
  const output = await fixture.stack.succeed('up', '--yes', '--skip-preview')
  assert.match(output, /clients\.yaml: left out of "test": 2 entries name another stack\./)
  assert.match(output, /PscClient portal +created/)
  assert.doesNotMatch(output, /PscClient (producao|outra)/)
  assert.deepEqual(requests(), ['clientToken 200', 'clientMaintenance 200'])
})

test('With an unknown setting, a preview sends no request and says how to correct it', async () => {
  await fixture.stack.succeed('config', 'set', 'psc:baseUrls.neoid', 'http://127.0.0.1:9')
  const output = await fixture.stack.fail('preview')
  assert.match(output, /`pulumi config set --path 'psc:baseUrls\.neoid' .*ERR_PSC_CONFIGURATION/)
  assert.deepEqual(requests(), [])
})

test('With an unknown setting, a destroy succeeds', async () => {
  await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
})
