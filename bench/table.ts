import type { ComparedRound } from './compare.ts'
import { median } from './median.ts'
import { type RoundResult, type Step, steps } from './rounds.ts'
import type { SubjectName } from './subjects.ts'

/** Holds the rounds of one number of clients. */
export interface Series {
  readonly clients: number
  readonly rounds: readonly ReadonlyMap<SubjectName, RoundResult>[]
}

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
    '(a) the engine’s floor',
    'of (a)',
    '(b) empty `dynamic.Resource`',
    'of (b)',
    'tokens + PUTs',
  ]
  const rows = all.flatMap(({ clients, rounds }) =>
    steps.map((step) => [
      `${clients.toLocaleString('en-US')}, ${step}`,
      seconds(rounds, 'psc', step),
      seconds(rounds, 'floor', step),
      ratio(rounds, 'psc', 'floor', step),
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

/** Writes what each part of a resource adds to the engine's work, as a share of an empty `dynamic.Resource`. */
export function partsTable(all: readonly Series[]): string {
  const parts = {
    bare: 'no property',
    inputs: '… and a client’s arguments as inputs',
    floor: '… and again as outputs: the floor (a)',
    dynamic: 'an empty `dynamic.Resource` (b)',
    captured: '… and a client’s arguments as inputs and outputs',
  } as const
  const subjects = Object.keys(parts) as (keyof typeof parts)[]
  const rows = all.flatMap(({ clients, rounds }) =>
    subjects.map((subject) => [
      `${clients.toLocaleString('en-US')}: ${parts[subject]}`,
      seconds(rounds, subject, 'first up'),
      ratio(rounds, subject, 'dynamic', 'first up'),
      of(
        rounds,
        subject,
        ({ bytesPerClient }) => bytesPerClient,
        (n) => n.toLocaleString('en-US'),
      ),
    ]),
  )
  return toTable(['a first `up`', 'time', 'of (b)', 'bytes of state a client'], rows)
}

export function sizesTable(all: readonly Series[]): string {
  const rows = all.map(({ clients, rounds }) => [
    clients.toLocaleString('en-US'),
    ...(['psc', 'floor', 'dynamic'] as const).flatMap((subject) => [
      of(
        rounds,
        subject,
        ({ bytesPerClient }) => bytesPerClient,
        (n) => n.toLocaleString('en-US'),
      ),
      of(
        rounds,
        subject,
        ({ peakMemory }) => peakMemory,
        (n) => `${Math.round(n)} MiB`,
      ),
    ]),
  ])
  const header = [
    'clients',
    'bytes of state a client',
    'provider’s memory',
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
  subject: SubjectName,
  read: (result: RoundResult) => number | undefined,
  show: (value: number) => string,
): string {
  const values = rounds.flatMap((round) => {
    const result = round.get(subject)
    const value = result && read(result)
    return value === undefined ? [] : [value]
  })
  return values.length === 0 ? '–' : show(median(values))
}

function seconds(rounds: Rounds, subject: SubjectName, step: Step): string {
  return of(
    rounds,
    subject,
    (result) => result.seconds[step],
    (value) => `${format(value)} s`,
  )
}

/** Writes the median of the rounds' ratios: within a round, both subjects met the same load. */
function ratio(rounds: Rounds, one: SubjectName, other: SubjectName, step: Step): string {
  const ratios = rounds.flatMap((round) => {
    const [its, others] = [round.get(one)?.seconds[step], round.get(other)?.seconds[step]]
    return its === undefined || others === undefined ? [] : [its / others]
  })
  return ratios.length === 0 ? '–' : median(ratios).toFixed(2)
}

function format(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')
}
