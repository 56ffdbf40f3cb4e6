import { automation } from '@pulumi/pulumi'
import { declareEntries } from '../../provider/declare-manifest.ts'
import { type Engine, type Findings, errorOf, inspect, nothingFound } from './engine.ts'
import type { FleetSettings, Request, StackResult } from './protocol.ts'
import { type Counts, type FleetProblem, stackProblem, Tally } from './tally.ts'

/** Runs the operation on one stack. Problems are a part of the result. */
export async function runStack(
  engine: Engine,
  settings: FleetSettings,
  { stack: name, known, entries }: Extract<Request, { kind: 'run' }>,
  onCount: (counts: Counts) => void,
  signal: AbortSignal,
): Promise<StackResult> {
  const tally = new Tally(settings.operation)
  const end = (outcome: StackResult['outcome'], problem?: FleetProblem): StackResult => {
    const { result } = tally
    if (problem === undefined || result.problems.length > 0) return { outcome, ...result }
    return { outcome, ...result, problems: [problem] }
  }
  try {
    if (!known && settings.operation === 'refresh') return end('done')
    const stack = await (known ? engine.select(name) : createOrSelect(engine, name))
    const isFilled = known !== undefined && !known.isEmpty
    // A refresh removes nothing.
    const isInspected = isFilled && settings.operation !== 'refresh'
    const { foreign, interrupted } = isInspected ? inspect(await engine.export(name)) : nothingFound
    if (foreign !== undefined) return end('failed', managedElsewhere(foreign))
    if (settings.operation === 'up' && !known?.isOurs) await engine.claim(name)
    if (signal.aborted) return end('stopped')
    engine.setCheckpoints(isFilled || settings.checkpoints)
    const how = { operation: settings.operation, configFile: engine.configFile }
    await operate(stack, how, entries, interrupted, signal, (event) => {
      if (tally.add(event)) onCount(tally.counts)
    })
    return end(tally.result.problems.length > 0 ? 'failed' : 'done')
  } catch (error) {
    const isLocked = error instanceof automation.ConcurrentUpdateError
    const problem = stackProblem(
      isLocked ? 'ERR_PSC_FLEET_LOCKED' : 'ERR_PSC_ENGINE',
      errorOf(error),
    )
    return end(isLocked ? 'locked' : signal.aborted ? 'stopped' : 'failed', problem)
  }
}

/** Creates a stack, or selects it if another run created it meanwhile. */
async function createOrSelect(engine: Engine, name: string): Promise<automation.Stack> {
  try {
    return await engine.create(name)
  } catch (error) {
    if (!(error instanceof automation.StackAlreadyExistsError)) throw error
    return engine.select(name)
  }
}

async function operate(
  stack: automation.Stack,
  { operation, configFile }: Pick<FleetSettings, 'operation'> & Pick<Engine, 'configFile'>,
  entries: Parameters<typeof declareEntries>[0],
  interrupted: Findings['interrupted'],
  signal: AbortSignal,
  onEvent: (event: automation.EngineEvent) => void,
): Promise<void> {
  const options = {
    onEvent,
    signal,
    color: 'never' as const,
    suppressProgress: true,
    userAgent: 'pulumi-psc-fleet',
    ...(configFile !== undefined && { configFile }),
  }
  const replace = interrupted.map(({ urn }) => urn)
  const program = () => {
    declareEntries(entries)
    return Promise.resolve()
  }
  if (operation === 'preview') await stack.preview({ ...options, program, replace })
  else if (operation === 'up')
    await stack.up({ ...options, program, replace, continueOnError: true })
  else await stack.refresh(options)
}

function managedElsewhere(urn: string): FleetProblem {
  return stackProblem(
    'ERR_PSC_FLEET_FOREIGN_RESOURCE',
    `this stack also has ${urn}, which no manifest declares: another program manages it, and a run would remove it. Name another stack.`,
  )
}
