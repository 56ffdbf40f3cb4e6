import { CommanderError } from 'commander'
import type { EmulatorCode } from '../emulator/index.ts'
import type { Code } from '../provider/codes.ts'
import { CodedError, isExplained } from '../provider/errors.ts'
import { jsonText } from './json.ts'

/** Reports why a command cannot do its work. The message has the remedy. */
export class CommandError extends CodedError<Code | EmulatorCode> {
  override readonly name = 'CommandError'
}

/** Exit codes of every command. */
export const exitCodes = { good: 0, problem: 1, usage: 2 } as const

/** Builds the JSON document that replaces a command's result: the error and, for a wrong manifest, each problem. */
async function failedDocument(error: CodedError): Promise<object> {
  const { code, message } = error
  const pscCode = 'pscCode' in error ? { pscCode: error.pscCode } : {}
  return { status: 'failed', error: { code, ...pscCode, message, ...(await problemsOf(error)) } }
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
    output.note(`${command}:${separator}${failure.message}`)
  }
  return failure.code === 'ERR_PSC_USAGE' ? exitCodes.usage : exitCodes.problem
}

/** Reads commander's error; undefined if it printed the help or the version. */
function readUsage({ code, message }: CommanderError): CommandError | undefined {
  if (/^commander\.(help|version)/.test(code)) return undefined
  return new CommandError(
    'ERR_PSC_USAGE',
    message
      .replace(/^error: /, '')
      .replaceAll('\n', ' ')
      .trim(),
  )
}
