import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../scripts/engine/index.ts'
import { startBenchEmulator } from './emulator.ts'
import { clientsPerStack, type FleetCost, makeFleet, runFleet } from './fleet.ts'
import { toTable } from './table.ts'
import { clientsOf } from './workload.ts'

/** Compares stacks of these sizes: the difference is the cost of the clients, the rest that of the stack. */
const [small, large] = [100, 500]

const stacks = 2

/** Measures fleets of these sizes, in stacks of the advised size. */
const sizes = [500, 1000, 2000, 4000]

/** Measures the figures of the plan for 100,000 clients. Yields two Markdown tables and a sentence. */
export async function* measurePlan(say: (line: string) => void): AsyncGenerator<string> {
  yield await measureShares(say)
  yield await measureGrowth(say)
  yield await measureListing()
}

/** Measures how long listing the stacks takes, which every run of a fleet does first. */
async function measureListing(): Promise<string> {
  const count = 200
  const clients = clientsOf(clientsPerStack)
  await using emulator = await startBenchEmulator(clients, 0)
  const folder = makeFleet(clients, emulator.baseUrl)
  await runFleet('up', clients, emulator.baseUrl, { folder })
  const stacks = join(folder, 'state', '.pulumi', 'stacks', 'psc')
  const [first = ''] = readdirSync(stacks)
  const state = readFileSync(join(stacks, first), 'utf8')
  for (let index = 2; index <= count; index++) {
    writeFileSync(
      join(stacks, `fleet-${index}.json`),
      state.replaceAll('fleet-1', `fleet-${index}`),
    )
  }
  const backend = pathToFileURL(join(folder, 'state')).href
  const env = {
    ...engineEnvironment(),
    PULUMI_BACKEND_URL: backend,
    PULUMI_DIY_BACKEND_PARALLEL: '1',
  }
  const began = performance.now()
  execFileSync('pulumi', ['stack', 'ls', '--json'], { cwd: folder, env })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  return `Listing ${count} stacks of ${clientsPerStack} clients: ${seconds} s.`
}

/** How many runners share a fleet: one, one of two on machines of their own, and two on this machine at once. */
const sharings: Readonly<Record<string, readonly string[]>> = {
  'one runner': [],
  'one of two runners': ['1/2'],
  'two runners here at once': ['1/2', '2/2'],
}

/** Measures whole fleets, and what a second runner adds. Yields a Markdown table for each number of clients. */
export async function* measureScale(
  counts: readonly number[],
  say: (line: string) => void,
): AsyncGenerator<string> {
  for (const count of counts) {
    const clients = clientsOf(count)
    await using emulator = await startBenchEmulator(clients, 0)
    const rows: string[][] = []
    for (const [name, jobs] of Object.entries(sharings)) {
      const options = { folder: makeFleet(clients, emulator.baseUrl), jobs }
      const cells = [
        `${count.toLocaleString('en-US')} in ${Math.ceil(count / clientsPerStack)}, ${name}`,
      ]
      for (const operation of ['up', 'preview'] as const) {
        const cost = await runFleet(operation, clients, emulator.baseUrl, options)
        say(`${count} clients, ${name}, ${operation}: ${cost.seconds.toFixed(1)} s`)
        cells.push(
          `${cost.seconds.toFixed(0)} s`,
          `${cost.processorSeconds.toFixed(0)} s`,
          memoryOf(cost),
        )
      }
      rows.push(cells)
    }
    const of = (operation: string) => [operation, 'of all processors', 'memory at once']
    const header = [
      'clients in stacks, runners',
      ...of('first `fleet up`'),
      ...of('`fleet preview`, no change'),
    ]
    yield toTable(header, rows)
  }
}

function memoryOf({ peakMemory }: FleetCost): string {
  return peakMemory === undefined ? '–' : `${Math.round(peakMemory).toLocaleString('en-US')} MiB`
}

async function measureGrowth(say: (line: string) => void): Promise<string> {
  const rows: string[][] = []
  for (const size of sizes) {
    const clients = clientsOf(size)
    await using emulator = await startBenchEmulator(clients, 0)
    const folder = makeFleet(clients, emulator.baseUrl)
    const cells = [size.toLocaleString('en-US'), String(Math.ceil(size / clientsPerStack))]
    for (const operation of ['up', 'preview'] as const) {
      const cost = await runFleet(operation, clients, emulator.baseUrl, { folder })
      say(`${size} clients, ${operation}: ${cost.seconds.toFixed(1)} s`)
      cells.push(
        `${cost.seconds.toFixed(0)} s`,
        `${((cost.seconds * 1000) / size).toFixed(0)} ms`,
        memoryOf(cost),
      )
    }
    rows.push(cells)
  }
  const of = (operation: string) => [operation, '… a client', 'memory at once']
  const header = [
    'clients',
    'stacks',
    ...of('first `fleet up`'),
    ...of('`fleet preview`, no change'),
  ]
  return toTable(header, rows)
}

/** Measures the processor time of a stack and of a client. */
async function measureShares(say: (line: string) => void): Promise<string> {
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
    const name = operation === 'up' ? 'first `fleet up`' : '`fleet preview` without changes'
    return [name, `${ofStack.toFixed(1)} s`, `${(ofClient * 1000).toFixed(0)} ms`]
  })
  return toTable(['processor time', 'of a stack', 'of a client'], rows)
}
