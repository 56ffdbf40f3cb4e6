import type { Preflight } from '../engine/configuration.ts'
import type { Context } from '../engine/context.ts'
import { describeSecret, type SecretReference } from '../engine/secret.ts'
import { hasUnknown } from '../engine/unknown.ts'
import { isExplained, isUnanswered, isUnavailable, SecretUnavailableError } from '../errors.ts'
import type { TokenIssuer } from '../psc/issuers.ts'
import { unknownValue } from '../rules/problem.ts'

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
 * @throws {PscError} a definite refusal: wrong secret, unknown client; an answer that no document describes; and under
 * `required`, an issuer that cannot be reached.
 * @throws {SecretUnavailableError} under `required`.
 * @throws {ConfigurationError}
 */
export async function prove(
  context: Context,
  client: Provable,
  issuer: TokenIssuer,
): Promise<boolean> {
  if (!isProven(context, client, issuer)) {
    if (modeOf(context, client) === 'auto') warnLeftAlone(context, issuer)
    return false
  }
  if (isRequired(context, client)) {
    const clientSecret = context.secret(client.clientSecret)
    await context.tokens.obtain(
      issuer,
      { clientId: client.clientId, clientSecret },
      context.transport(issuer, client.clientId),
    )
    return true
  }
  try {
    const clientSecret = context.secret(client.clientSecret)
    await proveIfReachable({ clientId: client.clientId, clientSecret }, issuer, context)
    return true
  } catch (error) {
    if (error instanceof SecretUnavailableError) {
      warnNotProven(context, client, issuer, error)
      return false
    }
    if (isUnavailable(error)) {
      const whom =
        error === context.unreachable.get(issuer.tokenUrl)
          ? 'its clients, of which no more are asked now'
          : client.clientId
      context.warn(`${issuer.name} could not prove ${whom}: ${error.detail}`)
      return false
    }
    throw error
  }
}

type Choosing = Pick<Provable, 'preflight'>

function modeOf({ configuration }: Context, { preflight }: Choosing): Preflight {
  return preflight ?? configuration.preflight
}

/** Whether what cannot be proven is an error. */
export function isRequired(context: Context, client: Choosing): boolean {
  return modeOf(context, client) === 'required'
}

function isProven(context: Context, client: Choosing, { tokenHasSideEffects }: TokenIssuer) {
  const mode = modeOf(context, client)
  return tokenHasSideEffects ? mode === 'required' : mode !== 'off'
}

/**
 * Takes note of what a program says of its run, and takes it out of what is declared: it is kept nowhere.
 *
 * @returns the inputs without it.
 */
export function noteRun(
  context: Context,
  { dryRun, ...inputs }: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (typeof dryRun === 'boolean' || dryRun === 'proven') context.run.dryRun = dryRun
  return inputs
}

/**
 * Whether something else proves what is new or changed. The engine checks and compares one resource after the other: a
 * thousand clients would wait for a thousand answers in a row. In a preview the program proves what is new, many at
 * once, where it can, and in an apply each write obtains the same token. What is `required` is proven before it is
 * applied all the same.
 *
 * @param isNew whether the verb knows it to be new. What only the engine replaces (`replaceOnChanges`) is proven twice.
 */
export function isProvenElsewhere(context: Context, client: Choosing, isNew: boolean): boolean {
  const { dryRun } = context.run
  if (dryRun === 'proven') return isNew
  return dryRun === false && !isRequired(context, client)
}

/** Why a `preflight` cannot be used, as a failed check says it. */
export function problemsOfPreflight(preflight: unknown): string[] {
  const known = [undefined, unknownValue, 'auto', 'required', 'off']
  if (known.includes(preflight as string)) return []
  return ['preflight: `preflight` must be one of auto, required, off. [ERR_PSC_CHOICE]']
}

/**
 * Looks for the secret of what the program proves: the process that applies it may have another environment, as where a
 * program has read a file of variables.
 *
 * @throws {SecretUnavailableError} under `required`; else it is a warning.
 */
function lookForSecret(context: Context, client: Provable, issuer: TokenIssuer): void {
  if (context.run.dryRun !== 'proven' || !isProven(context, client, issuer)) return
  try {
    context.secret(client.clientSecret)
  } catch (error) {
    if (!(error instanceof SecretUnavailableError) || isRequired(context, client)) throw error
    warnNotProven(context, client, issuer, error)
  }
}

/**
 * Proves what is not in the state yet, as far as it is known: the engine calls no diff for it.
 *
 * @param proof throws why it is refused.
 * @returns why it was refused; empty for what is good and for what is not known yet.
 */
export async function proveNew(
  context: Context,
  { clientId, clientSecret, preflight }: Readonly<Record<string, unknown>>,
  issuer: TokenIssuer,
  proof: (client: Provable) => Promise<unknown>,
): Promise<string[]> {
  if (hasUnknown([clientId, clientSecret, preflight])) return []
  const client = { clientId, clientSecret, preflight } as Provable
  try {
    if (isProvenElsewhere(context, client, true)) lookForSecret(context, client, issuer)
    else await proof(client)
    return []
  } catch (error) {
    if (!isExplained(error)) throw error
    return [error.message]
  }
}

/** Once for each issuer. */
function warnLeftAlone(context: Context, { name }: TokenIssuer): void {
  context.warn(
    `obtaining a token has a side effect at ${name}, so its clients are not proven (preflight: required proves them all the same)`,
  )
}

/** Under `auto`. The provider looks for the same secret, and says it for both. */
function warnNotProven(
  context: Context,
  { clientSecret }: Provable,
  { name }: TokenIssuer,
  { detail }: SecretUnavailableError,
): void {
  if (context.isProgram) return
  context.warn(`${describeSecret(clientSecret)} at ${name} was not proven: ${detail}`)
}

/** After so many clients in a row that a PSC puts off, it is not one client's own trouble. */
const severalInARow = 3

/** Clients at a PSC that did not answer once, or puts off everybody, are not made to wait for it again. */
async function proveIfReachable(
  credentials: { clientId: string; clientSecret: string },
  issuer: TokenIssuer,
  context: Context,
): Promise<void> {
  const { unreachable, putOff } = context
  const at = issuer.tokenUrl
  const stopIfUnreachable = () => {
    const known = unreachable.get(at)
    if (known) throw known
  }
  stopIfUnreachable()
  const seconds = Math.min(optionalProofSeconds, context.configuration.timeoutSeconds)
  try {
    const transport = context.transport(issuer, credentials.clientId, {
      seconds,
      // A proof may have waited for its connection while another one learnt that the PSC does not answer.
      beforeAttempt: stopIfUnreachable,
    })
    await context.tokens.obtain(issuer, credentials, transport)
    putOff.delete(at)
  } catch (error) {
    const inARow = isUnavailable(error) ? (putOff.get(at) ?? 0) + 1 : 0
    putOff.set(at, inARow)
    // Of many at once, the first to fail speaks for all.
    const first = unreachable.get(at)
    if (inARow > 0 && first) throw first
    if (isUnanswered(error) || inARow === severalInARow) unreachable.set(at, error as Error)
    throw error
  }
}
