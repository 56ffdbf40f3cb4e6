import { type CodedError, RegistrationFailedError, RegistrationPendingError } from '../errors.ts'
import { describeRegistration, type FailedRegistration, type RegistrationInputs } from './inputs.ts'

/** What messages say of an attempt. */
type Attempted = Pick<FailedRegistration, 'name' | 'attempt' | 'clue'>

/** What became of an attempt that did not register, or of which that is not known. */
export type Failure = 'refused' | 'lost'

/** The error of an attempt that did not succeed, with what the engine stores of it. */
export function registrationFailed(
  id: string,
  inputs: RegistrationInputs & { readonly __provider?: unknown },
  failed: Failure,
  pscName: string,
  { detail, shownCode, code }: CodedError,
  clue?: string,
): RegistrationFailedError {
  const found = clue === undefined ? {} : { clue }
  const said = /[.!?]$/.test(detail) ? detail : `${detail}.`
  const { psc, name, comments, email, redirectUris, attempt, __provider } = inputs
  return new RegistrationFailedError(
    id,
    { psc, name, comments, email, redirectUris, attempt, failed, ...found, __provider },
    `${said} ${howToGoOn(failed, { ...inputs, ...found }, pscName)}`,
    shownCode === code ? undefined : shownCode,
  )
}

/**
 * The error of an attempt of an earlier run.
 *
 * @param failed undefined for a run that was interrupted before it could store the outcome.
 */
export function registrationPending(
  failed: Failure | undefined,
  attempted: Attempted,
  pscName: string,
): RegistrationPendingError {
  const { attempt } = attempted
  const what =
    failed === undefined
      ? `Nothing was sent: attempt ${attempt} was made by an earlier run. If this is a replacement (--replace, or a taint), it is not made, because it would register a second client: apply without it. If not, that run was cut short.`
      : failed === 'lost'
        ? `The PSC gave no usable answer to attempt ${attempt}.`
        : `Attempt ${attempt} registered nothing.`
  return new RegistrationPendingError(`${what} ${howToGoOn(failed ?? 'lost', attempted, pscName)}`)
}

function howToGoOn(failed: Failure, registration: Attempted, pscName: string): string {
  const next = `set attempt: ${registration.attempt + 1} on this PscRegistration and apply again`
  if (failed === 'refused') return `Nothing was registered. Put it right, ${next}.`
  return [
    `Whether ${describeRegistration(registration)} was registered at ${pscName} is not known, and it is not sent again: a second request could register it twice.`,
    ...(registration.clue === undefined ? [] : [registration.clue]),
    "Look for an application of that name in the PSC's panel, or ask its support.",
    `If it is not there: ${next}.`,
    'If it is there: have its support give you the client id and a new secret, declare a PscClient with them, and take this PscRegistration out of the program.',
  ].join(' ')
}
