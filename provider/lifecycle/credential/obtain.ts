import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { type CredentialInputs, type CredentialOutputs, issuerFor } from './declaration.ts'

/**
 * Obtains a token, whatever `preflight` says, and returns what is kept of the answer: never the token. A token that
 * the same process has just been given is proof enough.
 *
 * @throws {PscError} when the issuer refuses the credential or cannot be reached.
 * @throws {SecretUnavailableError}
 */
export async function obtain(
  context: Context,
  properties: Readonly<Record<string, unknown>>,
): Promise<CredentialOutputs> {
  const inputs = readDeclaration(properties) as unknown as CredentialInputs
  const issuer = issuerFor(context, { ...inputs })
  const credentials = {
    clientId: inputs.clientId,
    clientSecret: context.secret(inputs.clientSecret),
  }
  const { tokenType, expiresIn, scope } = await context.tokens.obtain(
    issuer,
    credentials,
    context.transport(issuer, inputs.clientId),
  )
  return {
    ...inputs,
    tokenUrl: issuer.tokenUrl,
    tokenType,
    expiresIn: expiresIn ?? null,
    scope: scope ?? null,
  }
}
