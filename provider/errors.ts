import type { Code } from './codes.ts'

/** Names its fields itself: `ErrorOptions` is not in the libraries of a program with `target: es2020`. */
interface CodedErrorOptions {
  readonly cause?: unknown
  /** See {@link CodedError.shownCode}. Default: `code`. */
  readonly shownCode?: string
}

/**
 * Is the base class of every error of this package. The message contains the remedy and ends in a code, so no stack trace is
 * shown.
 */
export abstract class CodedError<C extends string = Code> extends Error {
  /** The stable code, for `switch (error.code)`. */
  readonly code: C
  /** The code at the end of the message: the PSC's own where a document lists it, else {@link code}. */
  readonly shownCode: string
  /** The message without the code at its end. Another message can quote it. */
  readonly detail: string

  constructor(code: C, detail: string, { shownCode = code, ...options }: CodedErrorOptions = {}) {
    super(`${detail} [${shownCode}]`, options)
    this.code = code
    this.shownCode = shownCode
    this.detail = detail
  }
}

/** Makes the base class of an error that has one code and nothing but a message. */
function coded<const C extends Code>(code: C) {
  abstract class Coded extends CodedError<C> {
    constructor(message: string) {
      super(code, message)
    }
  }
  return Coded
}

/** Reports a `psc` argument or a base URL that does not name a PSC. */
export class ProfileError extends CodedError<'ERR_PSC_PROFILE'> {
  override readonly name = 'ProfileError'
  /** The wrong value of a profile; undefined for the whole profile. */
  readonly property: string | undefined

  constructor(message: string, property?: string) {
    super('ERR_PSC_PROFILE', message)
    this.property = property
  }
}

/** Reports a final address of the browser that does not fit the sign-in. */
export class CallbackError extends CodedError<'ERR_PSC_CALLBACK'> {
  override readonly name = 'CallbackError'
  /** Whether the sign-in is over. Otherwise the user can give another address. */
  readonly final: boolean
  /** The PSC's own error code (`access_denied`), if it sent one. */
  readonly pscCode: string | undefined

  /** @param details.isDocumented whether a standard lists `pscCode`; then the message ends in it. */
  constructor(
    message: string,
    details: { final?: boolean; pscCode?: string; isDocumented?: boolean } = {},
  ) {
    const { final = false, pscCode, isDocumented = false } = details
    super('ERR_PSC_CALLBACK', message, isDocumented && pscCode ? { shownCode: pscCode } : {})
    this.final = final
    this.pscCode = pscCode
  }
}

/** Reports an unreadable file, or one that must not be read. */
export class FileError extends CodedError<'ERR_PSC_FILE' | 'ERR_PSC_LINK'> {
  override readonly name = 'FileError'

  constructor(message: string, code: 'ERR_PSC_FILE' | 'ERR_PSC_LINK' = 'ERR_PSC_FILE') {
    super(code, message)
  }
}

/** Reports a declared certificate that cannot be used. */
export class CertificateError extends coded('ERR_PSC_CERTIFICATE') {
  override readonly name = 'CertificateError'
}

/** Reports an unusable value in the stack's configuration. */
export class ConfigurationError extends coded('ERR_PSC_CONFIGURATION') {
  override readonly name = 'ConfigurationError'
}

/** Reports a secret that is not available in this process. The message names its place. */
export class SecretUnavailableError extends coded('ERR_PSC_SECRET_UNAVAILABLE') {
  override readonly name = 'SecretUnavailableError'
}

/** Reports a secret that a rotation must not set. The message contains nothing of it. */
export class SecretTextError extends coded('ERR_PSC_SECRET_TEXT') {
  override readonly name = 'SecretTextError'
}

/** Tells whether an error is one of this package's own. Its message needs no stack trace. */
export function isExplained(error: unknown): error is CodedError {
  return error instanceof CodedError
}

/** Words an error of this package as a failure of a property: `psc: …`. Rethrows any other error. */
export function toFailure(error: unknown): string {
  if (!isExplained(error)) throw error
  if (error instanceof ProfileError) return `psc: ${error.message}`
  return error instanceof IssuerError ? `${error.property}: ${error.message}` : error.message
}

/** Every code of {@link PscError}, so that `switch (error.code)` is complete. */
export type PscErrorKind =
  | 'ERR_PSC_REFUSED' // a definite answer: repeating the request does not help
  | 'ERR_PSC_UNAVAILABLE' // no answer, or one that asks to retry later
  | 'ERR_PSC_UNEXPECTED_ANSWER' // an answer that no document describes

interface PscErrorDetails {
  readonly pscCode?: string | undefined
  /** Whether a document lists `pscCode`; then the message ends in it. Default: false. */
  readonly isDocumented?: boolean
  readonly status?: number | undefined
  /** Default: false. */
  readonly uncertain?: boolean
  readonly cause?: unknown
}

/**
 * Reports an error of a PSC, or the lack of an answer.
 *
 * The message reads `[PUT] "https://…": 412 CODE (msg). Remedy. [CODE]` and contains no secret, no token and no
 * control character.
 */
