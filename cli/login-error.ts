/** A command that was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_PSC_USAGE'
}

/** A sign-in that cannot go on; the message says why and how to begin again. */
export class LoginError extends Error {
  override readonly name = 'LoginError'
  readonly code = 'ERR_PSC_LOGIN'
}
