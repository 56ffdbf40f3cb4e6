// Measures this project's program against the engine's floor and against empty resources.
import { startBenchEmulator } from './emulator.ts'
import { median } from './median.ts'
import { BenchStack, type Measured } from './stack.ts'
import type { ProgramName } from './programs.ts'
import { clientsOf, withOneChange } from './workload.ts'

export const steps = ['first up', 'no-change preview', 'one change', 'refresh'] as const
export type Step = (typeof steps)[number]

/** Holds the seconds of a step: by the clock, and of all processors together. */
export type Cost = Pick<Measured, 'seconds' | 'processorSeconds'>

/** Holds the figures of one program in one round. */
export interface RoundResult {
  readonly costs: Readonly<Partial<Record<Step, Cost>>>
  readonly bytesPerClient: number
  readonly peakMemory: number | undefined
  /** Tokens and PUTs of each step. */
  readonly requests: Readonly<Partial<Record<Step, string>>>
}

/** Holds the rounds of one number of clients. */
export interface Series {
  readonly clients: number
  readonly rounds: readonly ReadonlyMap<ProgramName, RoundResult>[]
}

/** Lists the steps of each program: the empty resource has no input to change, and a preview sends no request. */
const stepsOf: Readonly<Record<ProgramName, readonly Step[]>> = {
  psc: steps,
  plugin: steps,
  floor: steps,
  requests: ['first up', 'one change', 'refresh'],
  dynamic: ['first up', 'no-change preview', 'refresh'],
}

export interface TimesOptions {
  readonly clients: number
  readonly programs: readonly ProgramName[]
  /** Whether the engine saves its state after every resource. `fleet` turns it off for a stack's first `up`. */
  readonly checkpoints: boolean
  readonly delayMs: number
  readonly rounds: number
  readonly say: (line: string) => void
}

/** Measures every step of every program, in rounds. */
export async function measureTimes(options: TimesOptions): Promise<Series> {
  const rounds: Series['rounds'][number][] = []
  for (let round = 0; round < options.rounds; round++) {
    // A B C, C B A: no program always comes first.
    const order = round % 2 === 0 ? options.programs : options.programs.toReversed()
    rounds.push(await runRound(order, options))
  }
  return { clients: options.clients, rounds }
}

/** Runs every program after the other, so that other work on the machine disturbs all alike. */
async function runRound(
  order: readonly ProgramName[],
  { clients: count, checkpoints, delayMs, say }: TimesOptions,
): Promise<Map<ProgramName, RoundResult>> {
  const clients = clientsOf(count)
  await using emulator = await startBenchEmulator(clients, delayMs)
  const results = new Map<ProgramName, RoundResult>()
  for (const name of order) {
    const stack = new BenchStack(name, emulator.baseUrl, {
      PULUMI_SKIP_CHECKPOINTS: String(!checkpoints),
    })
    const costs: Partial<Record<Step, Cost>> = {}
    const requests: Partial<Record<Step, string>> = {}
    let peakMemory = 0
    let bytes = 0
    try {
      await stack.init()
      stack.declare(clients)
      await emulator.requests()
      for (const step of stepsOf[name]) {
        const measured = await runStep(step, stack, count)
        costs[step] = measured
        peakMemory = Math.max(peakMemory, measured.peakMemory ?? 0)
        const { token, put } = await emulator.requests()
        requests[step] = `${token} + ${put}`
        if (step === 'first up') bytes = stack.stateBytes()
        say(`${count} clients, ${name}, ${step}: ${measured.seconds.toFixed(1)} s`)
      }
    } finally {
      stack.remove()
    }
    results.set(name, {
      costs,
      requests,
      bytesPerClient: Math.round(bytes / count),
      peakMemory: peakMemory === 0 ? undefined : peakMemory,
    })
  }
  return results
}

function preview(stack: BenchStack): Promise<Measured> {
  return stack.measure('preview', '--expect-no-changes')
}

async function runStep(step: Step, stack: BenchStack, count: number): Promise<Measured> {
  switch (step) {
    case 'first up': {
      const measured = await stack.measure('up', '--yes', '--skip-preview')
      // A program that skipped the work would be fast.
      if (stack.resources() !== count)
        throw new Error(`the state has ${stack.resources()} of ${count} resources`)
      return measured
    }
    case 'no-change preview': {
      // A preview is short, so other work on the machine disturbs it most.
      const all = [await preview(stack), await preview(stack), await preview(stack)] as const
      return {
        ...all[0],
        seconds: median(all.map(({ seconds }) => seconds)),
        processorSeconds: median(all.map(({ processorSeconds }) => processorSeconds)),
      }
    }
    case 'one change':
      stack.declare(withOneChange(clientsOf(count)))
      return stack.measure('up', '--yes', '--skip-preview')
    case 'refresh':
      return stack.measure('refresh', '--yes', '--skip-preview')
  }
}
