import {
  closeSync,
  fsyncSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The newest write of a client. */
export interface Entry {
  readonly at: number
  /** A hash of what was written; undefined while the outcome is unknown. */
  readonly digest?: string
}

export type Entries = Map<string, Entry>

/** A line: the client, the time, and what was written. */
const form = /^([\w-]{22}) (\d{1,16}) (\?|[\w-]{22})$/gm

/** A line that a full disk cut off must not swallow the next one. */
const lineOf = (key: string, { at, digest = '?' }: Entry) => `\n${key} ${at} ${digest}\n`

/** Reads the entries of a text. A later line replaces an earlier one of the same client. */
export function readEntries(text: string): Entries {
  const entries: Entries = new Map()
  for (const [, key = '', at, written] of text.matchAll(form)) {
    entries.set(key, { at: Number(at), ...(written !== '?' && { digest: String(written) }) })
  }
  return entries
}

/**
 * Appends an entry, on the disk if it is to be synced.
 *
 * @returns the size of the file in bytes.
 */
export async function appendEntry(
  file: string,
  key: string,
  entry: Entry,
  isSynced: boolean,
): Promise<number> {
  if (isSynced) await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  for (;;) {
    const handle = await open(file, 'a', 0o600)
    try {
      // The system appends so short a text at one stroke, also where several processes write.
      await handle.appendFile(lineOf(key, entry))
      if (isSynced) await handle.datasync()
      const { ino, size } = fstatSync(handle.fd)
      if (statSync(file, { throwIfNoEntry: false })?.ino === ino) return size
      // A compaction has replaced the file, perhaps by one without this line.
    } finally {
      await handle.close()
    }
  }
}

/** The size up to which a journal is left alone, in bytes: some 2,000 writes. */
const smallSize = 2 ** 18

/** The size from which on a journal of so many entries is to be compacted, in bytes: most of its lines are replaced. */
export function compactionSize(entries: number): number {
  return Math.max(
    smallSize,
    2 * entries * '\nkey-of-22-characters-- 1800000000000 hash-of-22-characters-\n'.length,
  )
}

/** How long a compaction may take before it counts as killed, in milliseconds. */
const longestMs = 60_000

/**
 * Replaces a journal by one with the last line of each client. Loses no line that another process appends meanwhile. If it is
 * killed, the file is the old one or the new one. Only one process at a time compacts. Never throws: then the file stays as it
 * is.
 *
 * @returns the number of entries; undefined if the file was left as it is.
 */
export function compact(file: string): number | undefined {
  const next = `${file}.new`
  let compacted: number
  try {
    // Fails if another process compacts.
    compacted = openSync(next, 'ax', 0o600)
  } catch {
    removeStale(next)
    return undefined
  }
  let old: number | undefined
  try {
    old = openSync(file, 'r')
    const text = readFileSync(old, 'utf8')
    const entries = readEntries(text)
    for (const [key, { at }] of entries) if (at === 0) entries.delete(key)
    const lines = Array.from(entries, ([key, entry]) => lineOf(key, entry)).join('')
    const begun = text.slice(text.lastIndexOf('\n') + 1)
    writeFileSync(compacted, lines + begun)
    // Each reads on from where the one before ended.
    writeFileSync(compacted, readFileSync(old))
    fsyncSync(compacted)
    // This process may have been stopped for so long that another one took its file for a killed one's.
    if (statSync(next).ino !== fstatSync(compacted).ino) return undefined
    renameSync(next, file)
    // What was appended to the old file before the new one took its place. Later, its writer notices.
    writeFileSync(compacted, readFileSync(old))
    fsyncSync(compacted)
    return entries.size
  } catch {
    rmSync(next, { force: true })
    return undefined
  } finally {
    closeSync(compacted)
    if (old !== undefined) closeSync(old)
  }
}

/** Removes what a killed compaction has left. */
function removeStale(file: string): void {
  try {
    const { mtimeMs } = statSync(file)
    if (Date.now() - mtimeMs > longestMs) rmSync(file)
  } catch {
    // The next compaction tries again.
  }
}
