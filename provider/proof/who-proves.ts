import type { Context } from '../engine/context.ts'
import type { TokenIssuer } from '../psc/issuers.ts'
import { type Preflight, preflights } from '../rules/client-fields.ts'
import type { SecretReference } from '../rules/client-secret.ts'
import { type Problem, validateChoice } from '../rules/problem.ts'

/** Holds the values of a client or a credential that a proof needs. */
export interface Provable {
  readonly clientId: string
  readonly clientSecret: string | SecretReference
  readonly preflight?: Preflight | undefined
}

type Choosing = Pick<Provable, 'preflight'>

/** Returns when to prove a client: its own `preflight`, else that of the stack. */
export function modeOf({ configuration }: Context, { preflight }: Choosing): Preflight {
  return preflight ?? configuration.preflight
}

/** Tells whether it is an error when a client cannot be proven. */
export function isRequired(context: Context, client: Choosing): boolean {
  return modeOf(context, client) === 'required'
}

/** Tells whether a client is proven at all. Where a token has side effects, only if the user requires it. */
export function isProven(
  context: Context,
  client: Choosing,
  { tokenHasSideEffects }: TokenIssuer,
): boolean {
  const mode = modeOf(context, client)
  return tokenHasSideEffects ? mode === 'required' : mode !== 'off'
}

/**
 * Decides who proves a client that is new or changes:
 *
 * - `program`: in a preview, the user's program proves the new clients concurrently. The engine checks and compares one
 *   resource after the other, so a thousand clients would wait for a thousand answers in a row.
 * - `write`: in an apply, each write obtains the same token. Under `required` the provider proves before it applies. Where
 *   the engine previews each write too, the preview of the write proves.
 * - `provider`: check or diff, if the program left no note about its run, or cannot prove.
 *
 * @param isNew whether the verb knows that the client is new. What only the engine replaces (`replaceOnChanges`) is proven
 * twice.
 */
export function whoProves(
  context: Context,
  client: Choosing,
  isNew: boolean,
): 'program' | 'write' | 'provider' {
  const { dryRun } = context.run
  if (dryRun === 'later') return 'write'
  if (dryRun === 'proven') return isNew ? 'program' : 'provider'
  return dryRun === false && !isRequired(context, client) ? 'write' : 'provider'
}

/** Finds the problem of a `preflight`. Skips an unknown one. */
export function validatePreflight(preflight: unknown): Problem[] {
  return validateChoice(['preflight'], preflight, preflights)
}
