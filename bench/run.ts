// `npm run bench`: measures what this project adds to the cost of running Pulumi. See bench/README.md.
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measureBackends } from './backends.ts'
import { compare } from './compare.ts'
import { removeFolders } from './folders.ts'
import { measureLoadTimes } from './load-times.ts'
import { measurePlan } from './plan.ts'
import { type RoundOptions, runRound } from './rounds.ts'
import type { SubjectName } from './subjects.ts'
import { comparisonTable, partsTable, type Series, sizesTable, timesTable } from './table.ts'

const parts = ['load', 'times', 'compare', 'parts', 'plan', 'backends'] as const
type Part = (typeof parts)[number]
/** The parts of a run without `--only`. */
const usual: readonly Part[] = ['load', 'times', 'compare']

const help = `npm run bench -- [options]
  --clients 1,10,100,1000   how many clients
  --rounds 5                how many rounds (3 from 1,000 clients on)
  --only ${parts.join('|')}
                            one part. load: time to load; times: against the engine's floor; compare: against curl
                            and Ansible. A run without --only leaves out parts: where the engine spends its time;
                            plan: the figures of the plan for 100,000 clients; backends: two concurrent runners on
                            each backend, 5,000 clients in 50 stacks
  --delay 0                 milliseconds by which the server delays each answer
  --quick                   one round of 1, 10 and 100 clients`

const { values } = parseArgs({
  options: {
    clients: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    delay: { type: 'string', default: '0' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

// A user's engine and programs have no compile cache of Node.js either.
delete process.env.NODE_COMPILE_CACHE

const say = (line: string) => {
  console.error(`  ${line}`)
}
const delayMs = numberOf('delay', values.delay, 0)
const counts = (values.clients ?? (values.quick ? '1,10,100' : '1,10,100,1000'))
  .split(',')
  .map((text) => numberOf('clients', text, 1))

/** Measures each part and yields its Markdown, which is printed at once. */
const measurements: Readonly<Record<Part, () => Iterable<string> | AsyncIterable<string>>> = {
  *load() {
    const { provider, package: own, manifest } = measureLoadTimes(values.quick ? 5 : 15)
    yield `Loading adds: the provider with its first check ${provider.toFixed(0)} ms to an empty Node; \`pulumi-psc\` ${own.toFixed(0)} ms and \`pulumi-psc/manifest\` ${manifest.toFixed(0)} ms to an empty program.`
  },
  async *times() {
    for (const count of counts) {
      const series = await runRounds(count, { delayMs, subjects: ['psc', 'floor', 'dynamic'] })
      yield `${timesTable([series])}\n\n${sizesTable([series])}`
    }
  },
  async *compare() {
    for (const clients of counts.filter((count) => count >= 100)) {
      const rounds = await compare({ clients, delayMs, rounds: roundsFor(clients), say })
      yield comparisonTable([{ clients, rounds }])
    }
  },
  async *parts() {
    const subjects = ['bare', 'inputs', 'floor', 'dynamic', 'captured'] as const
    for (const count of counts) {
      yield partsTable([await runRounds(count, { delayMs, subjects, only: 'first up' })])
    }
  },
  async *plan() {
    yield* measurePlan(say)
  },
  async *backends() {
    const clients = values.clients === undefined ? 5000 : Number(counts[0])
    yield* measureBackends({ clients, stacks: 50 }, say)
  },
}

if (values.help) console.log(help)
else {
  const began = performance.now()
  console.log(await describeMachine())
  for (const part of chosenParts()) {
    try {
      for await (const table of measurements[part]()) console.log(`\n${table}`)
    } catch (error) {
      // The tables before it stay useful.
      console.error(`\n${part}: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    } finally {
      removeFolders()
    }
  }
  console.log(`\nMeasured in ${((performance.now() - began) / 60_000).toFixed(0)} minutes.`)
}

function chosenParts(): readonly Part[] {
  if (values.only === undefined) return usual
  const part = parts.find((name) => name === values.only)
  if (part) return [part]
  return fail(`--only takes one of ${parts.join(', ')}`)
}

function numberOf(name: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : -1
  return number >= least ? number : fail(`--${name} takes whole numbers from ${least}`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}

async function runRounds(
  clients: number,
  options: Pick<RoundOptions, 'delayMs' | 'only'> & { readonly subjects: readonly SubjectName[] },
): Promise<Series> {
  const { subjects } = options
  const rounds: Series['rounds'][number][] = []
  for (let round = 0; round < roundsFor(clients); round++) {
    // A B C, C B A: no subject always runs first.
    const order = round % 2 === 0 ? subjects : subjects.toReversed()
    rounds.push(await runRound({ ...options, clients, subjects: order, say }))
  }
  return { clients, rounds }
}

function roundsFor(count: number): number {
  if (values.rounds !== undefined) return numberOf('rounds', values.rounds, 1)
  if (values.quick) return 1
  return count < 1000 ? 5 : 3
}

async function describeMachine(): Promise<string> {
  const { default: pulumi } = (await import('pulumi/package.json', { with: { type: 'json' } })) as {
    default: { version: string }
  }
  const [cpu] = cpus()
  const delay = delayMs === 0 ? '' : `, every answer delayed by ${delayMs} ms`
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, Pulumi ${pulumi.version}, file backend${delay}`
}
