import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { noCounts } from '../../../cli/fleet/tally.ts'
import { FleetFolder } from './folder.ts'
import { emulatorOf, manifestOf, secret } from './manifest.ts'

const count = 8

let emulator: Emulator
let fleet: FleetFolder

before(async () => {
  emulator = await startEmulator({ config: emulatorOf(count) })
  fleet = new FleetFolder({ env: { PORTAL_SECRET: secret } })
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, count))
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

test('settings that stacks share are those of new stacks too, and their file stays as it was written', async () => {
  const text = '# of all stacks\nconfig: { psc:preflight: off }\n'
  fleet.write('shared.yaml', text)
  const shared = ['--shards', '4', '--parallel', '2', '--config-file', 'shared.yaml']
  const { code, summary } = await fleet.report('preview', ...shared)
  assert.deepEqual([code, summary], [0, { ...noCounts, notReached: 0, added: count }])
  assert.deepEqual(emulator.requests.list(), [])
  assert.equal((await fleet.report('up', ...shared)).summary.added, count)
  assert.equal(readFileSync(join(fleet.path, 'shared.yaml'), 'utf8'), text)
})

test('a file with a secret is found from where the manifest is, wherever the program is', async () => {
  fleet.write('Pulumi.yaml', JSON.stringify({ name: 'psc', runtime: 'nodejs', main: 'program/' }))
  assert.match((await fleet.run('preview')).stderr, /Pulumi\.yaml: main: there is no .*program/)
  fleet.write('program/index.js', '')
  fleet.write('secret', secret)
  const special = { 0: { stack: 'nova', clientSecret: { file: 'secret' } } }
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, 1, special))
  emulator.requests.clear()
  const { code, stacks } = await fleet.report('preview', '--prefix', 'outra')
  assert.equal(code, 0)
  assert.deepEqual(
    stacks.flatMap(({ warnings }) => warnings),
    [],
  )
  assert.deepEqual(
    emulator.requests.list().map(({ status }) => status),
    [200],
  )
})
