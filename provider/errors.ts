import type { Code } from './codes.ts'
import type { ManifestProblem } from './manifest/problem.ts'

interface CodedErrorOptions extends ErrorOptions {
  /** See {@link CodedError.shownCode}. Default: `code`. */
  readonly shownCode?: string
}

/**
 * The base of every error of this package. Its message says all that its reader needs and ends in a code, so its stack
 * trace is never shown.
 */
export abstract class CodedError<C extends Code = Code> extends Error {
  /** The stable code, for `switch (error.code)`. */
  readonly code: C
  /** The code at the end of the message: the PSC's own where a document lists it, else {@link code}. */
  readonly shownCode: string
  /** The message without the code at its end, for a message that quotes this one. */
  readonly detail: string

  constructor(code: C, detail: string, { shownCode = code, ...options }: CodedErrorOptions = {}) {
    super(`${detail} [${shownCode}]`, options)
    this.code = code
    this.shownCode = shownCode
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

/** Whether an error is one of this package's own, which says all that its reader needs: its stack trace is noise. */
export function isExplained(error: unknown): error is CodedError {
  return error instanceof CodedError
}

/** Words an error as a failure of check, with the property that it concerns: `psc: …`. Rethrows any other error. */
export function toFailure(error: unknown): string {
  if (!isExplained(error)) throw error
  if (error instanceof ProfileError) return `psc: ${error.message}`
  return error instanceof IssuerError ? `${error.property}: ${error.message}` : error.message
}

/** Every code of {@link PscError}, so that `switch (error.code)` is complete. */
export type PscErrorKind =
  | 'ERR_PSC_REFUSED' // a definite answer: repeating the request does not help
  | 'ERR_PSC_UNAVAILABLE' // no answer, or one that asks to come back later
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
 * What a PSC answered instead of what was asked for.
 *
 * The message reads `[PUT] "https://…": 412 CODE (msg). What to do. [CODE]` and holds no secret, no token and no
 * control character.
 */
export class PscError extends CodedError<PscErrorKind> {
  override readonly name = 'PscError'
  /** The PSC's own code (`URI_INVALIDA`, `invalid_client`), where its answer had one. */
  readonly pscCode: string | undefined
  readonly status: number | undefined
  /** Whether the PSC may have carried the request out, in this attempt or an earlier one. */
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

  /** The same answer in other words. */
  reworded(detail: string, code: PscErrorKind = this.code): PscError {
    const { pscCode, status, uncertain, cause } = this
    const isDocumented = this.shownCode === pscCode
    return new PscError(code, detail, { pscCode, isDocumented, status, uncertain, cause })
  }
}

/** Whether there was no answer at all: the same may be expected of the next request to the same server. */
export function isUnanswered(error: unknown): error is PscError {
  return error instanceof PscError && isUnavailable(error) && error.status === undefined
}

/** Whether trying again later, without changing anything, may help. */
export function isUnavailable(error: unknown): error is PscError {
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

/** A write or a registration that the PSC may have carried out, though no usable answer says so. */
export class LostAnswerError extends CodedError<'ERR_PSC_LOST_ANSWER'> {
  override readonly name = 'LostAnswerError'
  /** A sentence about what the answer named: what to look for at the PSC. */
  readonly clue: string | undefined

  constructor(cause: PscError, clue?: string) {
    super('ERR_PSC_LOST_ANSWER', cause.detail, { cause })
    this.clue = clue
  }
}

/**
 * The base of an error after which the engine stores the resource all the same, as not settled.
 *
 * Pulumi's dynamic provider host reads `id` and `reasons`.
 */
export abstract class UnsettledError<C extends Code = Code> extends CodedError<C> {
  readonly id: string
  /** The outputs that the engine stores. */
  readonly outputs: object
  /** What the engine shows: each ends in a code. */
  readonly reasons: readonly string[]

  constructor(
    code: C,
    { id, outputs, reasons }: Unsettled,
    options?: ConstructorParameters<typeof CodedError>[2],
  ) {
    super(code, reasons.join(' '), options)
    this.id = id
    this.outputs = outputs
    this.reasons = reasons.map((reason) => `${reason} [${this.shownCode}]`)
  }
}

interface Unsettled {
  readonly id: string
  readonly outputs: object
  readonly reasons: readonly string[]
}

/**
 * The PSC accepted a client and registered something else, or it is unknown whether it carried out the write. The next
 * `pulumi up` writes the client again.
 */
export class NotSettledError extends UnsettledError<'ERR_PSC_NOT_SETTLED'> {
  override readonly name = 'NotSettledError'

  constructor(unsettled: Unsettled) {
    super('ERR_PSC_NOT_SETTLED', unsettled)
  }
}

/** An attempt to register that did not succeed. No later run repeats it before the user asks for the next attempt. */
export class RegistrationFailedError extends UnsettledError<'ERR_PSC_REGISTRATION_FAILED'> {
  override readonly name = 'RegistrationFailedError'

  /** @param shownCode the PSC's own code for the refusal, where it has one. */
  constructor(unsettled: Unsettled, shownCode?: string) {
    super('ERR_PSC_REGISTRATION_FAILED', unsettled, shownCode === undefined ? {} : { shownCode })
  }
}

/** An attempt of an earlier run that must not be repeated as it is. */
export class RegistrationPendingError extends CodedError<'ERR_PSC_REGISTRATION_PENDING'> {
  override readonly name = 'RegistrationPendingError'

  constructor(message: string) {
    super('ERR_PSC_REGISTRATION_PENDING', message)
  }
}

/** A change of what was registered, which only a second registration could carry out. */
export class RegistrationChangedError extends CodedError<'ERR_PSC_REGISTRATION_CHANGED'> {
  override readonly name = 'RegistrationChangedError'

  constructor(message: string) {
    super('ERR_PSC_REGISTRATION_CHANGED', message)
  }
}

/** A manifest with errors. */
export class ManifestError extends CodedError<'ERR_PSC_MANIFEST'> {
  override readonly name = 'ManifestError'
  /** All problems, the warnings too, in the order of the text. */
  readonly problems: readonly ManifestProblem[]

  /** @param listed the errors as they are shown. */
  constructor(problems: readonly ManifestProblem[], listed: string) {
    const count = problems.filter(({ severity }) => severity === 'error').length
    const summary = count === 1 ? 'one problem' : `${count} problems`
    super('ERR_PSC_MANIFEST', `${listed}\n\nThe manifest has ${summary}.`)
    this.problems = problems
  }
}
