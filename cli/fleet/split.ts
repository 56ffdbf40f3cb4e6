import type { Manifest, ManifestClient, ManifestCredential } from '../../provider/manifest/build.ts'
import { shardOf } from './shard.ts'

/** What a stack of a fleet declares. */
export interface Entries {
  readonly clients: readonly ManifestClient[]
  readonly credentials: readonly ManifestCredential[]
}

/** A stack of a fleet. */
export interface Part extends Entries {
  readonly stack: string
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
