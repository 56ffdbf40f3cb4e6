import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noCounts } from '../../../cli/fleet/outcomes.ts'
import { useFleet } from './folder.ts'
import { manifestOf, secret } from './manifest.ts'

const count = 4

const fixture = useFleet({ count })

const nova = { 0: { stack: 'nova' } }

test('New stacks get the settings of --config-file, and the file does not change', async () => {
  const text = '# of all stacks\nconfig: { psc:preflight: off }\n'
  fixture.fleet.write('shared.yaml', text)
  const shared = ['--shards', '1', '--config-file', 'shared.yaml']
  const { code, summary } = await fixture.fleet.report('preview', ...shared)
  assert.deepEqual([code, summary], [0, { ...noCounts, notReached: 0, added: count }])
  assert.deepEqual(fixture.countRequests(), {})
  assert.equal(readFileSync(join(fixture.fleet.path, 'shared.yaml'), 'utf8'), text)
})

test('A secret in a file is found from where the manifest is, wherever the program is', async () => {
  const { fleet } = fixture
  fleet.write('Pulumi.yaml', JSON.stringify({ name: 'psc', runtime: 'nodejs', main: 'program/' }))
  assert.match((await fleet.run('preview')).stderr, /Pulumi\.yaml: main: there is no .*program/)
  fleet.write('program/index.js', '')
  fleet.write('secret', secret)
  fixture.declare({ 0: { stack: 'nova', clientSecret: { file: 'secret' } } }, 1)
  fixture.countRequests()
  const { code, stacks } = await fleet.report('preview', '--prefix', 'outra')
  assert.equal(code, 0)
  assert.deepEqual(
    stacks.flatMap(({ warnings }) => warnings),
    [],
  )
  assert.deepEqual(fixture.countRequests(), { clientToken: 1 })
})

test('An unavailable PSC is a warning in the report of a preview', async () => {
  const nobody = 'http://127.0.0.1:9/psc/v0/oauth'
  fixture.fleet.write('clients.yaml', manifestOf(nobody, 1, nova))
  const config = { 'psc:timeoutSeconds': 1 }
  fixture.fleet.write('shared.yaml', JSON.stringify({ config }))
  const settings = ['--prefix', 'outra', '--config-file', 'shared.yaml']
  const { code, stacks } = await fixture.fleet.report('preview', ...settings)
  assert.equal(code, 0)
  const codes = stacks.flatMap(({ warnings }) => warnings.map(({ code }) => code))
  assert.deepEqual(codes, ['WARN_PSC_UNAVAILABLE'])
})

test('The address of a PSC may be in the settings of --config-file alone', async () => {
  const { emulator, fleet } = fixture
  const manifest = JSON.parse(manifestOf(emulator.baseUrls.neoid, 1, nova)) as {
    clients: Record<string, object>
  }
  const clients = { 'app-0': { ...manifest.clients['app-0'], psc: 'novo' } }
  const pscs = { novo: { extends: 'standard' } }
  fleet.write('clients.yaml', JSON.stringify({ ...manifest, pscs, clients }))
  assert.match((await fleet.run('preview')).stderr, /"novo" needs a baseUrl/)
  fleet.write('shared.yaml', JSON.stringify({ config: { 'psc:baseurls': {} } }))
  const misspelt = await fleet.run('preview', '--config-file', 'shared.yaml')
  assert.match(misspelt.stderr, /unknown setting psc:baseurls\. Did you mean psc:baseUrls/)
  const baseUrls = { novo: emulator.baseUrls.standard }
  const config = { 'psc:baseUrls': baseUrls, 'psc:preflight': 'off' }
  fleet.write('shared.yaml', JSON.stringify({ config }))
  const report = await fleet.report('preview', '--prefix', 'outra', '--config-file', 'shared.yaml')
  const stack = report.stacks.find(({ stack }) => stack === 'nova')
  assert.deepEqual([stack?.outcome, stack?.added], ['done', 1])
})
