import type { LostAnswerError } from '../../psc/register.ts'
import {
  describeRegistration,
  type LostRegistration,
  type RegistrationInputs,
} from './declaration.ts'

/**
 * A registration whose answer was lost. The engine keeps the resource as not settled, so that no later run repeats
 * the request: whoever goes on has looked first.
 *
 * `id`, `properties` and `reasons` are what Pulumi's dynamic provider host looks for.
 */
export class RegistrationLostError extends Error {
  override readonly name = 'RegistrationLostError'
  readonly code = 'ERR_PSC_REGISTRATION_LOST'
  readonly id: string
  readonly properties: LostRegistration
  readonly reasons: readonly string[]

  constructor(inputs: RegistrationInputs, pscName: string, { message }: LostAnswerError) {
    const reason = `${message} ${howToGoOn(inputs, pscName)}`
    super(reason)
    const { psc, name, comments, email, redirectUris } = inputs
    this.id = `lost:${name}`
    this.properties = { psc, name, comments, email, redirectUris, lost: true }
    this.reasons = [reason]
  }
}

/** A registration that an earlier run left in doubt, and that is still to be looked for. */
export class RegistrationInDoubtError extends Error {
  override readonly name = 'RegistrationInDoubtError'
  readonly code = 'ERR_PSC_REGISTRATION_IN_DOUBT'

  constructor(kept: { readonly name?: unknown }, pscName: string) {
    super(`an earlier run got no answer to its registration. ${howToGoOn(kept, pscName)}`)
  }
}

/** Whether the engine keeps a registration whose answer was lost. */
export function isLost(kept: Readonly<Record<string, unknown>>): boolean {
  return kept.lost === true
}

function howToGoOn(registration: { readonly name?: unknown }, pscName: string): string {
  return [
    `Whether ${describeRegistration(registration)} was registered at ${pscName} is not known, and it is not sent again: a second request could register it twice.`,
    `Look for an application of that name in the PSC's panel, or ask its support.`,
    'If it is not there: take this resource out of the state (pulumi state delete <its URN>) and apply again.',
    'If it is there: have its support give you the client id and a new secret, declare a PscClient with them, and take this PscRegistration out of the program.',
  ].join(' ')
}
