import { automation } from '@pulumi/pulumi'
import { clientKey, isStoredAsDeclared, recordDoubt } from '../../provider/client/index.ts'
import { declareEntries } from '../../provider/manifest.ts'
import type { ManifestClient } from '../../provider/manifest/index.ts'
import { say } from '../../provider/say.ts'
import { type Engine, type Findings, errorOf, inspect, nothingFound } from './engine.ts'
import type { Entries, FleetSettings, Request, StackResult } from './protocol.ts'
import { type Counts, type FleetProblem, Outcomes, stackProblem } from './outcomes.ts'
import { notReached } from './report.ts'

/** What a run tells the command, and asks it. */
export interface Command {
  readonly onCount: (counts: Counts) => void
  /** Finds those of some clients that the manifest declares, in whichever stack. */
  readonly findDeclared: (keys: readonly string[]) => Promise<readonly ManifestClient[]>
}

/** Runs the operation on one stack. Problems are a part of the result. */
export async function runStack(
  engine: Engine,
  settings: FleetSettings,
  { stack: name, known, entries }: Extract<Request, { kind: 'run' }>,
  { onCount, findDeclared }: Command,
  signal: AbortSignal,
): Promise<StackResult> {
  const outcomes = new Outcomes(settings.operation)
  const end = (outcome: StackResult['outcome'], problem?: FleetProblem): StackResult => {
    const { result } = outcomes
    if (problem === undefined || result.problems.length > 0) return { outcome, ...result }
    return { outcome, ...result, problems: [problem] }
  }
  let isNew = false
  try {
    if (!known && settings.operation === 'refresh') return end('failed', neverApplied(entries))
    isNew = known === undefined && (await create(engine, name))
    const stack = await engine.select(name)
    const isFilled = known !== undefined && !known.isEmpty
    const found = isFilled ? inspect(await engine.export(name)) : nothingFound
    const isRefresh = settings.operation === 'refresh'
    // A refresh removes nothing, but the engine then forgets what was interrupted.
    if (isRefresh) for (const { client } of found.interrupted) await recordDoubt(client)
    else if (found.foreign !== undefined) return end('failed', managedElsewhere(found.foreign))
    const leaving = isRefresh ? [] : await findUnsettled(found, entries, findDeclared)
    if (settings.operation === 'up' && !known?.isOurs) await engine.claim(name)
    if (signal.aborted) return end('stopped')
    engine.setCheckpoints(isFilled || settings.checkpoints)
    const how = { operation: settings.operation, configFile: engine.configFile }
    const onEvent = (event: automation.EngineEvent) => {
      if (outcomes.add(event)) onCount(outcomes.counts)
    }
    const all = { ...entries, clients: [...entries.clients, ...leaving] }
    await operate(stack, how, all, found.interrupted, signal, onEvent)
    const isWritten = leaving.length > 0 && outcomes.result.problems.length === 0
    if (isWritten && settings.operation === 'up')
      await operate(stack, how, entries, [], signal, onEvent)
    if (outcomes.result.problems.length > 0) return end('failed')
    if (settings.operation === 'up') await forgetCreations(stack, how, found.created)
    const isWhole = !isRefresh || notReached(entries, outcomes.counts) === 0
    return isWhole ? end('done') : end('failed', neverApplied(entries, outcomes.counts))
  } catch (error) {
    const isLocked = error instanceof automation.ConcurrentUpdateError
    const problem = stackProblem(
      isLocked ? 'ERR_PSC_FLEET_LOCKED' : 'ERR_PSC_ENGINE',
      errorOf(error),
    )
    return end(isLocked ? 'locked' : signal.aborted ? 'stopped' : 'failed', problem)
  } finally {
    // A preview changes nothing, so it leaves no stack. If another run uses the stack by now, the engine refuses.
    if (isNew && settings.operation === 'preview') {
      await engine.remove(name).catch(() => undefined)
    }
  }
}

/**
 * Finds the clients that the manifest has moved to another stack while this one does not show that the PSC has them as
 * declared there. The other stack may hold them since before, and then would not write them. So this stack writes what
 * is declared before it forgets them; if it cannot, it holds them on.
 */
async function findUnsettled(
  { held, interrupted, created }: Findings,
  entries: Entries,
  findDeclared: Command['findDeclared'],
): Promise<ManifestClient[]> {
  const own = new Set(entries.clients.map(({ args }) => clientKey(args)))
  const leaving = new Map([...created, ...held].map((one) => [clientKey(one.client), one] as const))
  for (const key of own) leaving.delete(key)
  if (leaving.size === 0) return []
  const names = new Set(entries.clients.map(({ key }) => key))
  const declared = await findDeclared([...leaving.keys()])
  return declared.flatMap(({ args }) => {
    const one = leaving.get(clientKey(args))
    if (!one) return []
    const isDoubtful = interrupted.includes(one) || created.includes(one)
    if (!isDoubtful && isStoredAsDeclared(one.client, args)) return []
    const name = one.urn.split('::').slice(3).join('::')
    return [{ key: names.has(name) ? `${name} (leaving)` : name, args }]
  })
}

/** Creates a stack. Returns false if another run created it meanwhile. */
async function create(engine: Engine, name: string): Promise<boolean> {
  try {
    await engine.create(name)
    return true
  } catch (error) {
    if (error instanceof automation.StackAlreadyExistsError) return false
    throw error
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

/**
 * Ends the engine's memory of interrupted creations: they are written by now, and the engine would report them, and this
 * command write them again, for ever. Refreshes the stack's own resource only, which sends nothing.
 */
async function forgetCreations(
  stack: automation.Stack,
  { configFile }: Pick<Engine, 'configFile'>,
  [creation]: Findings['created'],
): Promise<void> {
  if (!creation) return
  const [head, project] = creation.urn.split('::')
  const root = `${head}::${project}::pulumi:pulumi:Stack::${project}-${stack.name}`
  await stack.refresh({
    clearPendingCreates: true,
    target: [root],
    suppressProgress: true,
    ...(configFile !== undefined && { configFile }),
  })
}

/** Reports that a refresh reaches only what a state has. */
function neverApplied(entries: Entries, counts?: Counts): FleetProblem {
  const count = notReached(entries, counts)
  return stackProblem(
    'ERR_PSC_FLEET_NOT_APPLIED',
    count === 1
      ? say`one entry is not in the state of this stack, so the refresh did not verify them. Run up first.`
      : say`${count} entries are not in the state of this stack, so the refresh did not verify them. Run up first.`,
  )
}

function managedElsewhere(urn: string): FleetProblem {
  return stackProblem(
    'ERR_PSC_FLEET_FOREIGN_RESOURCE',
    say`the stack also has ${urn}, which no manifest declares. Another program manages it, and a run would remove it. Name another stack.`,
  )
}
