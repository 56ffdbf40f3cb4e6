import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { noCounts } from '../../../cli/fleet/tally.ts'
import { FleetFolder } from './folder.ts'
import { emulatorOf, manifestOf, secret } from './manifest.ts'

let emulator: Emulator
let fleet: FleetFolder

/** What another runner of the file backend writes while it is at the stack "preso". */
const locks = 'state/.pulumi/locks/organization/psc/preso'

before(async () => {
  emulator = await startEmulator({ config: emulatorOf(2) })
  fleet = new FleetFolder({ env: { PORTAL_SECRET: secret } })
  const special = { 0: { stack: 'livre' }, 1: { stack: 'preso' } }
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, 2, special))
  await fleet.pulumi('preso', 'stack', 'init', '--no-select')
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

beforeEach(() => {
  const lock = { pid: 1, username: 'outra', hostname: 'outra', timestamp: new Date() }
  fleet.write(`${locks}/5f5b7a1e-0d0c-4a4e-9b5e-2f1f5f0d9a31.json`, JSON.stringify(lock))
})

test('a stack that another run is at is left to it, and the others are applied', async () => {
  const { code, summary, stacks } = await fleet.report('up', '--lock-wait', '0')
  assert.equal(code, 1)
  assert.deepEqual(summary, { ...noCounts, notReached: 1, added: 1 })
  const { outcome, problems } = stacks.find(({ stack }) => stack === 'preso') ?? {}
  assert.equal(outcome, 'locked')
  assert.match(problems?.[0]?.message ?? '', /locked/)
})

test('it is tried again for as long as --lock-wait says, and applied when the other run has ended', async () => {
  const { process: runner, ended } = fleet.start('up', '--json', '--lock-wait', '3600')
  runner.stderr?.on('data', (text: string) => {
    if (text.includes('preso: in use by another run')) {
      rmSync(join(fleet.path, locks), { recursive: true, force: true })
    }
  })
  const { code, stdout } = await ended
  assert.equal(code, 0)
  const { summary } = JSON.parse(stdout) as { summary: object }
  assert.deepEqual(summary, { ...noCounts, notReached: 0, added: 1, unchanged: 1 })
})
