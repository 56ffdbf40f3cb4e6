import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useFleet } from './folder.ts'

const fixture = useFleet({ count: 2 })

/** Adds a resource of another program to the state of a stack. */
async function addStranger(stack: string): Promise<void> {
  const state = JSON.parse(await fixture.fleet.pulumi(stack, 'stack', 'export')) as {
    deployment: { resources?: object[] }
  }
  const type = 'random:index/randomId:RandomId'
  const urn = `urn:pulumi:${stack}::psc::${type}::banco`
  state.deployment.resources = [...(state.deployment.resources ?? []), { urn, custom: false, type }]
  fixture.fleet.write('state.json', JSON.stringify(state))
  await fixture.fleet.pulumi(stack, 'stack', 'import', '--file', 'state.json')
}

test('A fleet leaves each stack alone that another program manages too', async () => {
  fixture.declare({ 0: { stack: 'vazia' }, 1: { stack: 'cheia' } })
  assert.equal((await fixture.fleet.report('up')).code, 0)
  // One that the fleet has never had, one in which it declares something, and one that it would empty.
  await fixture.fleet.pulumi('dados', 'stack', 'init', '--no-select')
  const stacks = ['dados', 'cheia', 'vazia']
  for (const stack of stacks) await addStranger(stack)
  fixture.declare({ 0: { stack: 'dados' }, 1: { stack: 'cheia', comments: 'Outra' } })
  const report = await fixture.fleet.report('up')
  assert.equal(report.code, 1)
  for (const name of stacks) {
    const { outcome, problems } = report.stacks.find(({ stack }) => stack === name) ?? {}
    assert.equal(outcome, 'failed', name)
    assert.match(problems?.[0]?.message ?? '', /also has .*::banco.*another program manages it/)
    assert.match(await fixture.fleet.pulumi(name, 'stack', 'export'), /::banco"/)
  }
})
