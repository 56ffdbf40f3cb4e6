import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { obtain } from './obtain.ts'

/**
 * Proves a credential for the first time. What `dependsOn` it is held back until then.
 *
 * @throws what {@link obtain} throws.
 */
export async function create(
  context: Context,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const outs = await obtain(context, inputs)
  return { id: outs.clientId, outs }
}
