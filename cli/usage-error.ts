/** A command that was used wrongly, which the message says how to mend: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_PSC_USAGE'
}
