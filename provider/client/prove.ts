import type { Context } from '../engine/context.ts'
import { SecretTextError, SecretUnavailableError } from '../errors.ts'
import { prove } from '../proof/prove.ts'
import { isRequired, modeOf } from '../proof/who-proves.ts'
import { issuerOf } from '../psc/issuers.ts'
import type { PscProfile } from '../psc/profiles/profile.ts'
import { bothRefused, isWrongSecret } from '../psc/refusals.ts'
import { say } from '../say.ts'
import { describeClient, type ProvableClient } from './inputs.ts'
import { refuseUnchangedSecret, secretBeforeRotation } from './new-secret.ts'

/**
 * Proves a client as {@link prove} does. A refused secret is not an error if the PSC accepts the previous one: the next
 * apply sets the secret.
 *
 * @returns whether applying sets the secret; undefined if the client was not checked.
 * @throws {PscError} a definite refusal, with a previous secret: of both; else as {@link prove} does.
 * @throws {SecretTextError} if applying would set a secret that is certainly not the meant one.
 * @throws {SecretUnavailableError} under `required`, of either secret.
 * @throws {ConfigurationError}
 */
export async function proveClient(
  context: Context,
  client: ProvableClient,
  profile: PscProfile,
): Promise<boolean | undefined> {
  const issuer = issuerOf(profile)
  refuseUnchangedSecret(context, client)
  try {
    if (await prove(context, client, issuer)) return false
    warnOfNewSecret(context, client)
    return undefined
  } catch (refusal) {
    const previous = client.previousClientSecret
    if (previous == null || !isWrongSecret(refusal)) throw refusal
    const [what, at] = [describeClient(client), profile.name]
    try {
      const clientSecret = secretBeforeRotation(context, client)
      const isProven = await prove(context, { ...client, clientSecret }, issuer)
      context.warn(
        'WARN_PSC_ROTATION',
        isProven
          ? say`the secret of ${what} at ${at} will be rotated: the PSC refuses clientSecret and accepts previousClientSecret.`
          : say`the secret of ${what} at ${at} may be rotated: the PSC refuses clientSecret.`,
      )
      return true
    } catch (error) {
      if (isWrongSecret(error)) throw bothRefused(refusal)
      if (!(error instanceof SecretUnavailableError) || isRequired(context, client)) throw error
      context.warn(
        'WARN_PSC_ROTATION',
        say`the secret of ${what} at ${at} may be rotated: the PSC refuses clientSecret, and previousClientSecret was not tried: ${error.detail}`,
      )
      return true
    }
  }
}

/** Warns of a new secret that applying does not set, where the preview could not try it. */
function warnOfNewSecret(context: Context, client: ProvableClient): void {
  if (client.previousClientSecret == null || context.isProgram) return
  try {
    secretBeforeRotation(context, client)
  } catch (error) {
    if (error instanceof SecretTextError) context.warn('WARN_PSC_SECRET_TEXT', error.detail)
    else if (!(error instanceof SecretUnavailableError)) throw error
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
  const what = describeClient(client)
  const limit =
    mode === 'off'
      ? say`the preview cannot tell whether the secret of ${what} will be rotated: preflight is off.`
      : profile.tokenHasSideEffects
        ? say`the preview cannot tell whether the secret of ${what} will be rotated: obtaining a token has a side effect at ${profile.name}. Set preflight: required to prove it in the preview nevertheless.`
        : undefined
  if (limit === undefined) return
  // What a reference refers to may have changed since the last write: nothing of it is stored.
  const lasting =
    typeof client.clientSecret === 'string'
      ? []
      : [say`Every preview shows a change until you remove previousClientSecret.`]
  context.warn('WARN_PSC_ROTATION', [limit, ...lasting].join(' '))
}
