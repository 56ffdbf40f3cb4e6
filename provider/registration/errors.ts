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
  error: CodedError,
  clue?: string,
): RegistrationFailedError {
  const outputs: FailedRegistration = {
    ...pickRegistered(inputs),
    attempt: inputs.attempt,
    failed,
    ...(failed === 'refused' && { run: inputs.run }),
    ...(clue !== undefined && { clue }),
  }
  const reasons = [`${error.detail} ${howToGoOn(failed, outputs, pscName)}`]
  return new RegistrationFailedError(
    { id, outputs, reasons, cause: error },
    error.shownCode === error.code ? undefined : error.shownCode,
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
      ? `The request was not sent: an earlier run announced attempt ${attempt} and was interrupted, or you replace the resource (--replace, or a taint). A replacement would register a second client: apply without it.`
      : failed === 'lost'
        ? `The PSC gave no usable answer to attempt ${attempt}.`
        : `Attempt ${attempt} registered nothing.`
  return new RegistrationPendingError(`${what} ${howToGoOn(failed ?? 'lost', attempted, pscName)}`)
}

function howToGoOn(failed: Failure, registration: Attempted, pscName: string): string {
  const next = `set attempt: ${registration.attempt + 1} on this PscRegistration and apply again`
  if (failed === 'refused') {
    return `Nothing was registered. Correct the declaration and apply again. To send the same declaration again, ${next}.`
  }
  return [
    `It is unknown whether ${pscName} registered ${describeRegistration(registration)}. The request is not retried: it could register a second client.`,
    ...(registration.clue === undefined ? [] : [registration.clue]),
    "Look for an application of that name in the PSC's panel, or ask its support.",
    `If there is none, ${next}.`,
    'If there is one, ask the support for its client id and a new secret, declare a PscClient with them, and remove this PscRegistration from the program.',
  ].join(' ')
}

/** Words the warning for a registration that leaves its stack while its outcome is unknown. */
export function describeUnknownOutcome(
  registration: Pick<RegistrationOutputs, 'psc' | 'name'>,
): string {
  return `the registration of ${describeRegistration(registration)} at ${nameOfPsc(registration.psc)} leaves this stack, and it is unknown whether it took place. Before you declare it again, look for an application of that name in the PSC's panel, or ask its support.`
}

/**
 * Words the reason why a stack with a registration must not run in this environment; undefined without one. With
 * `PULUMI_SKIP_CHECKPOINTS` the engine writes its state once, at the end: a crash before that would lose a secret that the
 * PSC shows only once.
 */
export function checkpointProblem(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const value = environment.PULUMI_SKIP_CHECKPOINTS ?? ''
  if (/^(|0|f|false)$/i.test(value)) return undefined
  return 'PULUMI_SKIP_CHECKPOINTS is set, and this stack has a PscRegistration. The PSC shows its secret once, and a crash would lose it. Unset the variable for this stack. [ERR_PSC_CHECKPOINTS]'
}
