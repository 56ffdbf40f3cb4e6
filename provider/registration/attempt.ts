import type { Context } from '../engine/context.ts'
import { type Declared, isKnown } from '../engine/unknown.ts'
import { type CodedError, isExplained, LostAnswerError, toFailure } from '../errors.ts'
import type { PscReference } from '../psc/profiles/profile-args.ts'
import { connect } from '../psc/psc.ts'
import { registrationFailed, registrationPending } from './errors.ts'
import {
  type Failure,
  pickRegistered,
  type RegistrationInputs,
  type RegistrationOutputs,
  thisRun,
  toApplication,
} from './inputs.ts'
import { readKey } from './validate.ts'

/** Finds an attempt without a stored outcome: the run that announced it was interrupted. */
export function findInterrupted(
  context: Context,
  { psc, name, attempt, run }: Declared<RegistrationInputs>,
): string[] {
  if (
    run === thisRun ||
    !isKnown<PscReference>(psc) ||
    !isKnown<number>(attempt) ||
    !isKnown<string>(run)
  )
    return []
  try {
    return [registrationPending(undefined, { name, attempt }, context.profile(psc).name).message]
  } catch (error) {
    return [toFailure(error)]
  }
}

/**
 * Sends the request, if this very run has announced it.
 *
 * @throws {RegistrationFailedError} the engine stores the resource as not settled.
 * @throws {RegistrationPendingError} for an attempt that an earlier run announced.
 */
export async function attempt(
  context: Context,
  id: string,
  inputs: RegistrationInputs,
): Promise<RegistrationOutputs> {
  const profile = context.profile(inputs.psc)
  if (inputs.run !== thisRun) throw registrationPending(undefined, inputs, profile.name)
  const fail = (failed: Failure, error: CodedError, clue?: string) =>
    registrationFailed(id, inputs, failed, profile.name, error, clue)
  try {
    const { tokens } = context
    const connection = connect(profile, { tokens, transport: context.transport(profile) })
    const isSigned = profile.registration === 'application_cert'
    const signer = isSigned ? readKey(context, inputs) : undefined
    const credentials = await connection.register(toApplication(inputs), signer)
    return { ...pickRegistered(inputs), ...credentials }
  } catch (error) {
    if (error instanceof LostAnswerError) throw fail('lost', error, error.clue)
    if (isExplained(error)) throw fail('refused', error)
    throw error
  }
}

type Attempted = Pick<RegistrationOutputs, 'psc' | 'name'>

/** The registrations that have left a stack in this process, each with its warning. */
const left = new Set<string>()

function keyOf({ psc, name }: Attempted): string {
  return JSON.stringify([psc, name])
}

/** Notes that a registration leaves its stack, which warns of its outcome. */
export function noteLeft(registered: Attempted): void {
  left.add(keyOf(registered))
}

/** Tells whether a registration has left its stack before its attempt. */
export function hasLeft(registered: Attempted): boolean {
  return left.has(keyOf(registered))
}
