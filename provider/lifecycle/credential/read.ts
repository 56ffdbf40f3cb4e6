import type { dynamic } from '@pulumi/pulumi'
import { PscError } from '../../psc/answers/psc-error.ts'
import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { prove } from '../preflight.ts'
import { type CredentialInputs, issuerFor } from './declaration.ts'

/**
 * Proves a credential again. No property changes: what the last apply obtained stays, so that a lifetime that
 * varies is no drift.
 *
 * @returns no id when a PSC does not know the client any more: the engine then forgets it. Motor RCE answers the
 * same to a wrong secret and to a client that is gone, so there both are errors.
 * @throws {IssuerError} for an issuer that cannot be used.
 * @throws what {@link prove} throws, such as a PscError for a credential that is refused.
 */
export async function read(
  context: Context,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  const declared = readDeclaration(props)
  const issuer = issuerFor(context, declared)
  try {
    await prove(context, declared as unknown as CredentialInputs, issuer)
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    context.warn(`${issuer.name} does not know ${id} any more: it leaves the state`)
    return { id: '', props: {} }
  }
  return { id, props }
}
