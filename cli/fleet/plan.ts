import { UsageError } from '../usage-error.ts'
import type { FleetOptions } from './flags.ts'
import type { KnownStack } from './protocol.ts'
import { type Entries, isOfJob, type Part, partsOfJob, splitManifest } from './split.ts'

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
