import fc from 'fast-check'
import { edits, pscs, stacks } from './declaration.ts'
import { run } from './history.ts'
import {
  commands,
  type History,
  type Kill,
  mishaps,
  type RunStep,
  type Step,
  type Through,
} from './steps.ts'

const client = fc.nat({ max: pscs.length - 1 })
const stack = fc.constantFrom(...stacks)

const edit: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom(...edits), client })
const mishap: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('mishap' as const),
  client,
  what: fc.constantFrom(...(Object.keys(mishaps) as (keyof typeof mishaps)[])),
})
const takeBack: fc.Arbitrary<Step> = fc.constant({ do: 'take back' })
const onStack = (...steps: ('lock' | 'cancel' | 'export' | 'import')[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constantFrom(...steps), stack })
const kill: fc.Arbitrary<Kill> = fc.record({
  whom: fc.constantFrom('engine', 'provider', 'all', 'command'),
  write: fc.integer({ min: 1, max: 3 }),
})
const runs = (
  of: readonly RunStep['do'][],
  options: { readonly kills: boolean },
): fc.Arbitrary<Step> =>
  fc
    .record(
      { do: fc.constantFrom(...of), stack, target: client, kill },
      { requiredKeys: ['do', 'stack'] },
    )
    .map(({ target, kill: killed, ...step }) => ({
      ...step,
      ...(step.do === 'up' && target !== undefined && { target }),
      ...(options.kills && killed && { kill: killed }),
    }))

/** What can change between two runs on one machine. */
const changes: fc.WeightedArbitrary<Step>[] = [
  { arbitrary: edit, weight: 8 },
  { arbitrary: takeBack, weight: 4 },
  { arbitrary: mishap, weight: 3 },
  { arbitrary: onStack('lock', 'cancel', 'cancel', 'export', 'import', 'import'), weight: 2 },
]

/** Everything that can happen on one machine. */
const onOneMachine: fc.Arbitrary<History> = fc.record({
  steps: stepsOf(changes, runs(commands, { kills: true })),
  last: fc.constantFrom('up', 'fleet up'),
})

/** What can happen where no machine remembers anything, through `psc fleet`, which sees all stacks. */
const elsewhere: fc.Arbitrary<History> = fc.record({
  steps: stepsOf(
    [
      { arbitrary: edit, weight: 8 },
      { arbitrary: takeBack, weight: 4 },
      { arbitrary: mishap, weight: 3 },
      { arbitrary: onStack('lock', 'cancel', 'cancel'), weight: 2 },
    ],
    runs(['fleet up', 'fleet up', 'fleet up', 'fleet refresh', 'fleet preview'], { kills: false }),
  ),
  last: fc.constant('fleet up'),
  isElsewhere: fc.constant(true),
})

/** What can happen to a program in YAML. */
const throughPlugin: fc.Arbitrary<History> = fc.record({
  steps: stepsOf(
    changes,
    runs(
      commands.filter((command) => !command.startsWith('fleet')),
      { kills: true },
    ),
    { do: 'up', stack: 'um' },
  ),
  last: fc.constant('up'),
  through: fc.constant('plugin' as const),
})

/** Each history begins with clients that were applied. Then something changes and something runs, a few times. */
function stepsOf(
  changes: fc.WeightedArbitrary<Step>[],
  command: fc.Arbitrary<Step>,
  begin: Step = { do: 'fleet up', stack: 'um' },
): fc.Arbitrary<Step[]> {
  const round = fc
    .tuple(fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 4 }), command)
    .map(([changed, run]) => [...changed, run])
  return fc
    .tuple(
      fc.array(round, { minLength: 1, maxLength: 4 }),
      fc.array(fc.oneof(...changes), { maxLength: 2 }),
    )
    .map(([rounds, changed]) => [begin, ...rounds.flat(), ...changed])
}

const searched: Readonly<Record<Through, fc.Arbitrary<History>>> = {
  program: fc.oneof(onOneMachine, onOneMachine, elsewhere),
  plugin: throughPlugin,
}

export interface SearchOptions {
  /** Default: a fresh one. */
  readonly seed?: number
  readonly histories: number
  /** Default: the histories of both. */
  readonly through?: Through
  /** Until when it begins another history, in milliseconds since the epoch. Default: no limit. */
  readonly until?: number
  readonly onHistory?: (history: History) => void
}

/** How long it searches for a smaller history that fails, in milliseconds: a test must end before its limit does. */
const mostShrinking = 8 * 60_000

/**
 * Runs random histories.
 *
 * @returns how many were run.
 * @throws the smallest history that was found to fail, with the seed and the path that find it again.
 */
export async function search({
  seed = Date.now() % 2 ** 31,
  histories,
  through,
  until = Infinity,
  onHistory = () => undefined,
}: SearchOptions): Promise<number> {
  let count = 0
  let end = until
  let hasFailed = false
  const property = fc.asyncProperty(
    through === undefined
      ? fc.oneof(onOneMachine, onOneMachine, throughPlugin, elsewhere)
      : searched[through],
    async (history) => {
      if (Date.now() > end) return
      count += 1
      onHistory(history)
      try {
        await run(history)
      } catch (error) {
        if (!hasFailed) end = Date.now() + mostShrinking
        hasFailed = true
        throw error
      }
    },
  )
  const details = await fc.check(property, { seed, numRuns: histories })
  if (!details.failed) return count
  const where = `seed ${details.seed}, path ${details.counterexamplePath ?? ''}`
  throw new Error(
    `a history of ${where}, shrunk ${details.numShrinks} times:\n${String(details.errorInstance)}`,
  )
}
