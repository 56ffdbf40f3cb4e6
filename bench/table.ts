import type { ComparedRound } from './compare.ts'
import { median } from './median.ts'
import type { ProgramName } from './programs.ts'
import { type Cost, type RoundResult, type Series, type Step, steps } from './times.ts'

/** Holds the rounds of one number of clients, against `curl` and Ansible. */
export interface Comparison {
  readonly clients: number
  readonly rounds: readonly ComparedRound[]
}

/** Writes a Markdown table. */
export function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'))
  return [header, rule, ...rows].map(line).join('\n')
}

export function timesTable(all: readonly Series[]): string {
  const header = [
    'clients, step',
    'pulumi-psc',
    'the plugin',
    'of pulumi-psc',
    '(a) the engine’s floor',
    'of (a)',
    '(a) with the requests',
    'of it',
    '(b) empty `dynamic.Resource`',
    'of (b)',
    'tokens + PUTs',
  ]
  const rows = all.flatMap(({ clients, rounds }) =>
    steps.map((step) => [
      `${clients.toLocaleString('en-US')}, ${step}`,
      seconds(rounds, 'psc', step),
      seconds(rounds, 'plugin', step),
      ratio(rounds, 'plugin', 'psc', step),
      seconds(rounds, 'floor', step),
      ratio(rounds, 'psc', 'floor', step),
      seconds(rounds, 'requests', step),
      ratio(rounds, 'psc', 'requests', step),
      seconds(rounds, 'dynamic', step),
      ratio(rounds, 'psc', 'dynamic', step),
      requestsOf(rounds, step),
    ]),
  )
  return toTable(header, rows)
}

/** Writes the number of requests, or all numbers if the rounds differ. */
function requestsOf(rounds: Rounds, step: Step): string {
  const all = rounds.flatMap((round) => round.get('psc')?.requests[step] ?? [])
  return [...new Set(all)].join(' or ') || '–'
}

export function sizesTable(all: readonly Series[]): string {
  const rows = all.map(({ clients, rounds }) => [
    clients.toLocaleString('en-US'),
    ...(['psc', 'plugin', 'floor', 'dynamic'] as const).flatMap((program) => [
      of(
        rounds,
        program,
        ({ bytesPerClient }) => bytesPerClient,
        (n) => n.toLocaleString('en-US'),
      ),
      of(
        rounds,
        program,
        ({ peakMemory }) => peakMemory,
        (n) => `${Math.round(n)} MiB`,
      ),
    ]),
  ])
  const header = [
    'clients',
    'bytes of state a client',
    'provider’s memory',
    'the plugin’s bytes',
    'its memory',
    '(a) bytes',
    '(a) memory',
    '(b) bytes',
    '(b) memory',
  ]
  return toTable(header, rows)
}

export function comparisonTable(all: readonly Comparison[]): string {
  const against = (rounds: Comparison['rounds'], name: 'curl' | 'ansible') => {
    const pairs = rounds.flatMap(({ fleet, [name]: other }) =>
      other === undefined ? [] : [{ other, times: other / fleet }],
    )
    if (pairs.length === 0) return ['–', '–']
    return [
      `${format(median(pairs.map(({ other }) => other)))} s`,
      `${format(median(pairs.map(({ times }) => times)))} ×`,
    ]
  }
  const rows = all.map(({ clients, rounds }) => [
    clients.toLocaleString('en-US'),
    `${format(median(rounds.map(({ preview }) => preview)))} s`,
    `${format(median(rounds.map(({ fleet }) => fleet)))} s`,
    ...against(rounds, 'curl'),
    ...against(rounds, 'ansible'),
  ])
  const header = [
    'clients',
    '`fleet preview`',
    '`fleet up`',
    '(c) curl',
    'slower',
    '(d) Ansible, scaled',
    'slower',
  ]
  return toTable(header, rows)
}

type Rounds = Series['rounds']

function of(
  rounds: Rounds,
  program: ProgramName,
  read: (result: RoundResult) => number | undefined,
  show: (value: number) => string,
): string {
  const values = rounds.flatMap((round) => {
    const result = round.get(program)
    const value = result && read(result)
    return value === undefined ? [] : [value]
  })
  return values.length === 0 ? '–' : show(median(values))
}

function seconds(rounds: Rounds, program: ProgramName, step: Step): string {
  return of(
    rounds,
    program,
    (result) => result.costs[step]?.seconds,
    (value) => `${format(value)} s`,
  )
}

/**
 * Writes the medians of the rounds' ratios: of time, and of processor time. Within a round, both programs met the same
 * load.
 */
function ratio(rounds: Rounds, one: ProgramName, other: ProgramName, step: Step): string {
  const ratios = (['seconds', 'processorSeconds'] as const).flatMap((key: keyof Cost) => {
    const all = rounds.flatMap((round) => {
      const [its, others] = [round.get(one)?.costs[step], round.get(other)?.costs[step]]
      return its === undefined || others === undefined ? [] : [its[key] / others[key]]
    })
    const middle = all.length === 0 ? NaN : median(all)
    return Number.isNaN(middle) ? [] : [middle.toFixed(2)]
  })
  return ratios.join(', ') || '–'
}

function format(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')
}
