/** The emulator's configuration is wrong; `problems` has one line for each mistake, and none of them holds a secret. */
export class EmulatorConfigError extends Error {
  readonly code = 'ERR_PSC_EMULATOR_CONFIG'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'EmulatorConfigError'
    this.problems = problems
  }
}
