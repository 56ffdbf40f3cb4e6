import { isUnavailable } from '../psc/errors.ts'
import type { PscProfile } from '../psc/profile.ts'
import type { Preflight } from './configuration.ts'
import type { Context } from './context.ts'
import { describeSecret, type SecretReference, SecretUnavailableError } from './secret.ts'

/** What a proof needs to know of a client. */
export interface Provable {
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  readonly preflight?: Preflight
}

/**
 * A preview waits no longer than this for a PSC that does not answer, in seconds, unless the proof is
 * required: the apply that follows has the whole of `psc:timeoutSeconds`.
 */
const optionalProofSeconds = 10

/**
 * Proves that a client and its secret are alive, by obtaining a token that the same process uses again.
 *
 * Under `auto`, a PSC that cannot be reached and a secret that is not available here are warnings; under
 * `required` they are errors; `off` proves nothing. A PSC on which a token has side effects is left alone
 * unless the proof is required.
 *
 * @returns whether it was proven.
 * @throws {PscError} a definite refusal: wrong secret, unknown client.
 */
export async function prove(
  context: Context,
  client: Provable,
  profile: PscProfile,
): Promise<boolean> {
  const mode = client.preflight ?? context.configuration.preflight
  if (mode === 'off' || (profile.tokenHasSideEffects && mode !== 'required')) return false
  if (mode === 'required') {
    const clientSecret = context.secret(client.clientSecret)
    await context.tokens.obtain(
      profile,
      { clientId: client.clientId, clientSecret },
      context.transport(profile),
    )
    return true
  }
  try {
    const clientSecret = context.secret(client.clientSecret)
    await proveIfReachable({ clientId: client.clientId, clientSecret }, profile, context)
    return true
  } catch (error) {
    if (error instanceof SecretUnavailableError) {
      const what = `${describeSecret(client.clientSecret)} at ${profile.name}`
      context.warn(`${what} was not proven: ${error.message}`)
      return false
    }
    if (error instanceof Error && isUnavailable(error)) {
      context.warn(`${profile.name} could not prove its clients: ${error.message}`)
      return false
    }
    throw error
  }
}

/** Clients at a PSC that did not answer once are not made to wait for it again. */
async function proveIfReachable(
  credentials: { clientId: string; clientSecret: string },
  profile: PscProfile,
  context: Context,
): Promise<void> {
  const known = context.unreachable.get(profile.baseUrl)
  if (known) throw known
  const seconds = Math.min(optionalProofSeconds, context.configuration.timeoutSeconds)
  try {
    await context.tokens.obtain(profile, credentials, context.transport(profile, seconds))
  } catch (error) {
    if (error instanceof Error && isUnavailable(error))
      context.unreachable.set(profile.baseUrl, error)
    throw error
  }
}
