import { InvalidArgumentError } from 'commander'
import { say } from '../../provider/say.ts'

export const operations = ['preview', 'up', 'refresh'] as const

export type Operation = (typeof operations)[number]

/** Names one of several jobs that share the work: `3/8`. */
export interface Job {
  readonly number: number
  readonly of: number
}

export interface FleetOptions {
  /** How many stacks the entries without a `stack:` of their own are spread over. */
  readonly shards?: number
  /** The part of the stacks that this run works on. Default: all. */
  readonly shard?: Job
  /** The beginning of those stacks' names: `fleet-1`, `fleet-2`, … */
  readonly prefix: string
  /** How many stacks run at once. */
  readonly parallel: number
  readonly configFile?: string
  /** In seconds. */
  readonly lockWait: number
  readonly checkpoints?: boolean
  readonly json?: boolean
}

/** Reads `3/8`, for commander's `argParser`. */
export function readJob(text: string): Job {
  const [, number = '', of = ''] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const job = { number: Number(number), of: Number(of) }
  if (job.number >= 1 && job.number <= job.of && job.of <= 10_000) return job
  throw new InvalidArgumentError(say`Give a part of the whole, such as 3/8.`)
}

/** Reads the beginning of the stacks' names, for commander's `argParser`. */
export function readPrefix(text: string): string {
  if (/^[A-Za-z\d_.-]{1,80}$/.test(text)) return text
  throw new InvalidArgumentError(say`Give 1 to 80 letters, digits, dots, hyphens or underscores.`)
}
