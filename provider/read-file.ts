import { closeSync, openSync, readSync } from 'node:fs'
import { FileError } from './errors.ts'

/** Reads a file, but at most the first `limit` bytes. */
export type ReadFile = (path: string, limit: number) => Uint8Array

/** The most that is read of a certificate, a key or a secret, in bytes. */
export const longestPem = 2 ** 20

const reasons: ReadonlyMap<string, string> = new Map([
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
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new FileError(reasons.get(code) ?? `The file cannot be read (${code}).`, code)
  }
  if (bytes.length <= limit) return bytes
  const size = `larger than ${limit / 2 ** 20} MiB`
  throw new FileError(`The file is ${size}, the most that is read. Is it the right one?`, size)
}

/**
 * Reads a file of at most 1 MiB as text, without the byte order mark that some editors write before it. What is not
 * text is read all the same, with U+FFFD for what is not UTF-8.
 *
 * @throws {FileError} for a file that is longer, that is UTF-16, or that cannot be read.
 */
export function readText(path: string, readFile?: ReadFile): string {
  return decode(path, readFile, false)
}

/**
 * Reads a file as {@link readText} does, but only if all of it is UTF-8: of something that is sent as it is.
 *
 * @throws {FileError}
 */
export function readExactText(path: string): string {
  return decode(path, undefined, true)
}

function decode(path: string, readFile: ReadFile | undefined, fatal: boolean): string {
  const bytes = readWhole(path, longestPem, readFile)
  // What PowerShell 5 writes with ">".
  if (isUtf16(bytes)) {
    throw new FileError('The file is UTF-16. Save it as UTF-8.', 'UTF-16: save it as UTF-8')
  }
  try {
    return new TextDecoder('utf-8', { fatal }).decode(bytes)
  } catch {
    throw new FileError('The file is not UTF-8. Save it as UTF-8.', 'not UTF-8: save it as UTF-8')
  }
}

/** With a byte order mark, or without one where the first character is one of ASCII. */
export function isUtf16([first, second]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  return (first === 0) !== (second === 0)
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
