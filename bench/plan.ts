import { startBenchEmulator } from './emulator.ts'
import { makeFleet, runFleet } from './fleet.ts'
import { toTable } from './table.ts'
import { clientsOf } from './workload.ts'

/** Stacks of these sizes are compared: the difference is what the clients cost, the rest is the stack's own. */
const [small, large] = [100, 500]
const stacks = 2

/** What a stack and a client cost the processors, from which a plan for more of them follows. A table in Markdown. */
export async function measurePlan(say: (line: string) => void): Promise<string> {
  const costs = []
  for (const size of [small, large]) {
    const clients = clientsOf(size * stacks)
    await using emulator = await startBenchEmulator(clients, 0)
    const options = { folder: makeFleet(clients, emulator.baseUrl), shards: stacks }
    const up = await runFleet('up', clients, emulator.baseUrl, options)
    const preview = await runFleet('preview', clients, emulator.baseUrl, options)
    say(
      `${stacks} stacks of about ${size}: up ${up.processorSeconds.toFixed(1)} s, preview ${preview.processorSeconds.toFixed(1)} s of processor time`,
    )
    costs.push({ up: up.processorSeconds, preview: preview.processorSeconds })
  }
  const [few, many] = costs
  if (!few || !many) throw new Error('nothing was measured')
  const rows = (['up', 'preview'] as const).map((operation) => {
    const ofClient = (many[operation] - few[operation]) / ((large - small) * stacks)
    const ofStack = few[operation] / stacks - ofClient * small
    const name = operation === 'up' ? 'first `psc fleet up`' : '`psc fleet preview` without changes'
    return [name, `${ofStack.toFixed(1)} s`, `${(ofClient * 1000).toFixed(0)} ms`]
  })
  return toTable(['processor time', 'of a stack', 'of a client'], rows)
}
