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
