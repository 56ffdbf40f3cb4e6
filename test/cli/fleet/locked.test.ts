import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noCounts } from '../../../cli/fleet/outcomes.ts'
import { useFleet } from './folder.ts'

const fixture = useFleet({ count: 2 })

/** What another runner of the file backend writes while it works on the stack "preso". */
const locks = 'state/.pulumi/locks/organization/psc/preso'

function lock(): void {
  const lock = { pid: 1, username: 'outra', hostname: 'outra', timestamp: new Date() }
  fixture.fleet.write(`${locks}/5f5b7a1e-0d0c-4a4e-9b5e-2f1f5f0d9a31.json`, JSON.stringify(lock))
}

test('A fleet skips a stack in use by another run and applies the others', async () => {
  fixture.declare({ 0: { stack: 'livre' }, 1: { stack: 'preso' } })
  await fixture.fleet.pulumi('preso', 'stack', 'init', '--no-select')
  lock()
  const { code, summary, stacks } = await fixture.fleet.report('up', '--lock-wait', '0')
  assert.equal(code, 1)
  assert.deepEqual(summary, { ...noCounts, notReached: 1, added: 1 })
  const { outcome, problems } = stacks.find(({ stack }) => stack === 'preso') ?? {}
  assert.equal(outcome, 'locked')
  assert.match(problems?.[0]?.message ?? '', /locked/)
})

test('With --lock-wait, a fleet applies a locked stack when the other run has ended', async () => {
  lock()
  const { process: runner, ended } = fixture.fleet.start('up', '--json', '--lock-wait', '3600')
  runner.stderr?.on('data', (text: string) => {
    if (text.includes('preso: in use by another run')) {
      rmSync(join(fixture.fleet.path, locks), { recursive: true, force: true })
    }
  })
  const { code, stdout } = await ended
  assert.equal(code, 0)
  const { summary } = JSON.parse(stdout) as { summary: object }
  assert.deepEqual(summary, { ...noCounts, notReached: 0, added: 1, unchanged: 1 })
})
