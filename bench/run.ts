// `npm run bench`: measures what this project adds to the cost of running Pulumi. See bench/README.md.
import { cpus, totalmem } from 'node:os'
import { Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from '../cli/flags.ts'
import { ensureLanguageHost } from '../scripts/engine/language-host.ts'
import { compare } from './compare.ts'
import { measureJournal } from './journal.ts'
import { measureLint } from './lint.ts'
import { measureLoadTimes } from './load.ts'
import { measurePlan, measureScale } from './plan.ts'
import { type ProgramName, programNames } from './programs.ts'
import { comparisonTable, sizesTable, timesTable } from './table.ts'
import { measureTimes } from './times.ts'
import { removeFolders } from './workload.ts'

const parts = ['load', 'journal', 'lint', 'times', 'compare', 'plan', 'scale'] as const
type Part = (typeof parts)[number]

/** The parts of a run without `--only`. */
const usual: readonly Part[] = ['load', 'journal', 'lint', 'times', 'compare']

const {
  only,
  clients: counts,
  programs,
  checkpoints,
  rounds,
  delay: delayMs,
} = new Command('npm run bench --')
  .addOption(new Option('--only <part>', 'one part').choices(parts))
  .option('--clients <numbers>', 'how many clients', readCounts, [1, 10, 100, 1000])
  .option(
    '--programs <names>',
    `which programs times runs: ${programNames.join(', ')}`,
    readPrograms,
    [...programNames],
  )
  .option('--no-checkpoints', 'the engine saves its state once, as in a first `fleet up`')
  .option(
    '--rounds <number>',
    'how many rounds (default: 5, 3 from 1,000 clients on)',
    wholeNumber(1, 100),
  )
  .option('--delay <ms>', 'how long the server delays each answer', wholeNumber(0, 60_000), 0)
  .addOption(
    new Option('--quick', 'one round of 1, 10 and 100 clients').implies({
      rounds: 1,
      clients: [1, 10, 100],
    }),
  )
  .addHelpText(
    'after',
    `
load: time to load; journal: of the writes; lint: of a manifest, right and wrong; times: against the engine's floor;
compare: against curl and Ansible; plan: the figures of the plan for 100,000 clients; scale: one fleet, and
what a second runner adds. A run without --only leaves out plan and scale.`,
  )
  .parse()
  .opts<{
    only?: Part
    clients: number[]
    programs: ProgramName[]
    checkpoints: boolean
    rounds?: number
    delay: number
  }>()

// By default, a user's environment names no compile cache. `fleet` names its own to its processes.
delete process.env.NODE_COMPILE_CACHE

const say = (line: string) => {
  console.error(`  ${line}`)
}

/** Measures each part and yields its Markdown, which is printed at once. */
const measurements: Readonly<Record<Part, () => Iterable<string> | AsyncIterable<string>>> = {
  *load() {
    const { provider, plugin, package: own, manifest } = measureLoadTimes(rounds ?? 15)
    yield `Loading adds: the provider with its first check ${provider.toFixed(0)} ms and the plugin until it listens ${plugin.toFixed(0)} ms to an empty Node; \`pulumi-psc\` ${own.toFixed(0)} ms and \`pulumi-psc/manifest\` ${manifest.toFixed(0)} ms to an empty program.`
  },
  async *journal() {
    for (const clients of counts.filter((count) => count >= 100)) {
      const { write, read } = await measureJournal(clients)
      yield `The journal adds ${write.toFixed(1)} ms to a PUT. Reading one of ${clients} writes takes ${read.toFixed(1)} ms.`
    }
  },
  *lint() {
    yield measureLint(counts, rounds ?? 5)
  },
  async *times() {
    if (programs.includes('plugin')) await ensureLanguageHost('yaml')
    for (const clients of counts) {
      const series = await measureTimes({
        clients,
        programs,
        checkpoints,
        delayMs,
        rounds: roundsFor(clients),
        say,
      })
      yield `${timesTable([series])}\n\n${sizesTable([series])}`
    }
  },
  async *compare() {
    for (const clients of counts.filter((count) => count >= 100)) {
      const compared = await compare({ clients, delayMs, rounds: roundsFor(clients), say })
      yield comparisonTable([{ clients, rounds: compared }])
    }
  },
  async *plan() {
    yield* measurePlan(say)
  },
  async *scale() {
    yield* measureScale(counts, say)
  },
}

const began = performance.now()
console.log(await describeMachine())
for (const part of only === undefined ? usual : [only]) {
  try {
    for await (const table of measurements[part]()) console.log(`\n${table}`)
  } catch (error) {
    // The other parts are still worth printing.
    console.error(`\n${part}: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  } finally {
    removeFolders()
  }
}
console.log(`\nMeasured in ${((performance.now() - began) / 60_000).toFixed(0)} minutes.`)

function readCounts(text: string): number[] {
  return text.split(',').map(wholeNumber(1, 100_000))
}

function readPrograms(text: string): ProgramName[] {
  const names = new Set(text.split(','))
  const found = programNames.filter((name) => names.has(name))
  if (found.length < names.size) throw new InvalidArgumentError(programNames.join(', '))
  return found
}

function roundsFor(count: number): number {
  return rounds ?? (count < 1000 ? 5 : 3)
}

async function describeMachine(): Promise<string> {
  const { default: pulumi } = (await import('pulumi/package.json', { with: { type: 'json' } })) as {
    default: { version: string }
  }
  const [cpu] = cpus()
  const delay = delayMs === 0 ? '' : `, every answer delayed by ${delayMs} ms`
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, Pulumi ${pulumi.version}, file backend${checkpoints ? '' : ' without checkpoints'}${delay}`
}
