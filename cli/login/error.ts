import { CodedError } from '../../provider/errors.ts'

/** A sign-in that cannot go on; the message says why and how to begin again. */
export class LoginError extends CodedError<'ERR_PSC_LOGIN'> {
  override readonly name = 'LoginError'

  constructor(message: string) {
    super('ERR_PSC_LOGIN', message)
  }
}
