import type { dynamic } from '@pulumi/pulumi'
import type { Context } from '../context.ts'
import { obtain } from './obtain.ts'

/**
 * Proves a changed credential.
 *
 * @throws what {@link obtain} throws; the old outputs are then kept, and the next apply tries again.
 */
export async function update(
  context: Context,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return { outs: await obtain(context, news) }
}
