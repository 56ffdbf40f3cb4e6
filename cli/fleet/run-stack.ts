import { automation } from '@pulumi/pulumi'
import { declareEntries } from '../../provider/manifest/declare.ts'
import type { Engine } from './engine.ts'
import { firstError } from './engine-error.ts'
import type { FleetSettings, Request, StackResult } from './protocol.ts'
import { type Counts, Tally } from './tally.ts'

/** Runs the operation on one stack; whatever goes wrong with it is a part of the result. */
export async function runStack(
  engine: Engine,
  settings: FleetSettings,
  { stack: name, known, entries }: Extract<Request, { kind: 'run' }>,
  onCount: (counts: Counts) => void,
  signal: AbortSignal,
): Promise<StackResult> {
  const tally = new Tally(settings.operation)
  const end = (outcome: StackResult['outcome'], message?: string): StackResult => {
    const { counts, problems, warnings } = tally
    if (message === undefined || problems.length > 0) return { outcome, counts, problems, warnings }
    return { outcome, counts, problems: [{ kind: 'failed', message }], warnings }
  }
  try {
    if (!known && settings.operation === 'refresh') return end('done')
    const stack = await (known ? engine.select(name) : createOrSelect(engine, name))
    if (!known?.isOurs) {
      const stranger = known && !known.isEmpty ? await findStranger(stack) : undefined
      if (stranger !== undefined) return end('failed', ofAnotherProgram(stranger))
      if (settings.operation === 'up') await engine.claim(name)
    }
    if (signal.aborted) return end('stopped')
    await operate(stack, settings, entries, signal, (event) => {
      if (tally.add(event)) onCount(tally.counts)
    })
    return end(tally.problems.length > 0 ? 'failed' : 'done')
  } catch (error) {
    if (error instanceof automation.ConcurrentUpdateError) return end('locked', firstError(error))
    return end(signal.aborted ? 'stopped' : 'failed', firstError(error))
  }
}

/** Another run may have made it since the stacks were listed. */
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
  { operation, configFile }: FleetSettings,
  entries: Parameters<typeof declareEntries>[0],
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
  const program = () => {
    declareEntries(entries)
    return Promise.resolve()
  }
  if (operation === 'preview') await stack.preview({ ...options, program })
  else if (operation === 'up') await stack.up({ ...options, program, continueOnError: true })
  else await stack.refresh(options)
}

const ours = /^pulumi:(pulumi:Stack|providers:pulumi-nodejs)$|^pulumi-nodejs:dynamic\/psc:/

/**
 * A stack that another program also manages, such as the one of the same name that a team had before: a run would
 * remove what the manifest does not declare. Leaving a stack is harmless for a client, not for a database.
 */
async function findStranger(stack: automation.Stack): Promise<string | undefined> {
  const deployment = (await stack.exportStack()).deployment as {
    readonly resources?: readonly { readonly urn: string; readonly type: string }[]
  }
  return deployment.resources?.find(
    ({ type }) => !ours.test(type) || /:PscRegistration(Attempt)?$/.test(type),
  )?.urn
}

function ofAnotherProgram(urn: string): string {
  return `this stack also has ${urn}, which no manifest declares, so another program manages it: a run would remove it. Name another stack.`
}
