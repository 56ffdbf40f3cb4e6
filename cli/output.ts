import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { say } from '../provider/say.ts'
import { CommandError, exitCodes } from './errors.ts'

const descriptors = { stdout: 1, stderr: 2 } as const

type Stream = keyof typeof descriptors

/** The error of the first text of each stream that could not be written. */
const lost: Partial<Record<Stream, NodeJS.ErrnoException>> = {}

/** Tells whether an error is that of output that cannot be written. */
export function isOutputError(error: unknown): error is CommandError {
  return error instanceof CommandError && error.code === 'ERR_PSC_OUTPUT'
}

/** Returns why a part of the output was lost; undefined if all of it was written. */
export function lostOutput(): CommandError | undefined {
  const error = lost.stdout ?? lost.stderr
  return error && explain(error)
}

/**
 * Writes to standard output.
 *
 * @throws {CommandError} if it cannot be written, as on a full disk. A pipe that was closed, as by `head`, is not an error.
 */
export function print(text: string): void {
  write('stdout', text)
  if (lost.stdout) throw explain(lost.stdout)
}

/** Writes to standard error. An error there ends nothing. The command reports it by its exit code. */
export function note(text: string): void {
  write('stderr', text)
}

/** Tells whether a line of a stream can be written over: by the escape sequences of a terminal. */
export function canErase({ isTTY }: NodeJS.WriteStream): boolean {
  return isTTY && process.env.TERM !== 'dumb'
}

function explain({ code = say`no reason given` }: NodeJS.ErrnoException): CommandError {
  const reason = code === 'ENOSPC' ? say`no space is left` : code
  return new CommandError(
    'ERR_PSC_OUTPUT',
    say`the output cannot be written (${reason}). Free space, or write it to another place.`,
  )
}

function write(stream: Stream, text: string): void {
  try {
    if (isFile(stream)) writeWhole(descriptors[stream], text)
    else process[stream].write(text)
  } catch (error) {
    lose(stream, error as NodeJS.ErrnoException)
  }
}

function lose(stream: Stream, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  lost[stream] ??= error
}

/** Tells whether a stream is a file or a device. Node.js ignores there that only a part was written. */
function isFile(stream: Stream): boolean {
  const stats = fstatSync(descriptors[stream])
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(descriptors[stream]))
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
}

/** Handles the errors of pipes and terminals, which come later. */
export function watchOutput(): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].on('error', (error: NodeJS.ErrnoException) => {
      lose(stream, error)
      if (lost[stream]) process.exitCode = exitCodes.output
    })
  }
}
