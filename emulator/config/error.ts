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

/** `pscs.neoid.clients[0].clientId`; the given name for the whole. */
export function formatPath(path: readonly PropertyKey[], whole: string): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
  return text.replace(/^\./, '') || whole
}
