import { type CodedError, RegistrationFailedError, RegistrationPendingError } from '../errors.ts'
import { nameOfPsc } from '../psc/profiles/profile-args.ts'
import {
  describeRegistration,
  type FailedRegistration,
  type Failure,
  pickRegistered,
  type RegistrationInputs,
  type RegistrationOutputs,
} from './inputs.ts'

/** Makes the error of an attempt that did not succeed, with what the engine stores of it. */
export function registrationFailed(
  id: string,
  inputs: RegistrationInputs,
  failed: Failure,
  pscName: string,
  { detail, shownCode, code }: CodedError,
  clue?: string,
): RegistrationFailedError {
  const outputs: FailedRegistration = {
    ...pickRegistered(inputs),
    attempt: inputs.attempt,
    failed,
    ...(clue !== undefined && { clue }),
  }
  const cause = /[.!?]$/.test(detail) ? detail : `${detail}.`
  const reasons = [`${cause} ${howToGoOn(failed, outputs, pscName)}`]
  return new RegistrationFailedError(
    { id, outputs, reasons },
    shownCode === code ? undefined : shownCode,
  )
}

/** What messages name of an attempt. */
interface Attempted {
  /** Undefined, or `unknownValue`, where it is not known. */
  readonly name?: unknown
  readonly attempt: number
  readonly clue?: string
}

/**
 * Makes the error of an attempt of an earlier run.
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
      ? `Nothing was sent: attempt ${attempt} was made by an earlier run. If this is a replacement (--replace, or a taint), it is not made, because it would register a second client: apply without it. If not, that run was interrupted.`
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

/** Words the warning for a registration that leaves its stack while its outcome is unknown. */
export function describeUnknownOutcome(
  registration: Pick<RegistrationOutputs, 'psc' | 'name'>,
): string {
  return `it is unknown whether the registration of ${describeRegistration(registration)} at ${nameOfPsc(registration.psc)} took place, and it leaves this stack: declared again, it is sent again. Look for an application of that name in the PSC's panel first, or ask its support`
}

/**
 * Words why a stack with a registration must not run in this environment; undefined when it may. With
 * `PULUMI_SKIP_CHECKPOINTS` the engine writes its state once, at the end: a crash before that would lose a secret that the
 * PSC shows only once.
 */
export function checkpointProblem(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const value = environment.PULUMI_SKIP_CHECKPOINTS ?? ''
  if (/^(|0|f|false)$/i.test(value)) return undefined
  return 'PULUMI_SKIP_CHECKPOINTS is set, and this stack has a PscRegistration: its secret is shown once by the PSC and would be lost with a crash before the end. Unset the variable for this stack. [ERR_PSC_CHECKPOINTS]'
}
