import { closeSync, openSync, readSync } from 'node:fs'
import { LineCounter } from 'yaml'

/** Reads at most `limit` bytes of a file. A file that is not read to its end is longer than that. */
export type ReadFile = (path: string, limit: number) => Uint8Array

/** The text of a manifest, with what is needed to point into it. */
export interface Source {
  readonly file: string
  readonly text: string
  readonly lines: LineCounter
}

/** A file that cannot be used, with a message that says why and what to do. */
export class FileError extends Error {
  /** The line of what is wrong, where it is known. */
  readonly line?: number

  constructor(message: string, line?: number) {
    super(message)
    this.name = 'FileError'
    if (line !== undefined) this.line = line
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file. Check the path.',
  ENOTDIR: 'There is no such file, because a part of its path is not a directory. Check the path.',
  EISDIR: 'This is a directory. Name the file in it.',
  EACCES: 'The file may not be read. Check its permissions.',
  EPERM: 'The file may not be read. Check its permissions.',
  ELOOP: 'The file is a symbolic link to itself. Name the file that is meant.',
  ENAMETOOLONG: 'The path is too long. Check it.',
  ERR_INVALID_ARG_VALUE: 'The path has a character that no path may have. Check it.',
}

/** Reads a text file as UTF-8, a byte order mark left out. Throws FileError for what cannot be read. */
export function readText(path: string, limit: number, readFile: ReadFile = readStart): string {
  const bytes = tryRead(path, limit, readFile)
  if (bytes.length > limit) {
    throw new FileError(
      `The file is larger than ${limit / 2 ** 20} MiB, the most that is read. Is it the right one?`,
    )
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw notUtf8(bytes)
  }
}

function tryRead(path: string, limit: number, readFile: ReadFile): Uint8Array {
  try {
    return readFile(path, limit + 1)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new FileError(
      Object.hasOwn(reasons, code) ? (reasons[code] ?? code) : `The file cannot be read (${code}).`,
    )
  }
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

function notUtf8(bytes: Uint8Array): FileError {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return new FileError('The file is UTF-16. Save it as UTF-8.')
  }
  const before = new TextDecoder().decode(bytes).split('\uFFFD', 1)[0] ?? ''
  return new FileError(
    'The file is not UTF-8 from here on. Save it as UTF-8.',
    before.split('\n').length,
  )
}

/** Lines end with LF or CRLF, as they do for YAML. */
export function createSource(file: string, text: string): Source {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1)
  }
  return { file, text, lines }
}

/** The text of a line, counted from 1, without its end. */
export function lineText({ text, lines }: Source, line: number): string {
  const start = lines.lineStarts[line - 1] ?? text.length
  const next = lines.lineStarts[line]
  return text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, '')
}
