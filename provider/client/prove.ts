import type { Context } from '../engine/context.ts'
import { SecretUnavailableError } from '../errors.ts'
import { isRequired, prove } from '../proof/prove.ts'
import { issuerOf } from '../psc/issuers.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { bothRefused, isWrongSecret } from '../psc/refusals.ts'
import { type ClientInputs, describeClient } from './inputs.ts'

/** A client as far as its proof is concerned. */
export type ProvableClient = Pick<
  ClientInputs,
  'clientId' | 'clientSecret' | 'previousClientSecret' | 'preflight' | 'name'
>

/**
 * Proves a client as {@link prove} does. Where its secret is refused and the previous one accepted, that is no error:
 * the next apply sets the secret.
 *
 * @returns whether the secret is to be set; undefined where that was not found out.
 * @throws {PscError} a definite refusal, with a previous secret: of both; else as {@link prove} does.
 * @throws {SecretUnavailableError} under `required`, of either secret.
 * @throws {ConfigurationError}
 */
export async function proveClient(
  context: Context,
  client: ProvableClient,
  profile: PscProfile,
): Promise<boolean | undefined> {
  const issuer = issuerOf(profile)
  try {
    return (await prove(context, client, issuer)) ? false : undefined
  } catch (refusal) {
    const previous = client.previousClientSecret
    if (previous == null || !isWrongSecret(refusal)) throw refusal
    const what = `the secret of ${describeClient(client)} at ${profile.name}`
    try {
      const clientSecret = context.secret(previous)
      const isProven = await prove(context, { ...client, clientSecret }, issuer)
      context.warn(
        isProven
          ? `${what} will be rotated: clientSecret is not in force yet, previousClientSecret still is`
          : `${what} may be rotated: clientSecret is not in force`,
      )
      return true
    } catch (error) {
      if (isWrongSecret(error)) throw bothRefused(refusal)
      if (!(error instanceof SecretUnavailableError) || isRequired(context, client)) throw error
      context.warn(
        `${what} may be rotated: clientSecret is not in force, and for previousClientSecret ${error.detail}`,
      )
      return true
    }
  }
}

/** Says what a preview of a new or changed client leaves open: values that nobody confirmed, a proof that was not made. */
export function announceLimits(
  context: Context,
  { previousClientSecret, preflight, ...client }: ProvableClient,
  profile: PscProfile,
): void {
  const rotates = previousClientSecret != null
  context.warnUnconfirmed(profile, [
    'baseUrl',
    'maintenance',
    'echoes',
    ...(rotates ? (['rotates'] as const) : []),
    'tokenRequest',
    'tokenHasSideEffects',
    'ownUriSchemes',
  ])
  const mode = preflight ?? context.configuration.preflight
  if (!rotates || mode === 'required') return
  const why =
    mode === 'off'
      ? 'preflight is off'
      : profile.tokenHasSideEffects
        ? `obtaining a token has a side effect at ${profile.name} (preflight: required proves it now all the same)`
        : undefined
  if (why === undefined) return
  context.warn(
    `whether the secret of ${describeClient(client)} has to be rotated shows at apply: ${why}`,
  )
}
