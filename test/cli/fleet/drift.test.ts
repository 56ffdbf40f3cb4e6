import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useFleet } from './folder.ts'
import { clientIdOf } from './manifest.ts'

const count = 3

const fixture = useFleet({ count })

test('A fleet refresh with psc:drift counts the clients whose redirect URIs drifted, until an up repairs them', async () => {
  const { emulator, fleet } = fixture
  fleet.write('shared.yaml', 'config: { psc:drift: refresh }\n')
  const run = async (operation: string) => {
    const { summary, stacks, code } = await fleet.report(
      operation,
      ...['--shards', '1', '--config-file', 'shared.yaml'],
    )
    assert.equal(code, 0)
    const counts = Object.entries(summary).filter(([, number]) => number > 0)
    const warnings = stacks.flatMap((stack) => stack.warnings.map(({ code }) => code))
    return { counts: Object.fromEntries(counts), warnings }
  }
  assert.deepEqual((await run('up')).counts, { added: count })
  const [kept = ''] = emulator.registered('neoid', clientIdOf(1))?.redirectUris ?? []
  emulator.change('neoid', clientIdOf(1), { redirectUris: [kept] })
  const drifted = {
    counts: { drifted: 1, unchanged: count - 1 },
    warnings: ['WARN_PSC_URI_NOT_REGISTERED'],
  }
  assert.deepEqual(await run('refresh'), drifted)
  assert.deepEqual(await run('refresh'), drifted)
  assert.deepEqual((await run('up')).counts, { changed: 1, unchanged: count - 1 })
  assert.deepEqual(await run('refresh'), { counts: { unchanged: count }, warnings: [] })
})
