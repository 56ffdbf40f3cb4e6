import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { FleetFolder } from './folder.ts'
import { clientIdOf, emulatorOf, manifestOf, secret } from './manifest.ts'

const count = 20
const firstWrite = Promise.withResolvers<undefined>()

let emulator: Emulator
let fleet: FleetFolder

before(async () => {
  emulator = await startEmulator({
    config: emulatorOf(count),
    onRequest(line) {
      if (line.startsWith('PUT')) firstWrite.resolve(undefined)
    },
  })
  fleet = new FleetFolder({ env: { PORTAL_SECRET: secret } })
  fleet.write('clients.yaml', manifestOf(emulator.baseUrls.neoid, count))
})

after(async () => {
  fleet.remove()
  await emulator.close()
})

test('Ctrl-C lets what is at work end, begins nothing new, and leaves no lock behind', async () => {
  const { process: child, ended } = fleet.start('up', '--shards', '6', '--parallel', '1', '--json')
  await Promise.race([firstWrite.promise, ended])
  child.kill('SIGINT')
  const { code, stdout } = await ended
  assert.equal(code, 1)
  const { stacks } = JSON.parse(stdout) as { stacks: { outcome: string }[] }
  assert.ok(stacks.some(({ outcome }) => outcome === 'not begun'))

  const again = await fleet.report('up', '--shards', '6')
  assert.equal(again.code, 0, JSON.stringify(again.stacks))
  assert.equal(again.summary.added + again.summary.unchanged, count)
  for (let index = 0; index < count; index++) {
    assert.equal(emulator.registered('neoid', clientIdOf(index))?.redirectUris.length, 2)
  }
})
