import { CodedError } from '../provider/errors.ts'

/** A command that was used wrongly, which the message says how to mend: exit code 2. */
export class UsageError extends CodedError<'ERR_PSC_USAGE'> {
  override readonly name = 'UsageError'

  constructor(message: string) {
    super('ERR_PSC_USAGE', message)
  }
}

/** What a command prints in the place of its result with `--json`. */
export function failedDocument(error: Error & { readonly code: string }): object {
  const { code, message } = error
  const pscCode = 'pscCode' in error ? { pscCode: error.pscCode } : {}
  return { status: 'failed', error: { code, ...pscCode, message } }
}
