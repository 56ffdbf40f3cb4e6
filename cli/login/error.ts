/** A sign-in that cannot go on; the message says why and how to begin again. */
export class LoginError extends Error {
  override readonly name = 'LoginError'
  readonly code = 'ERR_PSC_LOGIN'
}
