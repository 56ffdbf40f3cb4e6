import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { useFleet } from './folder.ts'
import { clientIdOf } from './manifest.ts'

const fixture = useFleet({ count: 2 })

/** The file in which the file backend keeps the state of a stack. */
const stateOf = (stack: string): string => `state/.pulumi/stacks/psc/${stack}.json`

const readState = (stack: string): string =>
  readFileSync(join(fixture.fleet.path, stateOf(stack)), 'utf8')

/** Makes a stack whose state has a client of the fleet, by its index, and a resource of another program. */
async function makeShared(stack: string, index?: number): Promise<void> {
  await fixture.fleet.pulumi(stack, 'stack', 'init', '--no-select')
  const urn = (type: string, name: string) => `urn:pulumi:${stack}::psc::${type}::${name}`
  const stranger = 'random:index/randomId:RandomId'
  const resources: object[] = [{ urn: urn(stranger, 'banco'), custom: false, type: stranger }]
  if (index !== undefined) {
    const type = 'pulumi-nodejs:dynamic/psc:PscClient'
    const id = clientIdOf(index)
    const inputs = { psc: 'neoid', clientId: id }
    resources.push({ urn: urn(type, `app-${index}`), custom: true, id, type, inputs })
    await fixture.fleet.pulumi(stack, 'stack', 'tag', 'set', 'psc:fleet', 'fleet')
  }
  const state = JSON.parse(readState(stack)) as { checkpoint: { latest?: object } }
  state.checkpoint.latest = { ...state.checkpoint.latest, resources }
  fixture.fleet.write(stateOf(stack), JSON.stringify(state))
}

test('A fleet leaves each stack alone that another program manages too', async () => {
  // One that the fleet has never had, one in which it declares something, and one that it would empty.
  await makeShared('dados')
  await makeShared('cheia', 1)
  await makeShared('vazia', 0)
  fixture.declare({ 0: { stack: 'dados' }, 1: { stack: 'cheia', comments: 'Outra' } })
  const report = await fixture.fleet.report('up')
  assert.equal(report.code, 1)
  for (const name of ['dados', 'cheia', 'vazia']) {
    const { outcome, problems } = report.stacks.find(({ stack }) => stack === name) ?? {}
    assert.equal(outcome, 'failed', name)
    assert.match(problems?.[0]?.message ?? '', /also has .*::banco.*ERR_PSC_FLEET_FOREIGN_RESOURCE/)
    assert.match(readState(name), /::banco"/)
  }
})

test('A preview of a new stack leaves the selected stack selected', async () => {
  await fixture.fleet.pulumi('dados', 'stack', 'select')
  fixture.declare({ 0: { stack: 'nova' }, 1: { stack: 'nova' } })
  const { stacks } = await fixture.fleet.report('preview')
  assert.ok(stacks.some(({ stack }) => stack === 'nova'))
  const folder = join(fixture.fleet.path, 'home', 'workspaces')
  const selections = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  assert.equal(selections.length, 1)
  assert.match(selections[0] ?? '', /\/dados"/)
})
