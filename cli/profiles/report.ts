import { styleText } from 'node:util'
import { type Fact, knownPsc, type PscName } from '../../provider/psc/index.ts'
import { jsonText } from '../json.ts'

/** Lists every value of a PSC by its key; environments by their names. */
export function factsOf(name: PscName): [key: string, fact: Fact<unknown>][] {
  const { environments, capabilities, audience } = knownPsc(name)
  return [
    ...Object.entries(environments),
    ...Object.entries(capabilities),
    ...(audience ? [['audience', audience] as [string, Fact<unknown>]] : []),
  ]
}

/** Names how well a value is known. */
export const words = { quoted: 'confirmed', said: 'said', inferred: 'inferred' } as const

/** Writes a report for people: every value of each PSC with its source. */
export function textReport(names: readonly PscName[]): string {
  const parts = names.map((name) => {
    const facts = factsOf(name)
    const rows = facts.map(([key, { value, mark, source }]) => [
      key,
      showValue(value),
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
  "confirmed: the PSC or the standard states it; said: a third party states it;\ninferred: it follows from the rest. Change a value under pscs: of a manifest,\nor in a program's profile; it then counts as confirmed."

/** Writes a value for people. */
export function showValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  return String(value)
}

/** Writes a report for programs: one object with `profiles`. */
export function jsonReport(names: readonly PscName[]): string {
  const profiles = names.map((name) => ({
    name,
    title: knownPsc(name).title,
    environments: toJson(Object.entries(knownPsc(name).environments)),
    values: toJson(
      factsOf(name).filter(([key]) => !Object.hasOwn(knownPsc(name).environments, key)),
    ),
  }))
  return `${jsonText({ profiles })}\n`
}

function toJson(facts: readonly [string, Fact<unknown>][]): Record<string, unknown> {
  return Object.fromEntries(
    facts.map(([key, { value, mark, source }]) => [
      key,
      { value, confirmed: mark === 'quoted', mark, source },
    ]),
  )
}
