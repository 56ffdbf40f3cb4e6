import { closeSync, openSync, readSync } from 'node:fs'

/** Reads a file, but at most the first `limit` bytes. */
export type ReadFile = (path: string, limit: number) => Uint8Array

/** A file that cannot be read; the message says why and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

const reasons: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOENT', 'There is no such file. Check the path.'],
  ['ENOTDIR', 'There is no such file: a part of its path is no directory. Check the path.'],
  ['EISDIR', 'This is a directory. Name the file in it.'],
  ['EACCES', 'The file may not be read. Check its permissions.'],
  ['EPERM', 'The file may not be read. Check its permissions.'],
  ['ELOOP', 'The file is a symbolic link to itself. Name the file that is meant.'],
  ['ENAMETOOLONG', 'The path is too long. Check it.'],
  ['ERR_INVALID_ARG_VALUE', 'The path has a character that no path may have. Check it.'],
])

/**
 * Reads a whole file of at most `limit` bytes.
 *
 * @throws {FileError} for a file that is longer, or cannot be read.
 */
export function readWhole(path: string, limit: number, readFile: ReadFile = readStart): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = readFile(path, limit + 1)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new FileError(
      reasons.get(code) ?? `The file cannot be read (${code ?? 'no reason given'}).`,
    )
  }
  if (bytes.length <= limit) return bytes
  throw new FileError(
    `The file is larger than ${limit / 2 ** 20} MiB, the most that is read. Is it the right one?`,
  )
}

/** Bounded, so that a device or a pipe without an end is an error and not a full memory. */
function readStart(path: string, limit: number): Uint8Array {
  const descriptor = openSync(path, 'r')
  try {
    const chunks: Uint8Array[] = []
    let total = 0
    while (total < limit) {
      const chunk = new Uint8Array(Math.min(65_536, limit - total))
      const read = readSync(descriptor, chunk)
      if (read === 0) break
      chunks.push(chunk.subarray(0, read))
      total += read
    }
    return Buffer.concat(chunks)
  } finally {
    closeSync(descriptor)
  }
}
