import type { IssuerFault } from './psc/issuer-fault.ts'

/** A `psc` argument or a base URL that names no PSC; the message says what to write instead. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError'
  readonly code = 'ERR_PSC_PROFILE'
  /** The value of a profile that is wrong; undefined for the profile as a whole. */
  readonly property: string | undefined

  constructor(message: string, property?: string) {
    super(message)
    this.property = property
  }
}

/** The address that the browser ended on is not what was waited for; the message says what it is and what to do. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError'
  readonly code = 'ERR_PSC_CALLBACK'
  /** Whether the sign-in is over. Otherwise the right address may still come. */
  readonly final: boolean
  /** The PSC's own error code (`access_denied`), where it sent one. */
  readonly pscCode: string | undefined

  constructor(message: string, options: { final?: boolean; pscCode?: string } = {}) {
    super(message)
    this.final = options.final ?? false
    this.pscCode = options.pscCode
  }
}

/** A file that cannot be read; the message says why and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly code = 'ERR_PSC_FILE'
  /** Why, in a word or two that fit in brackets: `ENOENT`, `larger than 1 MiB`. */
  readonly reason: string

  constructor(message: string, reason: string) {
    super(message)
    this.reason = reason
  }
}

/** A text in a certificate's place that cannot be used as one. Its message says why. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError'
  readonly code = 'ERR_PSC_CERTIFICATE'
}

/** A value in the stack's configuration that cannot be used. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code = 'ERR_PSC_CONFIGURATION'
}

/** A secret that is not available where the provider runs; the message says where it was looked for. */
export class SecretUnavailableError extends Error {
  override readonly name = 'SecretUnavailableError'
  readonly code = 'ERR_PSC_SECRET_UNAVAILABLE'
}

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

/** Every code of {@link PscError}, so that `switch (error.code)` is complete. */
export type PscErrorKind =
  | 'ERR_PSC_REFUSED' // a definite answer: repeating the request does not help
  | 'ERR_PSC_UNAVAILABLE' // no answer, or one that asks to come back later
  | 'ERR_PSC_UNEXPECTED_ANSWER'

// an answer that no document describes

/**
 * What a PSC answered instead of what was asked for.
 *
 * The message reads `[PUT] "https://…": 412 CODE (msg). What to do.` and holds no secret, no token and no
 * control character.
 */
export class PscError extends Error {
  override readonly name = 'PscError'
  readonly code: PscErrorKind
  /** The PSC's own code (`URI_INVALIDA`, `invalid_client`), where its answer had one. */
  readonly pscCode: string | undefined
  readonly status: number | undefined

  constructor(
    code: PscErrorKind,
    message: string,
    details: { pscCode?: string | undefined; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.code = code
    this.pscCode = details.pscCode
    this.status = details.status
  }
}

/** Whether there was no answer at all: the same may be expected of the next request to the same server. */
export function isUnanswered(error: unknown): error is PscError {
  return error instanceof PscError && isUnavailable(error) && error.status === undefined
}

/** Whether trying again later, without changing anything, may help. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof PscError && error.code === 'ERR_PSC_UNAVAILABLE'
}

/** An issuer that cannot be used; the message says what to write instead. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError'
  readonly code = 'ERR_PSC_ISSUER'
  readonly property: IssuerFault['property']

  constructor({ property, message }: IssuerFault) {
    super(message)
    this.property = property
  }
}

/** A private key that cannot sign a registration; the message says why, and never holds anything of it. */
export class PrivateKeyError extends Error {
  override readonly name = 'PrivateKeyError'
  readonly code = 'ERR_PSC_PRIVATE_KEY'
}

/** A registration of which it is not known whether it took place, or whose secret was lost. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError'
  readonly code = 'ERR_PSC_LOST_ANSWER'
  /** A sentence of what the answer named, which is what to look for at the PSC. */
  readonly clue: string | undefined

  constructor(message: string, clue?: string) {
    super(message)
    this.clue = clue
  }
}
