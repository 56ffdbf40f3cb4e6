import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { noCounts } from '../../cli/fleet/tally.ts'
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
