import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { providerCode } from '../../provider/engine/dynamic-resource.ts'
import { portal } from '../support/fixture.ts'

/** What the dynamic provider host does at a preview without changes, and which modules that loads. */
const preview = `
  const { registerHooks, createRequire } = require('node:module')
  const loaded = []
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
  ${providerCode}
  const provider = exports.handler()
  const declared = ${JSON.stringify(portal)}
  const applied = { ...declared, endpoints: 'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth' }
  void (async () => {
    await provider.configure({ config: { get: (key) => key === 'psc:preflight' ? 'auto' : undefined } })
    const { failures } = await provider.check(declared, declared)
    const { changes } = await provider.diff(declared.clientId, applied, declared)
    console.log(JSON.stringify({ failures, changes, loaded }))
  })()`

test('A preview without changes loads no library that only a request needs', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--eval', preview], { encoding: 'utf8' })
  assert.equal(stderr, '')
  const { loaded, ...judged } = JSON.parse(stdout) as { loaded: string[] }
  assert.deepEqual(judged, { failures: [], changes: false })
  assert.deepEqual(
    loaded.filter((url) => url.includes('/node_modules/')),
    [],
  )
})
