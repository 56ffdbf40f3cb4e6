/**
 * Whether an error is one of this package's own, which says all that its reader needs: its stack trace is
 * noise. Every class of them has a `code` that begins with `ERR_PSC_`.
 */
export function isExplained(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PSC_')
  )
}
