import type { dynamic } from '@pulumi/pulumi'
import { PscError } from '../psc/answers/psc-error.ts'
import type { Context } from './context.ts'
import { type ClientOutputs, describeClient, readDeclaration } from './declaration.ts'
import { proveClient } from './prove-client.ts'

/**
 * Proves that a client and its secret are alive. There is no GET, so no property ever changes.
 *
 * @returns no id when the PSC does not know the client any more: the engine then forgets it.
 * @throws {PscError} for a wrong secret: that it changed shows here, without anything of it being kept.
 * @throws {ProfileError} for a PSC that is not known any more.
 * @throws what {@link proveClient} throws.
 */
export async function read(
  context: Context,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  const client = readDeclaration(props) as unknown as ClientOutputs
  const profile = context.profile(client.psc)
  try {
    await proveClient(context, client, profile)
  } catch (error) {
    if (!(error instanceof PscError && error.pscCode === 'CLIENTE_OAUTH_NAO_IDENTIFICADO'))
      throw error
    context.warn(
      `${profile.name} does not know ${describeClient(client)} any more: it leaves the state`,
    )
    return { id: '', props: {} }
  }
  return { id, props }
}
