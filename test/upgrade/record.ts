// Records the states of this version, for every later one: node test/upgrade/record.ts 0.2.0
//
// Runs `up` on each stack of recordings.ts and exports it to states/{version}/, with a placeholder for the emulator's
// address and nothing else changed.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../../scripts/build.ts'
import { operate } from './operate.ts'
import { open, recordings, states } from './recordings.ts'

const [version = ''] = process.argv.slice(2)
assert.match(version, /^\d+\.\d+\.\d+$/, 'usage: node test/upgrade/record.ts <version>')
const folder = join(states, version)
assert.ok(!existsSync(folder), `${version} is recorded already. A recording is never changed.`)

build()
const unfinished = `${folder}.unfinished`
mkdirSync(unfinished, { recursive: true })
for (const [name, { emulator, faults = [], upFails, isFleet }] of Object.entries(recordings)) {
  await using opened = await open(name, emulator)
  for (const fault of faults) opened.emulator.faults.add(fault)
  const { code, output } = await operate(opened.stack, 'up', isFleet)
  assert.equal(code !== 0, upFails ?? false, output)
  const state = opened.scrub(JSON.stringify(await opened.stack.state(), undefined, 2))
  writeFileSync(join(unfinished, `${name}.json`), `${state}\n`)
  console.log(`Recorded ${name}.`)
}
renameSync(unfinished, folder)