export class PscError extends CodedError<PscErrorKind> {
  override readonly name = 'PscError'
  /** The PSC's own code (`URI_INVALIDA`, `invalid_client`), if its answer had one. */
  readonly pscCode: string | undefined
  readonly status: number | undefined
  /** Whether the PSC may have processed the request, in this attempt or an earlier one. */
  readonly uncertain: boolean

  constructor(
    code: PscErrorKind,
    detail: string,
    { pscCode, isDocumented = false, status, uncertain = false, cause }: PscErrorDetails = {},
  ) {
    super(code, detail, {
      cause,
      ...(isDocumented && pscCode !== undefined && { shownCode: pscCode }),
    })
    this.pscCode = pscCode
    this.status = status
    this.uncertain = uncertain
  }

  /** Copies the error with another message. */
  reworded(detail: string, code: PscErrorKind = this.code): PscError {
    const { pscCode, status, uncertain, cause } = this
    const isDocumented = this.shownCode === pscCode
    return new PscError(code, detail, { pscCode, isDocumented, status, uncertain, cause })
  }
}

/** Tells whether there was no answer. The next request to the same server will probably fail too. */
export function isUnanswered(error: unknown): error is PscError {
  return error instanceof PscError && isUnavailable(error) && error.status === undefined
}

/** Tells whether a later retry without a change may help. */
export function isUnavailable(error: unknown): error is PscError {
  return error instanceof PscError && error.code === 'ERR_PSC_UNAVAILABLE'
}

/** Reports an unusable issuer. */
export class IssuerError extends CodedError<'ERR_PSC_ISSUER'> {
  override readonly name = 'IssuerError'
  readonly property: 'issuer' | 'authBaseUrl'

  constructor({ property, message }: { property: 'issuer' | 'authBaseUrl'; message: string }) {
    super('ERR_PSC_ISSUER', message)
    this.property = property
  }
}

/** Reports a private key that cannot sign a registration. The message contains nothing of the key. */
export class PrivateKeyError extends coded('ERR_PSC_PRIVATE_KEY') {
  override readonly name = 'PrivateKeyError'
}

/** Reports a write or a registration without a usable answer, which the PSC may have processed. */
export class LostAnswerError extends CodedError<'ERR_PSC_LOST_ANSWER'> {
  override readonly name = 'LostAnswerError'
  /** A sentence about the content of the answer, for the search at the PSC. */
  readonly clue: string | undefined

  constructor(cause: PscError, clue?: string) {
    super('ERR_PSC_LOST_ANSWER', cause.detail, { cause })
    this.clue = clue
  }
}

/**
 * Is the base class of errors after which the engine still stores the resource, as not settled.
 *
 * Pulumi's dynamic provider host reads `id` and `reasons`.
 */
export abstract class UnsettledError<C extends Code = Code> extends CodedError<C> {
  readonly id: string
  /** The outputs that the engine stores. */
  readonly outputs: object
  /** The messages that the engine shows. Each ends in a code. */
  readonly reasons: readonly string[]

  constructor(code: C, { id, outputs, reasons, cause }: Unsettled, options?: CodedErrorOptions) {
    super(code, reasons.join(' '), { ...options, cause })
    this.id = id
    this.outputs = outputs
    this.reasons = reasons.map((reason) => `${reason} [${this.shownCode}]`)
  }
}

interface Unsettled {
  readonly id: string
  readonly outputs: object
  readonly reasons: readonly string[]
  /** The error of the request; undefined if the PSC accepted it. */
  readonly cause?: unknown
}

/**
 * Reports that a PSC registered something else, or that the outcome of a write is unknown. The next `pulumi up` writes the
 * client again.
 */
export class NotSettledError extends UnsettledError<'ERR_PSC_NOT_SETTLED'> {
  override readonly name = 'NotSettledError'

  constructor(unsettled: Unsettled) {
    super('ERR_PSC_NOT_SETTLED', unsettled)
  }
}

/** Reports a failed attempt to register. No later run repeats it until the user declares the next attempt. */
export class RegistrationFailedError extends UnsettledError<'ERR_PSC_REGISTRATION_FAILED'> {
  override readonly name = 'RegistrationFailedError'

  /** @param shownCode the PSC's own code of the refusal, if it has one. */
  constructor(unsettled: Unsettled, shownCode?: string) {
    super('ERR_PSC_REGISTRATION_FAILED', unsettled, shownCode === undefined ? {} : { shownCode })
  }
}

/** Reports an attempt of an earlier run that must not be repeated. */
export class RegistrationPendingError extends coded('ERR_PSC_REGISTRATION_PENDING') {
  override readonly name = 'RegistrationPendingError'
}

/** Reports a change of registered values, which would need a second registration. */
export class RegistrationChangedError extends coded('ERR_PSC_REGISTRATION_CHANGED') {
  override readonly name = 'RegistrationChangedError'
}
