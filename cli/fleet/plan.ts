import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Manifest, ManifestClient, ManifestCredential } from '../../provider/manifest/build.ts'
import { UsageError } from '../usage-error.ts'
import type { Entries, KnownStack, Part } from './protocol.ts'

/**
 * The stacks into which a manifest is split.
 *
 * @throws {UsageError} when it is not said over how many stacks to spread the entries.
 */
export function planParts(entries: Entries, { shards, job, prefix }: FleetOptions): Part[] {
  const spread = shards ?? job?.of ?? 0
  const all = [...entries.clients, ...entries.credentials]
  const homeless = all.filter(({ stack }) => stack === undefined).length
  if (spread === 0 && homeless > 0) {
    const advice = Math.ceil(homeless / 500)
    throw new UsageError(
      `${homeless} of the entries name no stack. Say over how many they are spread: --shards ${advice} makes at most about 500 in each`,
    )
  }
  return splitManifest(entries, { shards: spread, prefix })
}

/**
 * Those of the stacks that this run works on. Stacks of the fleet that nothing is declared in any more are among them:
 * they are emptied.
 */
export function chooseParts(
  parts: readonly Part[],
  known: readonly KnownStack[],
  { job }: FleetOptions,
): Part[] {
  const declared = new Set(parts.map(({ stack }) => stack))
  const left = known.filter((stack) => stack.isOurs && !declared.has(stack.name))
  const mine = job ? left.filter(({ name }) => isOfJob(name, job)) : left
  const filled = new Set(known.filter(({ isEmpty }) => !isEmpty).map(({ name }) => name))
  // Of an empty shard there need be no stack.
  return [
    ...(job ? partsOfJob(parts, job) : parts),
    ...mine.map(({ name }) => ({ stack: name, clients: [], credentials: [] })),
  ].filter((part) => !isEmpty(part) || filled.has(part.stack))
}

/** Whether nothing is declared in a stack. */
export function isEmpty({ clients, credentials }: Part): boolean {
  return clients.length + credentials.length === 0
}

/**
 * The shard of an entry, from 0: the same on every machine and for every order of the manifest. With one more shard,
 * only the entries that the new one takes over move.
 */
export function shardOf(key: string, shards: number): number {
  return jumpHash(createHash('sha256').update(key).digest().readBigUInt64BE(), shards)
}

/**
 * Jump consistent hash.
 *
 * @see Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm" (2014), figure 1
 */
export function jumpHash(key: bigint, buckets: number): number {
  let bucket = 0
  for (let next = 0; next < buckets;) {
    bucket = next
    key = BigInt.asUintN(64, key * 2_862_933_555_777_941_757n + 1n)
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(key >> 33n) + 1)))
  }
  return bucket
}

export interface SplitOptions {
  /** How many stacks the entries without a `stack:` of their own are spread over. */
  readonly shards: number
  /** What the names of those stacks begin with: `fleet-1`, `fleet-2`, … */
  readonly prefix: string
}

/** Splits a manifest into stacks, in the order of their names; there is one for every shard, also for an empty one. */
export function splitManifest(
  { clients, credentials }: Entries | Manifest,
  { shards, prefix }: SplitOptions,
): Part[] {
  const parts = new Map<string, { clients: ManifestClient[]; credentials: ManifestCredential[] }>()
  const partOf = (stack: string) => {
    const part = parts.get(stack) ?? { clients: [], credentials: [] }
    parts.set(stack, part)
    return part
  }
  const stackOf = ({ key, stack }: { key: string; stack?: string }) =>
    stack ?? shardName(prefix, shardOf(key, shards) + 1)
  for (const client of clients) partOf(stackOf(client)).clients.push(client)
  for (const credential of credentials) partOf(stackOf(credential)).credentials.push(credential)
  for (let number = 1; number <= shards; number++) partOf(shardName(prefix, number))
  return [...parts]
    .map(([stack, part]) => ({ stack, ...part }))
    .sort((a, b) => (a.stack < b.stack ? -1 : 1))
}

/** One of several jobs that share the work: `3/8`. */
export interface Job {
  readonly number: number
  readonly of: number
}

/** The stacks that a job takes: every eighth, so that the jobs need not talk to each other. */
export function partsOfJob(parts: readonly Part[], { number, of }: Job): Part[] {
  return parts.filter((_, index) => index % of === number - 1)
}

/** The same for stacks that not every job finds at the same place. */
export function isOfJob(stack: string, { number, of }: Job): boolean {
  return shardOf(stack, of) === number - 1
}

function shardName(prefix: string, number: number): string {
  return `${prefix}-${number}`
}

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
