// Which combinations are tried. In CI these are the ends of the ranges; `--all` adds a selection in which each value meets
// each value of every other column at least once (pairwise testing).
import { type Manager, managers } from './managers.ts'
import { type Kind, programs } from './programs.ts'

export const isAll = process.env.PSC_TEST_ALL !== undefined

/** What npm calls the newest may change from day to day, so CI has a fixed version. */
export const newest = isAll ? 'latest' : '3.276.0'

const columns = {
  sdk: ['3.150.0', '3.200.0', '3.259.0', newest],
  node: ['22.19.0', '24.21.0', '26.10.0'],
  engine: ['3.259.0', '3.276.0'],
  manager: Object.keys(managers) as Manager[],
  program: Object.keys(programs) as Kind[],
  layout: [
    'a folder',
    'a sub-folder of the project',
    'a folder with spaces and accents',
    'a link to a folder',
    'a package of a workspace',
  ],
} as const

export interface Combination {
  readonly sdk: string
  readonly node: string
  readonly engine: string
  readonly manager: Manager
  readonly program: Kind
  readonly layout: (typeof columns.layout)[number]
}

/** The oldest and the newest of everything, and each against the other. */
const ends: readonly Combination[] = [
  {
    sdk: '3.150.0',
    node: '22.19.0',
    engine: '3.259.0',
    manager: 'npm',
    program: "TypeScript with Pulumi's own compiler",
    layout: 'a sub-folder of the project',
  },
  {
    sdk: newest,
    node: '26.10.0',
    engine: isAll ? '3.276.0' : '3.259.0',
    manager: 'pnpm',
    program: "TypeScript 6 with the settings of Pulumi's template",
    layout: 'a package of a workspace',
  },
  {
    sdk: '3.150.0',
    node: '26.10.0',
    engine: '3.259.0',
    manager: 'bun',
    program: 'a CommonJS module',
    layout: 'a link to a folder',
  },
  {
    sdk: newest,
    node: '22.19.0',
    engine: '3.259.0',
    manager: "yarn 4 with Plug'n'Play",
    program: 'an ES module',
    layout: 'a folder with spaces and accents',
  },
]

export const combinations: readonly Combination[] = isAll ? select(ends) : ends

/**
 * Tells whether a user can have these together. An SDK before 3.230.0 asks for a TypeScript below 6. The compiler that is in
 * the SDK finds no packages of Plug'n'Play.
 */
function isPossible({ sdk, manager, program }: Partial<Combination>): boolean {
  if (program === undefined) return true
  const { typescript }: { typescript?: string } = programs[program].packages
  if (manager === "yarn 4 with Plug'n'Play" && program === "TypeScript with Pulumi's own compiler")
    return false
  return !((sdk === '3.150.0' || sdk === '3.200.0') && typescript?.startsWith('^6'))
}

/** Adds combinations until each two values that can meet have met. Takes the one with the most new pairs, as often as needed. */
function select(first: readonly Combination[]): Combination[] {
  const names = Object.keys(columns) as (keyof Combination)[]
  const isLess = (a: keyof Combination, b: keyof Combination) => names.indexOf(a) < names.indexOf(b)
  const pairs = (row: Partial<Combination>): string[] =>
    names.flatMap((a) =>
      names
        .filter((b) => isLess(a, b) && row[a] !== undefined && row[b] !== undefined)
        .map((b) => JSON.stringify({ [a]: row[a], [b]: row[b] })),
    )
  const all = names.flatMap((a) =>
    names
      .filter((b) => isLess(a, b))
      .flatMap((b) =>
        columns[a].flatMap((x) =>
          columns[b].map((y): Partial<Combination> => ({ [a]: x, [b]: y })),
        ),
      ),
  )
  const open = new Map(all.filter(isPossible).map((pair) => [JSON.stringify(pair), pair] as const))
  const chosen: Combination[] = []
  const take = (row: Combination) => {
    chosen.push(row)
    for (const pair of pairs(row)) open.delete(pair)
  }
  first.forEach(take)
  for (let pair = [...open.values()][0]; pair; pair = [...open.values()][0]) {
    let row = pair
    for (const name of names.filter((name) => row[name] === undefined)) {
      const gain = (candidate: Partial<Combination>) =>
        pairs(candidate).filter((key) => open.has(key)).length
      // Values that bring as many pairs take turns.
      const turn = chosen.length % columns[name].length
      row = [...columns[name].slice(turn), ...columns[name].slice(0, turn)]
        .map((value) => ({ ...row, [name]: value }))
        .filter(isPossible)
        .reduce((best, next) => (gain(next) > gain(best) ? next : best))
    }
    take(row as Combination)
  }
  return chosen
}
