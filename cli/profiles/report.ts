import { styleText } from 'node:util'
import { type Fact, knownPsc, type PscName, type ScopeLifetimes } from '../../provider/psc/index.ts'
import { describeLifetime, isRecord } from '../../provider/rules/text.ts'
import { say, sayLater, translate } from '../../provider/say.ts'
import { jsonText } from '../json.ts'
import { table, wrapSentences } from '../table.ts'

/** Lists every value of a PSC by its key; environments by their names. */
export function factsOf(name: PscName): [key: string, fact: Fact<unknown>][] {
  const { environments, capabilities, audience, issuer } = knownPsc(name)
  const optional: [string, Fact<unknown> | undefined][] = [
    ['audience', audience],
    ['issuer', issuer],
  ]
  return [
    ...Object.entries(environments),
    ...Object.entries(capabilities),
    ...optional.filter((entry): entry is [string, Fact<unknown>] => entry[1] !== undefined),
  ]
}

/** Names how well a value is known. */
export const words = { quoted: 'confirmed', said: 'said', inferred: 'inferred' } as const

const marks = { quoted: sayLater`confirmed`, said: sayLater`said`, inferred: sayLater`inferred` }

/** Writes a report for people: every value of each PSC with its source. */
export function textReport(names: readonly PscName[]): string {
  const parts = names.map((name) => {
    const facts = factsOf(name)
    const rows = facts.map(([key, { value, mark, source }]) => [
      key,
      showValue(value),
      marks[mark](),
      translate(source),
    ])
    const title = wrapSentences(`${name}: ${translate(knownPsc(name).title)}`)
    return `${styleText('bold', title, { stream: process.stdout })}\n${table(rows, { indent: '  ' })}`
  })
  return `${[...parts, legend()].join('\n\n')}\n`
}

const legend = sayLater`confirmed: the PSC or the standard states it; said: a third party states it;
inferred: it follows from the rest. Change a value under pscs: of a manifest,
or in a program's profile; it then counts as confirmed.`

/** Writes a value for people. */
export function showValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? say`yes` : say`no`
  if (Array.isArray(value)) return value.length === 0 ? say`none` : value.join(', ')
  return isRecord(value) ? showLifetimes(value as unknown as ScopeLifetimes) : String(value)
}

function showLifetimes({ request, session, complete }: ScopeLifetimes): string {
  const list = (seconds: readonly number[]) =>
    complete
      ? seconds.map(describeLifetime).join(', ')
      : say`up to ${describeLifetime(Math.max(...seconds))}`
  const sessions = say`session of a CPF: ${list(session.CPF)}; of a CNPJ: ${list(session.CNPJ)}`
  return request.length === 0
    ? sessions
    : `${request.map(describeLifetime).join(', ')}; ${sessions}`
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
