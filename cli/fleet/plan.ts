import { createHash } from 'node:crypto'
import type { ManifestClient, ManifestCredential } from '../../provider/manifest/index.ts'
import type { Code } from '../../provider/codes.ts'
import { nearest } from '../../provider/rules/nearest.ts'
import { CommandError } from '../errors.ts'
import { say } from '../../provider/say.ts'
import type { FleetOptions, Job, Operation } from './options.ts'
import type { FleetWarning } from './outcomes.ts'
import type { Entries, KnownStack, Part } from './protocol.ts'

/** The largest number of entries of a stack when this command advises a number of shards. */
const advisedSize = 500

/**
 * Splits a manifest into stacks.
 *
 * @throws {CommandError} when entries name no stack, and no number of shards is given.
 */
export function planParts(
  entries: Entries,
  { shards, shard, prefix }: Pick<FleetOptions, 'shards' | 'shard' | 'prefix'>,
): Part[] {
  const spread = shards ?? shard?.of ?? 0
  const all = [...entries.clients, ...entries.credentials]
  const homeless = all.filter(({ stack }) => stack === undefined).length
  if (spread === 0 && homeless > 0) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      say`${homeless} of the entries name no stack. Give the number of stacks to spread them over, such as --shards ${Math.ceil(homeless / advisedSize)} for some ${advisedSize} in each.`,
    )
  }
  return splitManifest(entries, { shards: spread, prefix })
}

/**
 * Chooses the stacks that this run works on. Among them are stacks of the fleet in which the manifest declares nothing
 * any more: the run empties them.
 */
export function chooseParts(
  parts: readonly Part[],
  known: readonly KnownStack[],
  { shard: job }: Pick<FleetOptions, 'shard'>,
): Part[] {
  const declared = new Set(parts.map(({ stack }) => stack))
  const left = known.filter((stack) => stack.isOurs && !declared.has(stack.name))
  const mine = job ? left.filter(({ name }) => isOfJob(name, job)) : left
  const isFilled = ({ isEmpty, isEmptied }: KnownStack) => !isEmpty && !isEmptied
  const filled = new Set(known.filter(isFilled).map(({ name }) => name))
  // An empty shard needs no stack.
  return [
    ...(job ? partsOfJob(parts, job) : parts),
    ...mine.map(({ name }) => ({ stack: name, clients: [], credentials: [] })),
  ].filter((part) => !isEmpty(part) || filled.has(part.stack))
}

/** Tells whether the manifest declares nothing in a stack. */
function isEmpty({ clients, credentials }: Part): boolean {
  return clients.length + credentials.length === 0
}

/** Warns of what a stack's name, or its missing entries, may not mean. By the name of the stack. */
export function warnOfParts(
  operation: Operation,
  parts: readonly Part[],
  known: readonly KnownStack[],
): ReadonlyMap<string, readonly FleetWarning[]> {
  // A refresh removes nothing and creates nothing.
  if (operation === 'refresh') return new Map()
  const names = toNamed(known)
  const existing = new Set(known.map(({ name }) => name))
  return new Map(
    parts.map((part) => {
      const isNew = !existing.has(part.stack)
      return [part.stack, [...warnOfEmptied(part), ...(isNew ? warnOfNew(part, names) : [])]]
    }),
  )
}

interface Named {
  readonly name: string
  /** Without digits: names that only count differ on purpose. */
  readonly counted: string
}

const withoutDigits = (name: string): string => name.replaceAll(/[-_.]?\d+/g, '')

const toNamed = (known: readonly KnownStack[]): Named[] =>
  known.map(({ name }) => ({ name, counted: withoutDigits(name) }))

