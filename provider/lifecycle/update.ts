import type { dynamic } from '@pulumi/pulumi'
import type { Context } from './context.ts'
import { keep } from './kept.ts'
import { write } from './write.ts'

/**
 * Writes the whole document, whatever the old one was.
 *
 * @throws what {@link write} throws; the old outputs are then kept, and the next apply tries again.
 */
export async function update(
  context: Context,
  _id: string,
  _olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): Promise<dynamic.UpdateResult> {
  return { outs: keep(await write(context, news)) }
}
