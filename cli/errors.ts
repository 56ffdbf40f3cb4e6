import { CommanderError } from 'commander'
import type { EmulatorCode } from '../emulator/index.ts'
import type { Code } from '../provider/codes.ts'
import { CodedError, isExplained } from '../provider/errors.ts'
import { jsonText } from './json.ts'
import { sayUsage } from './usage.ts'

/** Reports why a command cannot do its work. The message has the remedy. */
export class CommandError extends CodedError<Code | EmulatorCode> {
  override readonly name = 'CommandError'
}

/** Exit codes of every command. */
export const exitCodes = { good: 0, problem: 1, usage: 2, output: 4 } as const

/** Holds an error in a JSON document. */
export interface ErrorJson {
  /** The code at the end of the message. */
  readonly code: string
  /** Our code for the kind of the error, as `error.code` in a program. */
  readonly errorCode: string
  /** The PSC's own code, if its answer had one. */
  readonly pscCode?: string
  readonly message: string
}

/** Writes an error for a JSON document. */
export function errorJson(error: CodedError): ErrorJson {
  const { code: errorCode, shownCode: code, message } = error
  const pscCode = 'pscCode' in error ? { pscCode: error.pscCode as string } : {}
  return { code, errorCode, ...pscCode, message }
}

/** Builds the JSON document that replaces a command's result: the error and, for a wrong manifest, each problem. */
async function failedDocument(error: CodedError): Promise<object> {
  return { status: 'failed', error: { ...errorJson(error), ...(await problemsOf(error)) } }
}

async function problemsOf(error: CodedError): Promise<object> {
  if (error.code !== 'ERR_PSC_MANIFEST') return {}
  const { ManifestError, problemJson } = await import('./manifest-problem.ts')
  return error instanceof ManifestError ? { problems: error.problems.map(problemJson) } : {}
}

/** Prints a failure: a line of standard output, or of standard error. */
export interface FailureOutput {
  print(line: string): void
  note(line: string): void
}

/**
 * Shows why a command failed: as a JSON document on standard output, or in words on standard error.
 *
 * @returns the exit code: 2 for wrong usage, else 1.
 * @throws the error itself if it is not ours. Then it is a bug and needs its stack trace.
 */
export async function showFailure(
  error: unknown,
  { command, json = false }: { readonly command: string; readonly json?: boolean },
  output: FailureOutput,
): Promise<number> {
  const failure = error instanceof CommanderError ? readUsage(error) : error
  if (failure === undefined) return (error as CommanderError).exitCode === 0 ? 0 : exitCodes.usage
  if (!isExplained(failure)) throw failure as Error
  if (json) output.print(jsonText(await failedDocument(failure)))
  else {
    const separator = failure.message.includes('\n') ? '\n' : ' '
    const { terminalWidth, wrapSentences } = await import('./table.ts')
    output.note(
      wrapSentences(`${command}:${separator}${failure.message}`, terminalWidth(process.stderr)),
    )
  }
  return failure.code === 'ERR_PSC_USAGE' ? exitCodes.usage : exitCodes.problem
}

/** Reads commander's error; undefined if it printed the help or the version. */
function readUsage(error: CommanderError): CommandError | undefined {
  if (/^commander\.(help|version)/.test(error.code)) return undefined
  return new CommandError('ERR_PSC_USAGE', sayUsage(error))
}
