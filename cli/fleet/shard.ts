import { createHash } from 'node:crypto'

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
