import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../http/message.ts'
import {
  appendEntry,
  compact,
  compactionSize,
  type Entries,
  type Entry,
  readEntries,
} from './journal-file.ts'

/** A client at a PSC. It is one, however many resources and stacks have described it. */
export interface Subject {
  /** Where it is maintained. */
  readonly address: string
  readonly clientId: string
}

/** What a state holds of a client. */
export interface Stored {
  /** When it was written, as {@link Attempt} has it; undefined in states of version 0.1. */
  readonly writtenAt?: number | undefined
  readonly document: object
}

/** A write that is about to be sent. */
export interface Attempt {
  /** Milliseconds since the epoch, and later than every earlier write that the state or this machine knows of. */
  readonly at: number
  /** Why it could not be recorded. */
  readonly failure?: string
  /** Records that the PSC has the document. */
  written(document: object): Promise<void>
  /** Records that nothing was written. */
  refused(): Promise<void>
}

interface Content {
  readonly entries: Entries
  /** Why it cannot be read. */
  readonly failure?: string
}

/**
 * Remembers the newest write of each client on this machine. The engine stores the outcome of a write later than the PSC
 * has it, in one of several resources, and forgets what it was at; a state can also be replaced by an older one. A state
 * that is older than the journal is not what the PSC has, unless both hold the same document.
 *
 * It is a file with a line for each step of a write: a hash that names the client, a time, and a hash of the document or
 * `?`. It holds no secret and no name. A later line replaces an earlier one of the same client, and a compaction removes the
 * earlier ones: the file grows with the clients, not with the writes. Without the file nothing fails; only an interrupted
 * write is then not noticed.
 */
export class Journal {
  readonly #folder: string
  readonly #clock: Clock
  #content: Content | undefined
  /** The size from which on the file is compacted. */
  #compactionSize = 0

  constructor(clock: Clock, folder = journalFolder()) {
    this.#clock = clock
    this.#folder = folder
  }

  /** Why the file, which is there, cannot be read: then no doubt is found. */
  get failure(): string | undefined {
    return this.#known.failure
  }

  /** Tells whether a newer write than the stored one wrote, or may have written, something else. */
  doubts(subject: Subject, { writtenAt = 0, document }: Stored): boolean {
    const entry = this.#known.entries.get(keyOf(subject))
    return entry !== undefined && entry.at > writtenAt && entry.digest !== digest(document)
  }

  /**
   * Records a write before it is sent, on the disk. Never throws.
   *
   * @param writtenAt when the client was written last, as the state has it.
   */
  async begin(subject: Subject, writtenAt = 0): Promise<Attempt> {
    const key = keyOf(subject)
    const before = this.#known.entries.get(key)
    const at = Math.max(this.#clock.date().getTime(), writtenAt + 1, (before?.at ?? 0) + 1)
    const failure = await this.#append(key, { at }, true)
    return {
      at,
      ...(failure !== undefined && { failure }),
      written: async (document) => {
        await this.#append(key, { at, digest: digest(document) })
      },
      refused: async () => {
        await this.#append(key, before ?? { at: 0 })
      },
    }
  }

  get #file(): string {
    return join(this.#folder, 'writes')
  }

  get #known(): Content {
    return (this.#content ??= readContent(this.#file))
  }

  /** @returns why it was not recorded. */
  async #append(key: string, entry: Entry, isSynced = false): Promise<string | undefined> {
    const { entries } = this.#known
    entries.set(key, entry)
    try {
      const size = await appendEntry(this.#file, key, entry, isSynced)
      this.#compactionSize ||= compactionSize(entries.size)
      if (size > this.#compactionSize) {
        // If another process compacts, or none can, it is not tried again at every write.
        const left = compact(this.#file)
        this.#compactionSize = left === undefined ? 2 * size : compactionSize(left)
      }
      return undefined
    } catch (error) {
      return reasonOf(error)
    }
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

function readContent(file: string): Content {
  let text = ''
  let failure: string | undefined
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failure = reasonOf(error)
  }
  return { entries: readEntries(text), ...(failure !== undefined && { failure }) }
}

/** `PULUMI_PSC_HOME`, or a folder in Pulumi's own. A pipeline sets a variable without a value to an empty text. */
function journalFolder(): string {
  const { PULUMI_PSC_HOME: own = '', PULUMI_HOME: pulumi = '' } = process.env
  if (own !== '') return own
  return join(pulumi === '' ? join(homedir(), '.pulumi') : pulumi, 'psc')
}

function keyOf({ address, clientId }: Subject): string {
  return digest([address, clientId])
}

function digest(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
