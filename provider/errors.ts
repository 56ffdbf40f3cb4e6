import type { Code } from './codes.ts'

/**
 * The base of every error of this package. It says all that its reader needs, so its stack trace is never shown.
 */
export abstract class CodedError<C extends Code = Code> extends Error {
  /** The stable code, for `switch (error.code)`. */
  readonly code: C
  /** The message without the code at its end, for a message that quotes this one. */
  readonly detail: string

  constructor(code: C, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.code = code
    this.detail = detail
  }
}

/** A `psc` argument or a base URL that names no PSC; the message says what to write instead. */
export class ProfileError extends CodedError<'ERR_PSC_PROFILE'> {
  override readonly name = 'ProfileError'
  /** The value of a profile that is wrong; undefined for the profile as a whole. */
  readonly property: string | undefined

  constructor(message: string, property?: string) {
    super('ERR_PSC_PROFILE', message)
    this.property = property
  }
}

/** The address that the browser ended on is not what was waited for; the message says what it is and what to do. */
export class CallbackError extends CodedError<'ERR_PSC_CALLBACK'> {
  override readonly name = 'CallbackError'
  /** Whether the sign-in is over. Otherwise the right address may still come. */
  readonly final: boolean
  /** The PSC's own error code (`access_denied`), where it sent one. */
  readonly pscCode: string | undefined

  constructor(message: string, options: { final?: boolean; pscCode?: string } = {}) {
    super('ERR_PSC_CALLBACK', message)
    this.final = options.final ?? false
    this.pscCode = options.pscCode
  }
}

/** A file that cannot be read; the message says why and what to do. */
export class FileError extends CodedError<'ERR_PSC_FILE'> {
  override readonly name = 'FileError'
  /** Why, in a word or two that fit in brackets: `ENOENT`, `larger than 1 MiB`. */
  readonly reason: string

  constructor(message: string, reason: string) {
    super('ERR_PSC_FILE', message)
    this.reason = reason
  }
}

/** A text in a certificate's place that cannot be used as one. Its message says why. */
export class CertificateError extends CodedError<'ERR_PSC_CERTIFICATE'> {
  override readonly name = 'CertificateError'

  constructor(message: string) {
    super('ERR_PSC_CERTIFICATE', message)
  }
}

/** A value in the stack's configuration that cannot be used. */
export class ConfigurationError extends CodedError<'ERR_PSC_CONFIGURATION'> {
  override readonly name = 'ConfigurationError'

  constructor(message: string) {
    super('ERR_PSC_CONFIGURATION', message)
  }
}

/** A secret that is not available where the provider runs; the message says where it was looked for. */
export class SecretUnavailableError extends CodedError<'ERR_PSC_SECRET_UNAVAILABLE'> {
  override readonly name = 'SecretUnavailableError'

  constructor(message: string) {
    super('ERR_PSC_SECRET_UNAVAILABLE', message)
  }
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
  | 'ERR_PSC_UNEXPECTED_ANSWER' // an answer that no document describes

/**
 * What a PSC answered instead of what was asked for.
 *
 * The message reads `[PUT] "https://…": 412 CODE (msg). What to do.` and holds no secret, no token and no
 * control character.
 */
export class PscError extends CodedError<PscErrorKind> {
  override readonly name = 'PscError'
  /** The PSC's own code (`URI_INVALIDA`, `invalid_client`), where its answer had one. */
  readonly pscCode: string | undefined
  readonly status: number | undefined

  constructor(
    code: PscErrorKind,
    message: string,
    details: { pscCode?: string | undefined; status?: number; cause?: unknown } = {},
  ) {
    super(code, message, { cause: details.cause })
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
export class IssuerError extends CodedError<'ERR_PSC_ISSUER'> {
  override readonly name = 'IssuerError'
  readonly property: 'issuer' | 'authBaseUrl'

  constructor({ property, message }: { property: 'issuer' | 'authBaseUrl'; message: string }) {
    super('ERR_PSC_ISSUER', message)
    this.property = property
  }
}

/** A private key that cannot sign a registration; the message says why, and never holds anything of it. */
export class PrivateKeyError extends CodedError<'ERR_PSC_PRIVATE_KEY'> {
  override readonly name = 'PrivateKeyError'

  constructor(message: string) {
    super('ERR_PSC_PRIVATE_KEY', message)
  }
}

/** A registration of which it is not known whether it took place, or whose secret was lost. */
export class LostAnswerError extends CodedError<'ERR_PSC_LOST_ANSWER'> {
  override readonly name = 'LostAnswerError'
  /** A sentence of what the answer named, which is what to look for at the PSC. */
  readonly clue: string | undefined

  constructor(message: string, clue?: string) {
    super('ERR_PSC_LOST_ANSWER', message)
    this.clue = clue
  }
}
