import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { say, sayLater } from './say.ts'
import { FileError } from './errors.ts'

/** Reads a file, but at most the first `limit` bytes. */
export type ReadFile = (path: string, limit: number) => Uint8Array

/** The size limit of a certificate, a key or a secret, in bytes. */
export const longestPem = 2 ** 20

const directory = sayLater`the path is that of a directory. Name a file in it.`

const reasons: ReadonlyMap<string, () => string> = new Map([
  ['ENOENT', sayLater`the file does not exist. Check the path.`],
  [
    'ENOTDIR',
    sayLater`the file does not exist: a part of its path is not a directory. Check the path.`,
  ],
  ['EISDIR', directory],
  ['EACCES', sayLater`the file is not readable. Check its permissions.`],
  ['EPERM', sayLater`the file is not readable. Check its permissions.`],
  ['ELOOP', sayLater`the file is a symbolic link to itself. Name the file itself.`],
  ['ENAMETOOLONG', sayLater`the path is too long. Check it.`],
  [
    'ERR_INVALID_ARG_VALUE',
    sayLater`the path contains a character that no path may have. Check it.`,
  ],
])

/** Explains an error of the file system by its code. */
export function explainFileError(error: unknown): FileError {
  if (error instanceof FileError) return error
  const { code = say`no reason given` } = error as NodeJS.ErrnoException
  return new FileError(reasons.get(code)?.() ?? say`the file cannot be read (${code}). Check it.`)
}

/**
 * Reads a whole file of at most `limit` bytes.
 *
 * @throws {FileError} for a longer or an unreadable file.
 */
export function readWhole(path: string, limit: number, readFile: ReadFile = readStart): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = readFile(path, limit + 1)
  } catch (error) {
    throw explainFileError(error)
  }
  if (bytes.length <= limit) return bytes
  const size = limit / 2 ** 20
  throw new FileError(say`the file is larger than ${size} MiB. Check that it is the right one.`)
}

/**
 * Reads a file as text, without a byte order mark. Bytes that are not UTF-8 become U+FFFD.
 *
 * @param limit the size limit in bytes; default 1 MiB.
 * @throws {FileError} for a file that is longer, UTF-16 or unreadable.
 */
export function readText(path: string, readFile?: ReadFile, limit = longestPem): string {
  return decode(path, readFile, false, limit)
}

/**
 * Reads a file as {@link readText} does, and refuses bytes that are not UTF-8. For contents that are sent unchanged.
 *
 * @throws {FileError}
 */
export function readExactText(path: string): string {
  return decode(path, undefined, true, longestPem)
}

/**
 * Reads a file that a program names. The message of an error begins with the name.
 *
 * @throws {FileError}
 */
export function readNamed(file: string, read: (path: string) => string = readText): string {
  try {
    return read(file)
  } catch (error) {
    throw error instanceof FileError ? new FileError(`${file}: ${error.detail}`) : error
  }
}

function decode(
  path: string,
  readFile: ReadFile | undefined,
  fatal: boolean,
  limit: number,
): string {
  const bytes = readWhole(path, limit, readFile)
  // PowerShell 5 writes UTF-16 with ">".
  if (isUtf16(bytes)) {
    throw new FileError(say`the file is UTF-16. Save it as UTF-8.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal }).decode(bytes)
  } catch {
    throw new FileError(say`the file is not UTF-8. Save it as UTF-8.`)
  }
}

/** Tells whether bytes are UTF-16: by their byte order mark, or by a first character of ASCII. */
export function isUtf16([first, second]: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  return (first === 0) !== (second === 0)
}

/**
 * Reads up to the limit of a regular file. Opens nothing else: a FIFO would block, and a device may act. A FIFO that takes
 * the place of the file meanwhile is opened without blocking, and refused.
 */
export function readStart(path: string, limit: number): Uint8Array {
  refuseOthers(statSync(path))
  // Windows has no such flag.
  const { O_RDONLY, O_NONBLOCK = 0 } = constants as Partial<typeof constants>
  const descriptor = openSync(path, (O_RDONLY ?? 0) | O_NONBLOCK)
  try {
    refuseOthers(fstatSync(descriptor))
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

/** @throws for anything but a regular file. */
function refuseOthers(stats: Stats): void {
  if (stats.isFile()) return
  if (stats.isDirectory()) throw new FileError(directory())
  throw new FileError(say`the path is that of a FIFO, a socket or a device. Name a regular file.`)
}
