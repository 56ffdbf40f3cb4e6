import type { dynamic } from '@pulumi/pulumi'

/**
 * A registration is a record of what was done once: its secret may have been rotated since. Whether the client is
 * alive is proven by the `PscClient` that maintains it.
 */
export function read(
  _context: unknown,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  return Promise.resolve({ id, props })
}
