import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'node:test'
import { killTree } from '../../cli/processes.ts'
import { program } from '../support/registration-program.ts'
import { useStack } from '../support/fixture.ts'

const fixture = useStack({ emulator: {}, files: { 'index.ts': program() } })

const up = ['up', '--yes', '--skip-preview']

const registrations = () => fixture.emulator.requests.list({ operation: 'application' }).length

test('A run after one that was killed while it registered sends nothing', async () => {
  fixture.emulator.faults.add({ kind: 'hang', operation: 'application', when: 'after' })
  const child = fixture.stack.start(...up)
  const closed = once(child, 'close')
  while (registrations() === 0 && child.exitCode === null) await turn()
  assert.ok(child.pid)
  killTree(child.pid)
  await closed
  await fixture.stack.succeed('cancel', '--yes')
  fixture.emulator.faults.clear()
  const message =
    /an earlier run announced attempt 1.*set attempt: 2.*\[ERR_PSC_REGISTRATION_PENDING\]/
  // A new name with an alias is the same attempt.
  const alias = 'urn:pulumi:test::psc::pulumi-nodejs:dynamic/psc:PscRegistration::portal'
  fixture.stack.write('index.ts', program({}, { called: 'novo', aliases: [alias] }))
  assert.match(await fixture.stack.fail(...up), message)

  fixture.stack.write('index.ts', 'export {}\n')
  assert.match(
    await fixture.stack.succeed(...up),
    /leaves this stack, .* \[WARN_PSC_UNKNOWN_OUTCOME\]/,
  )
  assert.equal(registrations(), 1)
  assert.equal(fixture.emulator.clients('vidaas').length, 1)
})