/** Warns of a new stack that has nearly the name of another one. */
function warnOfNew({ stack }: Part, names: readonly Named[]): FleetWarning[] {
  const meant = findMeant(stack, names)
  if (meant === undefined) return []
  const code: Code = 'WARN_PSC_STACK_NEW'
  const message = `${say`there is no stack ${stack} yet. \`up\` creates it. Did you mean ${meant}? Correct \`stack\` in the manifest.`} [${code}]`
  return [{ code, message }]
}

/** Finds the other stack that the name of a new one nearly has. */
function findMeant(stack: string, names: readonly Named[]): string | undefined {
  const counted = withoutDigits(stack)
  const others = names.filter((other) => other.counted !== counted).map(({ name }) => name)
  return nearest(stack, others, 2)
}

/**
 * Refuses a `stack` of the manifest that is most likely misspelt: no such stack exists, nobody wrote settings for it, and
 * its name is nearly that of another one.
 *
 * @throws {CommandError}
 */
export function refuseMisspelt(
  parts: readonly Part[],
  known: readonly KnownStack[],
  hasSettings: (stack: string) => boolean,
): void {
  const names = toNamed(known)
  const existing = new Set(known.map(({ name }) => name))
  for (const { stack, clients, credentials } of parts) {
    // The name of a shard comes from --prefix.
    const isDeclared = [...clients, ...credentials].some((entry) => entry.stack === stack)
    if (!isDeclared || existing.has(stack) || hasSettings(stack)) continue
    const meant = findMeant(stack, names)
    if (meant === undefined) continue
    throw new CommandError(
      'ERR_PSC_STACK_MISSPELT',
      say`stack: there is no stack ${stack}, and no settings for it. Did you mean ${meant}? Correct \`stack\` in the manifest. For a new stack, write its settings first, in Pulumi.${stack}.yaml, or give --config-file.`,
    )
  }
}

/** Warns of a stack in which the manifest declares nothing. */
function warnOfEmptied(part: Part): FleetWarning[] {
  if (!isEmpty(part)) return []
  const code: Code = 'WARN_PSC_STACK_EMPTIED'
  const message = `${say`the manifest declares nothing in ${part.stack}. Its clients leave the stack and stay registered.`} [${code}]`
  return [{ code, message }]
}

/**
 * Finds the shard of an entry, from 0: the same on every machine and for every order of the manifest. With one more
 * shard, only the entries that the new one takes over move.
 */
export function shardOf(key: string, shards: number): number {
  return jumpHash(createHash('sha256').update(key).digest().readBigUInt64BE(), shards)
}

/**
 * Computes the jump consistent hash.
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
  readonly prefix: string
}

/** Splits a manifest into stacks, in the order of their names. Every shard gets one, also an empty one. */
export function splitManifest(
  { clients, credentials }: Entries,
  { shards, prefix }: SplitOptions,
): Part[] {
  const parts = new Map<string, { clients: ManifestClient[]; credentials: ManifestCredential[] }>()
  const partOf = (stack: string) => {
    const part = parts.get(stack) ?? { clients: [], credentials: [] }
    parts.set(stack, part)
    return part
  }
  const stackOf = ({ key, stack }: { key: string; stack?: string }) =>
    stack ?? `${prefix}-${shardOf(key, shards) + 1}`
  for (const client of clients) partOf(stackOf(client)).clients.push(client)
  for (const credential of credentials) partOf(stackOf(credential)).credentials.push(credential)
  for (let number = 1; number <= shards; number++) partOf(`${prefix}-${number}`)
  return [...parts]
    .map(([stack, part]) => ({ stack, ...part }))
    .sort((a, b) => (a.stack < b.stack ? -1 : 1))
}

/** Chooses the stacks of a job, such as every eighth, without communication between the jobs. */
export function partsOfJob(parts: readonly Part[], { number, of }: Job): Part[] {
  return parts.filter((_, index) => index % of === number - 1)
}

/** Tells whether a stack belongs to a job, by its name: the jobs may list the stacks in different orders. */
function isOfJob(stack: string, { number, of }: Job): boolean {
  return shardOf(stack, of) === number - 1
}
