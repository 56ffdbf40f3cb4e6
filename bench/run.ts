// `npm run bench`: what this project adds to the cost of running Pulumi. bench/README.md says how to read it.
import { rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { compare } from './compare.ts'
import { measureBackends } from './backends.ts'
import { measureLoadTimes } from './load-times.ts'
import { type RoundOptions, runRound } from './rounds.ts'
import type { SubjectName } from './subjects.ts'
import {
  type Comparison,
  comparisonTable,
  partsTable,
  type Series,
  sizesTable,
  timesTable,
} from './table.ts'

const help = `npm run bench -- [options]
  --clients 1,10,100,1000   how many clients
  --rounds 5                how often each is measured (3 from 1,000 clients on)
  --subjects psc,floor,dynamic
  --only times|load|compare|parts
                            one of them; parts, only when it is asked for: what the engine's time is spent on
  --fleet                   two runners at once on each backend, 5,000 clients in 50 stacks, and nothing else
  --delay 0                 how long the server holds each answer back, in milliseconds
  --quick                   one round of 1, 10 and 100 clients`

const { values } = parseArgs({
  options: {
    clients: { type: 'string' },
    rounds: { type: 'string' },
    subjects: { type: 'string', default: 'psc,floor,dynamic' },
    only: { type: 'string' },
    delay: { type: 'string', default: '0' },
    quick: { type: 'boolean', default: false },
    fleet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (line: string) => {
  console.error(`  ${line}`)
}

if (values.help) console.log(help)
else if (values.fleet) {
  console.log(await describeMachine(0))
  const size = { clients: Number(values.clients ?? 5000), stacks: 50 }
  console.log(`\n${await measureBackends(size, say)}`)
} else {
  const began = performance.now()
  const clients = (values.clients ?? (values.quick ? '1,10,100' : '1,10,100,1000'))
    .split(',')
    .map(Number)
  const delayMs = Number(values.delay)
  const subjects = values.subjects.split(',') as SubjectName[]
  const does = (part: string) => values.only === undefined || values.only === part

  console.log(await describeMachine(delayMs))
  if (does('load')) {
    const { provider, package: own, manifest } = measureLoadTimes(values.quick ? 5 : 15)
    console.log(
      `\nLoading adds: the provider with its first check ${provider.toFixed(0)} ms to an empty Node; \`pulumi-psc\` ${own.toFixed(0)} ms and \`pulumi-psc/manifest\` ${manifest.toFixed(0)} ms to an empty program.`,
    )
  }
  if (does('times')) {
    const all: Series[] = []
    for (const count of clients) all.push(await runRounds(count, { delayMs, subjects }))
    console.log(`\n${timesTable(all)}\n\n${sizesTable(all)}`)
  }
  if (values.only === 'parts') {
    const all: Series[] = []
    const parts = ['bare', 'inputs', 'floor', 'dynamic', 'captured'] as const
    for (const count of clients)
      all.push(await runRounds(count, { delayMs, subjects: parts, only: 'first up' }))
    console.log(`\n${partsTable(all)}`)
  }
  if (does('compare')) {
    const all: Comparison[] = []
    for (const count of clients.filter((number) => number >= 100)) {
      all.push(await compare({ clients: count, delayMs, rounds: roundsFor(count), say }))
    }
    if (all.length > 0) console.log(`\n${comparisonTable(all)}`)
  }
  console.log(`\nMeasured in ${((performance.now() - began) / 60_000).toFixed(0)} minutes.`)
}
rmSync('.psc/bench', { recursive: true, force: true })

async function runRounds(
  clients: number,
  options: Pick<RoundOptions, 'delayMs' | 'subjects' | 'only'>,
): Promise<Series> {
  const { subjects } = options
  const rounds: Series['rounds'][number][] = []
  for (let round = 0; round < roundsFor(clients); round++) {
    // A B C, C B A: nobody always comes first.
    const order = round % 2 === 0 ? subjects : subjects.toReversed()
    rounds.push(await runRound({ ...options, clients, subjects: order, say }))
  }
  return { clients, rounds }
}

function roundsFor(count: number): number {
  if (values.rounds !== undefined) return Number(values.rounds)
  if (values.quick) return 1
  return count < 1000 ? 5 : 3
}

async function describeMachine(delayMs: number): Promise<string> {
  const { default: pulumi } = (await import('pulumi/package.json', { with: { type: 'json' } })) as {
    default: { version: string }
  }
  const [cpu] = cpus()
  const delay = delayMs === 0 ? '' : `, every answer held back ${delayMs} ms`
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, Pulumi ${pulumi.version}, file backend${delay}`
}
