import { styleText } from 'node:util'
import type { Fact } from '../../provider/psc/profiles/fact.ts'
import { isPscName, knownPsc, type PscName, pscNames } from '../../provider/psc/profiles/known.ts'
import { markdownTable } from './markdown.ts'

export interface ProfilesOptions {
  readonly json?: boolean
  /** The table of the README. */
  readonly markdown?: boolean
}

/**
 * `psc profiles`: what is known of each PSC, how well, and from where. Returns the exit code: 0, or 2 for a name that is
 * none.
 */
export function runProfiles(names: readonly string[], options: ProfilesOptions): number {
  const unknown = names.find((name) => !isPscName(name))
  if (unknown !== undefined) {
    process.stderr.write(`psc profiles: no PSC of that name; there are ${pscNames.join(', ')}\n`)
    return 2
  }
  const chosen = names.length === 0 ? pscNames : names.filter(isPscName)
  const print = options.json === true ? jsonReport : options.markdown ? markdownTable : textReport
  process.stdout.write(print(chosen))
  return 0
}

/** Every value of a PSC, by its name; environments by theirs. */
function factsOf(name: PscName): [key: string, fact: Fact<unknown>][] {
  const { environments, capabilities, audience } = knownPsc(name)
  return [
    ...Object.entries(environments),
    ...Object.entries(capabilities),
    ...(audience ? [['audience', audience] as [string, Fact<unknown>]] : []),
  ]
}

const words = { quoted: 'confirmed', said: 'said', inferred: 'inferred' } as const

function textReport(names: readonly PscName[]): string {
  const parts = names.map((name) => {
    const facts = factsOf(name)
    const rows = facts.map(([key, { value, mark, source }]) => [
      key,
      show(value),
      words[mark],
      source,
    ])
    const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
    const widths = [width(0), width(1), width(2)]
    const lines = rows.map((row) => {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0))
      return `  ${cells.join('  ')}`.trimEnd()
    })
    const title = `${name}: ${knownPsc(name).title}`
    return [styleText('bold', title, { stream: process.stdout }), ...lines].join('\n')
  })
  return `${[...parts, legend].join('\n\n')}\n`
}

const legend =
  "confirmed: in the words of the PSC or of the standard; said: by somebody else; inferred: from the rest.\nEach can be changed under pscs: of a manifest, or in a program's profile; what is set there counts as confirmed."

function show(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  return String(value)
}

function jsonReport(names: readonly PscName[]): string {
  const profiles = names.map((name) => ({
    name,
    title: knownPsc(name).title,
    environments: toJson(Object.entries(knownPsc(name).environments)),
    values: toJson(
      factsOf(name).filter(([key]) => !Object.hasOwn(knownPsc(name).environments, key)),
    ),
  }))
  return `${JSON.stringify({ profiles }, undefined, 2)}\n`
}

function toJson(facts: readonly [string, Fact<unknown>][]): Record<string, unknown> {
  return Object.fromEntries(
    facts.map(([key, { value, mark, source }]) => [
      key,
      { value, confirmed: mark === 'quoted', mark, source },
    ]),
  )
}
