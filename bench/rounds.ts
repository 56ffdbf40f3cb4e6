import { startBenchEmulator } from './emulator.ts'
import { median } from './median.ts'
import { BenchStack, type Measured } from './stack.ts'
import type { SubjectName } from './subjects.ts'
import { clientsOf, withOneChange } from './workload.ts'

export const steps = ['first up', 'no-change preview', 'one change', 'refresh'] as const
export type Step = (typeof steps)[number]

/** Holds the figures of one subject in one round. */
export interface RoundResult {
  readonly seconds: Readonly<Partial<Record<Step, number>>>
  readonly bytesPerClient: number
  readonly peakMemory: number | undefined
  /** Tokens and PUTs of each step; only this project sends any. */
  readonly requests: Readonly<Partial<Record<Step, string>>>
}

/** Lists the steps of each subject: the empty resource has no input to change. */
const stepsOf: Readonly<Record<SubjectName, readonly Step[]>> = {
  psc: steps,
  floor: steps,
  dynamic: ['first up', 'no-change preview', 'refresh'],
  captured: steps,
  inputs: steps,
  bare: ['first up', 'no-change preview', 'refresh'],
}

export interface RoundOptions {
  readonly clients: number
  readonly delayMs: number
  readonly subjects: readonly SubjectName[]
  /** Default: all steps of the subject. */
  readonly only?: Step
  readonly say: (line: string) => void
}

/** Runs one round: every subject after the other, so that other work on the machine disturbs all alike. */
export async function runRound(options: RoundOptions): Promise<Map<SubjectName, RoundResult>> {
  const clients = clientsOf(options.clients)
  await using emulator = await startBenchEmulator(clients, options.delayMs)
  const results = new Map<SubjectName, RoundResult>()
  for (const name of options.subjects) {
    const stack = new BenchStack(name, emulator.baseUrl)
    const seconds: Partial<Record<Step, number>> = {}
    const requests: Partial<Record<Step, string>> = {}
    let peakMemory = 0
    let bytes = 0
    try {
      await stack.init()
      stack.declare(clients)
      await emulator.requests()
      for (const step of options.only ? [options.only] : stepsOf[name]) {
        const measured = await runStep(step, stack, options.clients)
        seconds[step] = measured.seconds
        peakMemory = Math.max(peakMemory, measured.peakMemory ?? 0)
        const { token, put } = await emulator.requests()
        requests[step] = `${token} + ${put}`
        if (step === 'first up') bytes = stack.stateBytes()
        options.say(
          `${options.clients} clients, ${name}, ${step}: ${measured.seconds.toFixed(1)} s`,
        )
      }
    } finally {
      stack.remove()
    }
    const bytesPerClient = Math.round(bytes / options.clients)
    results.set(name, {
      seconds,
      requests,
      bytesPerClient,
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
      // A subject that skipped the work would be fast.
      if (stack.resources() !== count)
        throw new Error(`the state has ${stack.resources()} of ${count} resources`)
      return measured
    }
    case 'no-change preview': {
      // A preview is short, so other work on the machine disturbs it most.
      const all = [await preview(stack), await preview(stack), await preview(stack)] as const
      return { ...all[0], seconds: median(all.map(({ seconds }) => seconds)) }
    }
    case 'one change':
      stack.declare(withOneChange(clientsOf(count)))
      return stack.measure('up', '--yes', '--skip-preview')
    case 'refresh':
      return stack.measure('refresh', '--yes', '--skip-preview')
  }
}
