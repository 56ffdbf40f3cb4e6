import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { useFleet } from './folder.ts'

const fixture = useFleet({ count: 2 })

/** The file in which the file backend keeps the state of a stack. */
const stateOf = (stack: string): string => `state/.pulumi/stacks/psc/${stack}.json`

const readState = (stack: string): string =>
  readFileSync(join(fixture.fleet.path, stateOf(stack)), 'utf8')

/** Adds a resource of another program to the state of a stack. */
function addStranger(stack: string): void {
  const state = JSON.parse(readState(stack)) as {
    checkpoint: { latest?: { resources?: object[] } }
  }
  const type = 'random:index/randomId:RandomId'
  const stranger = { urn: `urn:pulumi:${stack}::psc::${type}::banco`, custom: false, type }
  const { latest = {} } = state.checkpoint
  state.checkpoint.latest = { ...latest, resources: [...(latest.resources ?? []), stranger] }
  fixture.fleet.write(stateOf(stack), JSON.stringify(state))
}

test('A fleet leaves each stack alone that another program manages too', async () => {
  fixture.declare({ 0: { stack: 'vazia' }, 1: { stack: 'cheia' } })
  assert.equal((await fixture.fleet.report('up')).code, 0)
  // One that the fleet has never had, one in which it declares something, and one that it would empty.
  await fixture.fleet.pulumi('dados', 'stack', 'init', '--no-select')
  const stacks = ['dados', 'cheia', 'vazia']
  stacks.forEach(addStranger)
  fixture.declare({ 0: { stack: 'dados' }, 1: { stack: 'cheia', comments: 'Outra' } })
  const report = await fixture.fleet.report('up')
  assert.equal(report.code, 1)
  for (const name of stacks) {
    const { outcome, problems } = report.stacks.find(({ stack }) => stack === name) ?? {}
    assert.equal(outcome, 'failed', name)
    assert.match(problems?.[0]?.message ?? '', /also has .*::banco.*another program manages it/)
    assert.match(readState(name), /::banco"/)
  }
})
