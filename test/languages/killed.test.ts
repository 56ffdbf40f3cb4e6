import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { killTree } from '../../cli/processes.ts'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, yamlProgram } from '../support/plugin-stack.ts'

const ids = Array.from({ length: 12 }, (_, index) => `aplicacao-${index + 1}`)

const fixture = useStack({
  emulator: {
    pscs: { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } },
  },
  prepare: () => ensureLanguageHost('yaml'),
})

const up = ['up', '--yes', '--skip-preview']

function declare(comments: string): void {
  const clients = ids.map((id) => [id, client({ clientId: id, name: `Nome ${id}`, comments })])
  fixture.stack.write('Pulumi.yaml', yamlProgram(Object.fromEntries(clients) as never))
}

const commentsAtThePsc = () => ids.map((id) => fixture.emulator.registered('neoid', id)?.comments)

test('What a killed run of the plugin has begun is taken back at the PSC by the next up', async () => {
  declare('Um')
  await fixture.stack.succeed(...up)
  declare('Dois')
  // Every other write takes effect too, and its answer never arrives.
  const lost = { kind: 'hang', when: 'after', operation: 'clientMaintenance' } as const
  fixture.emulator.faults.add({ ...lost, skip: 3, times: 'always' })
  const run = fixture.stack.start(...up)
  const ended = once(run, 'exit')
  const isChanged = () => commentsAtThePsc().filter((comments) => comments === 'Dois').length >= 5
  while (!isChanged() && run.exitCode === null) await new Promise(setImmediate)
  assert.ok(run.pid)
  killTree(run.pid)
  await ended
  fixture.emulator.faults.clear()
  await fixture.stack.run('cancel', '--yes')

  declare('Um')
  await fixture.stack.succeed(...up)
  assert.deepEqual(
    commentsAtThePsc(),
    ids.map(() => 'Um'),
  )
  await fixture.stack.succeed('preview', '--expect-no-changes')
})
