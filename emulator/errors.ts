import type { z } from 'zod'
import type { EmulatorCode } from './codes.ts'

/** An error of the emulator itself. `message` has one line for each problem, with the code at its end. No line shows a secret. */
abstract class EmulatorError extends Error {
  abstract readonly code: EmulatorCode
  /** The lines of the message without the code. */
  readonly problems: readonly string[]

  constructor(code: EmulatorCode, problems: readonly string[]) {
    super(problems.map((problem) => `${problem} [${code}]`).join('\n'))
    this.name = new.target.name
    this.problems = problems
  }
}

/** The configuration cannot be used. */
export class EmulatorConfigError extends EmulatorError {
  readonly code = 'ERR_PSC_EMULATOR_CONFIG'

  constructor(problems: readonly string[]) {
    super('ERR_PSC_EMULATOR_CONFIG', problems)
  }
}

/** A fault script cannot be used. */
export class FaultScriptError extends EmulatorError {
  readonly code = 'ERR_PSC_EMULATOR_FAULT'

  constructor(problems: readonly string[]) {
    super('ERR_PSC_EMULATOR_FAULT', problems)
  }
}

/** A request below `/_emulator` cannot be carried out. */
export class ControlRequestError extends EmulatorError {
  readonly code = 'ERR_PSC_EMULATOR_REQUEST'
  readonly status: 400 | 404 | 415 | 422

  constructor(status: ControlRequestError['status'], problem: string | readonly string[]) {
    super('ERR_PSC_EMULATOR_REQUEST', typeof problem === 'string' ? [problem] : problem)
    this.status = status
  }
}

/**
 * Describes each problem in a line that begins with its path, as in `pscs.neoid.clients[0].clientId: …`.
 *
 * @param whole the name of the value itself
 * @param locate puts the place in a file before a path
 */
export function problemsOf(
  error: z.ZodError,
  whole: string,
  locate: (path: string, keys: readonly PropertyKey[]) => string = (path) => path,
): string[] {
  return error.issues.map((issue) => {
    const path = locate(formatPath(issue.path) || whole, issue.path)
    if (issue.code === 'unrecognized_keys') return `${path}: unknown key ${issue.keys.join(', ')}`
    return `${path}: ${issue.message.replace(/^Invalid input: /, '')}`
  })
}

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
  return text.join('').replace(/^\./, '')
}
