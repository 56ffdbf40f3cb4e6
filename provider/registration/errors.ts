import { describeRegistration, type FailedRegistration, type RegistrationInputs } from './inputs.ts'

/** What messages say of an attempt. */
type Attempted = Pick<FailedRegistration, 'name' | 'attempt' | 'clue'>

/** What became of an attempt that did not register, or of which that is not known. */
export type Failure = 'refused' | 'lost'

/**
 * An attempt that did not succeed. The engine keeps the resource as not settled, so that no later run sends the
 * request again before somebody has said so.
 *
 * `id`, `properties` and `reasons` are what Pulumi's dynamic provider host looks for; `__provider` is what it looks
 * for in turn in what is kept.
 */
export class RegistrationFailedError extends Error {
  override readonly name = 'RegistrationFailedError'
  readonly code = 'ERR_PSC_REGISTRATION_FAILED'
  readonly id: string
  readonly properties: FailedRegistration
  readonly reasons: readonly string[]

  constructor(
    inputs: RegistrationInputs & { readonly __provider?: unknown },
    id: string,
    failed: Failure,
    pscName: string,
    message: string,
    clue?: string,
  ) {
    const found = clue === undefined ? {} : { clue }
    const said = /[.!?]$/.test(message) ? message : `${message}.`
    const reason = `${said} ${howToGoOn(failed, { ...inputs, ...found }, pscName)}`
    super(reason)
    const { psc, name, comments, email, redirectUris, attempt, __provider } = inputs
    this.id = id
    const kept = { psc, name, comments, email, redirectUris, attempt, failed, ...found }
    this.properties = { ...kept, __provider }
    this.reasons = [reason]
  }
}

/** An attempt of an earlier run that is not to be repeated as it is. */
export class RegistrationPendingError extends Error {
  override readonly name = 'RegistrationPendingError'
  readonly code = 'ERR_PSC_REGISTRATION_PENDING'

  /** @param failed undefined for a run that was cut short before it could say. */
  constructor(failed: Failure | undefined, kept: Attempted, pscName: string) {
    const what =
      failed === undefined
        ? `Nothing was sent: attempt ${kept.attempt} was made by an earlier run. If this is a replacement (--replace, or a taint), it is not made, because it would register a second client: apply without it. If not, that run was cut short.`
        : failed === 'lost'
          ? `The PSC gave no usable answer to attempt ${kept.attempt}.`
          : `Attempt ${kept.attempt} registered nothing.`
    super(`${what} ${howToGoOn(failed ?? 'lost', kept, pscName)}`)
  }
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
