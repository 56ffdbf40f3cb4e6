import { availableParallelism } from 'node:os'
import { UsageError } from '../usage-error.ts'
import type { Job } from './split.ts'

/** The flags of `psc fleet`, as they are written. */
export interface FleetFlags {
  readonly shards?: string
  readonly shard?: string
  readonly prefix: string
  readonly parallel?: string
  readonly configFile?: string
  readonly lockWait: string
  readonly checkpoints?: boolean
  readonly json?: boolean
}

/** The flags of `psc fleet`, as they are meant. */
export interface FleetOptions {
  readonly shards: number | undefined
  readonly job: Job | undefined
  readonly prefix: string
  readonly parallel: number
  readonly lockWaitMs: number
}

/** @throws {UsageError} */
export function readFlags({ shards, shard, parallel, lockWait, prefix }: FleetFlags): FleetOptions {
  if (!/^[A-Za-z\d_.-]{1,80}$/.test(prefix)) {
    throw new UsageError('--prefix takes 1 to 80 letters, digits, dots, hyphens or underscores')
  }
  const processors = String(Math.min(8, availableParallelism()))
  return {
    shards: shards === undefined ? undefined : readNumber('--shards', shards, 1, 10_000),
    job: shard === undefined ? undefined : readJob(shard),
    prefix,
    parallel: readNumber('--parallel', parallel ?? processors, 1, 64),
    lockWaitMs: readNumber('--lock-wait', lockWait, 0, 86_400) * 1000,
  }
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : -1
  if (value >= least && value <= most) return value
  throw new UsageError(`${name} takes a whole number, ${least} to ${most}`)
}

function readJob(text: string): Job {
  const [, number = '', of = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const job = { number: Number(number), of: Number(of) }
  if (job.number >= 1 && job.number <= job.of && job.of <= 10_000) return job
  throw new UsageError('--shard takes a part of the whole, such as 3/8')
}
