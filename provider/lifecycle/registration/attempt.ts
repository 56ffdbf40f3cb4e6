import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { hasUnknown, readDeclaration } from '../declaration.ts'
import { checkpointProblem } from './checkpoints.ts'
import { judgeNew } from './judge.ts'
import { thisRun } from './run.ts'

/** An attempt to register as the engine keeps it: written to the state before the request is sent. */
interface AttemptOutputs {
  /** Counted by the author of the program, from 1. */
  readonly attempt: number
  /** The run in which it was announced. */
  readonly run: string
}

/**
 * Judges what is to be registered by every rule that what is known allows. Asks nothing of a PSC: there is nothing that
 * it could be asked before it registers. What was attempted already is judged no more, except for what would lose a
 * secret.
 */
export function check(
  context: Context,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.CheckResult> {
  const declared = readDeclaration(news)
  const { attempt } = declared
  const counts = hasUnknown(attempt) || (Number.isSafeInteger(attempt) && Number(attempt) >= 1)
  const stop = checkpointProblem(process.env)
  const reasons = counts ? [] : ['attempt: must be a whole number from 1']
  if (stop !== undefined) reasons.push(stop)
  if (olds.attempt !== news.attempt) reasons.push(...judgeNew(context, declared))
  return Promise.resolve({
    inputs: news,
    failures: reasons.map((reason) => ({ property: '', reason })),
  })
}

/** Another number is another attempt. */
export function diff(
  _context: unknown,
  _id: string,
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.DiffResult> {
  return Promise.resolve({ changes: olds.attempt !== news.attempt })
}

/** Announces an attempt. */
export function create(
  _context: unknown,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  return Promise.resolve({ id: 'attempt', outs: announce(inputs) })
}

/** Announces the next attempt. */
export function update(
  _context: unknown,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return Promise.resolve({ outs: announce(news) })
}

function announce(properties: Readonly<Record<string, unknown>>): AttemptOutputs {
  return { attempt: Number(readDeclaration(properties).attempt), run: thisRun }
}
