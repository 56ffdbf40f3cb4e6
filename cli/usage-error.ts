/** A command that was used wrongly, which the message says how to mend: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'ERR_PSC_USAGE'
}

/** What a command prints in the place of its result with `--json`. */
export function failedDocument(error: Error & { readonly code: string }): object {
  const { code, message } = error
  const pscCode = 'pscCode' in error ? { pscCode: error.pscCode } : {}
  return { status: 'failed', error: { code, ...pscCode, message } }
}
