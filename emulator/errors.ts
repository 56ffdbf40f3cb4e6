import type { EmulatorCode } from './codes.ts'

/** An error of the emulator itself. `message` has one line for each problem, with the code at its end. No line shows a secret. */
abstract class EmulatorError extends Error {
  abstract readonly code: EmulatorCode
  /** The lines of the message. */
  readonly problems: readonly string[]
  /** The message without the code at its end. */
  readonly detail: string

  constructor(code: EmulatorCode, details: readonly string[]) {
    const problems = details.map((detail) => `${detail} [${code}]`)
    super(problems.join('\n'))
    this.name = new.target.name
    this.problems = problems
    this.detail = [...problems.slice(0, -1), ...details.slice(-1)].join('\n')
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
