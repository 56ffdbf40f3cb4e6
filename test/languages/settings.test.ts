import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, useStack } from '../support/fixture.ts'
import { client, diagnosticsOf, plugins } from '../support/plugin-stack.ts'

const clientSecret = { config: 'psc:portalSecret' }

const fixture = useStack({
  project: {
    name: 'agencia',
    runtime: 'yaml',
    plugins,
    resources: { portal: { type: 'psc:index:Client', ...client({ clientSecret }) } },
  },
  prepare: () => ensureLanguageHost('yaml'),
})

test('An encrypted key of the team is no setting, and an unknown setting ends a preview without a request', async () => {
  const { stack } = fixture
  await stack.succeed('config', 'set', '--secret', 'psc:portalSecret', portal.clientSecret)
  await stack.succeed('preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
  fixture.emulator.requests.clear()
  await stack.succeed('config', 'set', 'psc:timeoutSecs', '5')
  const codes = [...diagnosticsOf(await stack.fail('preview')).values()].flat()
  assert.deepEqual(codes, ['ERR_PSC_CONFIGURATION'])
  assert.deepEqual(fixture.requests(), [])
})
