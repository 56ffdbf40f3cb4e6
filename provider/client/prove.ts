import type { Context } from '../engine/context.ts'
import { SecretUnavailableError } from '../errors.ts'
import { prove } from '../proof/prove.ts'
import { isRequired, modeOf } from '../proof/who-proves.ts'
import { issuerOf } from '../psc/issuers.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { bothRefused, isWrongSecret } from '../psc/refusals.ts'
import { describeClient, type ProvableClient } from './inputs.ts'

/**
 * Proves a client as {@link prove} does. A refused secret is not an error if the PSC accepts the previous one: the next
 * apply sets the secret.
 *
 * @returns whether applying sets the secret; undefined if the client was not checked.
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
        'WARN_PSC_ROTATION',
        isProven
          ? `${what} will be rotated: the PSC refuses clientSecret and accepts previousClientSecret.`
          : `${what} may be rotated: the PSC refuses clientSecret.`,
      )
      return true
    } catch (error) {
      if (isWrongSecret(error)) throw bothRefused(refusal)
      if (!(error instanceof SecretUnavailableError) || isRequired(context, client)) throw error
      context.warn(
        'WARN_PSC_ROTATION',
        `${what} may be rotated: the PSC refuses clientSecret, and previousClientSecret was not tried: ${error.detail}`,
      )
      return true
    }
  }
}

/** Warns of the limits of a preview: values that no PSC confirmed, and a rotation that it cannot foresee. */
export function warnOfLimits(context: Context, client: ProvableClient, profile: PscProfile): void {
  const rotates = client.previousClientSecret != null
  context.warnUnconfirmed(profile, [
    'baseUrl',
    'maintenance',
    'echoes',
    ...(rotates ? (['rotates'] as const) : []),
    'tokenRequest',
    'tokenHasSideEffects',
    'ownUriSchemes',
    'redirectUriRule',
    'clientAuthentication',
  ])
  const mode = modeOf(context, client)
  if (!rotates || mode === 'required') return
  const why =
    mode === 'off'
      ? 'preflight is off'
      : profile.tokenHasSideEffects
        ? `obtaining a token has a side effect at ${profile.name}. Set preflight: required to prove it in the preview nevertheless`
        : undefined
  if (why === undefined) return
  // What a reference refers to may have changed since the last write: nothing of it is stored.
  const lasting =
    typeof client.clientSecret === 'string'
      ? ''
      : '. Every preview shows a change until you remove previousClientSecret'
  context.warn(
    'WARN_PSC_ROTATION',
    `the preview cannot tell whether the secret of ${describeClient(client)} will be rotated: ${why}${lasting}.`,
  )
}
