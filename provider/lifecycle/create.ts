import type { dynamic } from '@pulumi/pulumi'
import type { Context } from './context.ts'
import { keep } from './kept.ts'
import { write } from './write.ts'

/**
 * Adopts a registered client: a PSC has no "create" here, so it is written like an update.
 *
 * @throws what {@link write} throws.
 */
export async function create(
  context: Context,
  inputs: Readonly<Record<string, unknown>>,
): Promise<dynamic.CreateResult> {
  const outs = await write(context, inputs)
  return { id: outs.clientId, outs: keep(outs) }
}
