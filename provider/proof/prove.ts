import type { Context } from '../engine/context.ts'
import { gateOf } from '../engine/gate.ts'
import { describeSecret } from '../engine/secret.ts'
import { isUnavailable, PscError, SecretUnavailableError, toFailure } from '../errors.ts'
import type { TokenIssuer } from '../psc/issuers.ts'
import type { ClientCredentials } from '../psc/requests/client-token.ts'
import { say } from '../say.ts'
import { isProven, isRequired, modeOf, type Provable, whoProves } from './who-proves.ts'

/**
 * The time of a preview's proof that is not required, in seconds. The apply has the whole of `psc:timeoutSeconds`.
 */
const optionalProofSeconds = 10

/**
 * Proves that a client and its secret work, by a token that the same process uses again.
 *
 * An unreachable PSC and an unavailable secret are warnings under `auto` and errors under `required`. `off` proves nothing.
 * If a token has side effects, only `required` obtains one.
 *
 * @returns whether the client was proven.
 * @throws {PscError} a definite refusal: wrong secret, unknown client; an undocumented answer; under `required`, an
 * unreachable issuer.
 * @throws {SecretUnavailableError} under `required`.
 * @throws {ConfigurationError}
 */
export async function prove(
  context: Context,
  client: Provable,
  issuer: TokenIssuer,
): Promise<boolean> {
  try {
    return await proveUnlessLeftAlone(context, client, issuer)
  } catch (error) {
    // The program counts those that fail alike. The provider shows each under its resource.
    throw context.isProgram ? error : gateOf(context.run, issuer.tokenUrl).showOnce(error)
  }
}

async function proveUnlessLeftAlone(
  context: Context,
  client: Provable,
  issuer: TokenIssuer,
): Promise<boolean> {
  if (!isProven(context, client, issuer)) {
    const isOff = modeOf(context, client) === 'off'
    const sideEffects = `a token has side effects at ${issuer.name}`
    context.run.unverified.add(isOff ? 'preflight is off' : sideEffects)
    if (modeOf(context, client) === 'auto') warnLeftAlone(context, issuer)
    return false
  }
  if (isRequired(context, client)) {
    const clientSecret = context.secret(client.clientSecret)
    await obtainWithinGate(context, issuer, {
      clientId: client.clientId,
      clientSecret,
      reference: client.clientSecret,
    })
    return true
  }
  try {
    const clientSecret = context.secret(client.clientSecret)
    await proveIfReachable(
      { clientId: client.clientId, clientSecret, reference: client.clientSecret },
      issuer,
      context,
    )
    return true
  } catch (error) {
    if (error instanceof SecretUnavailableError) {
      context.run.unverified.add('no secret here')
      warnNotProven(context, client, issuer, error)
      return false
    }
    if (isUnavailable(error)) {
      const { name, tokenUrl } = issuer
      context.run.unverified.add(`${name} is unavailable`)
      context.warn(
        'WARN_PSC_UNAVAILABLE',
        error === gateOf(context.run, tokenUrl).down
          ? say`${name} is unavailable. Skipping the check of its remaining clients: ${error.detail}`
          : say`${name} is unavailable. Skipping the check of ${client.clientId}: ${error.detail}`,
      )
      return false
    }
    throw error
  }
}

/**
 * Checks in the provider that the secret of a client is available, if the program proves the client. The two may have
 * different environments, such as after a program that reads a file of variables.
 *
 * @throws {SecretUnavailableError} under `required`. Otherwise warns.
 */
function lookForSecret(context: Context, client: Provable, issuer: TokenIssuer): void {
  if (!isProven(context, client, issuer)) return
  try {
    context.secret(client.clientSecret)
  } catch (error) {
    if (!(error instanceof SecretUnavailableError) || isRequired(context, client)) throw error
    warnNotProven(context, client, issuer, error)
  }
}

/**
 * Proves a new client in its check: the engine calls no diff for it.
 *
 * @param proof throws the refusal.
 * @returns the refusal; empty without one.
 */
export async function proveNew(
  context: Context,
  client: Provable,
  issuer: TokenIssuer,
  proof: () => Promise<unknown>,
): Promise<string[]> {
  try {
    const prover = whoProves(context, client, true)
    if (prover === 'provider') await proof()
    if (prover === 'program') lookForSecret(context, client, issuer)
    return []
  } catch (error) {
    return [toFailure(error)]
  }
}

/**
 * Finds out in a refresh whether a PSC still knows a client. Warns if it does not.
 *
 * @param what names the client in the warning.
 * @throws what the proof throws for another reason.
 */
export async function existsAtPsc(
  context: Context,
  what: string,
  { name }: { readonly name: string },
  proof: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await proof()
    return true
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    const message = `${name} does not know ${what} any more. The refresh removes it from the state.`
    context.warn('WARN_PSC_UNKNOWN_CLIENT', message)
    return false
  }
}

function warnLeftAlone(context: Context, { name }: TokenIssuer): void {
  context.warn(
    'WARN_PSC_TOKEN_SIDE_EFFECTS',
    say`obtaining a token has a side effect at ${name}, so the preview does not check its clients. Set preflight: required to check them nevertheless.`,
  )
}

/** Handles a missing secret under `auto`. The provider looks for the same secret, and warns for both. */
function warnNotProven(
  context: Context,
  { clientSecret }: Provable,
  { name }: TokenIssuer,
  { detail }: SecretUnavailableError,
): void {
  if (context.isProgram) return
  const secret = describeSecret(clientSecret)
  context.warn('WARN_PSC_SECRET_UNAVAILABLE', `${secret} at ${name} was not verified: ${detail}`)
}

/** Obtains a token. Before an apply, a server that fails every request gets three attempts in all. */
async function obtainWithinGate(
  context: Context,
  issuer: TokenIssuer,
  credentials: ClientCredentials,
  options: Parameters<Context['token']>[2] = {},
): Promise<void> {
  const { isProgram, run } = context
  if (!isProgram && run.dryRun === false) {
    await context.token(issuer, credentials, options)
    return
  }
  const gate = gateOf(run, issuer.tokenUrl)
  try {
    await context.token(issuer, credentials, { ...options, gate })
  } catch (error) {
    throw await gate.explain(error)
  }
}

/** Skips the clients of a PSC that did not answer, or that asked several clients to retry later. */
async function proveIfReachable(
  credentials: ClientCredentials,
  issuer: TokenIssuer,
  context: Context,
): Promise<void> {
  const gate = gateOf(context.run, issuer.tokenUrl)
  // While this proof waits for its connection, another one may find the PSC unavailable.
  const beforeAttempt = () => {
    gate.refuseIfDown()
  }
  beforeAttempt()
  const seconds = Math.min(optionalProofSeconds, context.configuration.timeoutSeconds)
  try {
    await obtainWithinGate(context, issuer, credentials, { seconds, beforeAttempt })
    gate.note(undefined)
  } catch (error) {
    throw gate.note(error)
  }
}
