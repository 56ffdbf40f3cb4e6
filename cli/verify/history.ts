import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { CommandError } from '../errors.ts'
import { say } from '../../provider/say.ts'

/** A file to which results are appended. */
export interface History {
  /** @throws {CommandError} if it cannot be written. */
  append(lines: readonly string[]): void
  close(): void
}

/**
 * Opens a history, before any request: a run whose results cannot be kept asks nothing. Creates it readable by its owner
 * only, because it names clients.
 *
 * @throws {CommandError} if it cannot be opened.
 */
export function openHistory(file: string): History {
  const descriptor = attempt(file, () => openSync(file, 'a+', 0o600))
  return {
    append(lines) {
      // One write a line: the system appends it whole, also beside another run.
      attempt(file, () => {
        if (isCutShort(descriptor)) writeSync(descriptor, '\n')
        for (const line of lines) writeSync(descriptor, line)
      })
    },
    close() {
      closeSync(descriptor)
    },
  }
}

/** Tells whether the last line lacks its end, as after a full disk. */
function isCutShort(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  if (!stats.isFile() || stats.size === 0) return false
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, stats.size - 1)
  return last.toString() !== '\n'
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code = say`no reason given` } = error as NodeJS.ErrnoException
    const detail = say`--append ${file}: the history cannot be written (${code}). Free space, or name another file.`
    throw new CommandError('ERR_PSC_OUTPUT', detail)
  }
}
