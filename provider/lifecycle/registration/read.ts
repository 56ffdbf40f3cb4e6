import type { dynamic } from '@pulumi/pulumi'

/** What a refresh of this process has read. */
const refreshed = new Set<string>()

/**
 * A registration is a record of what was done once: its secret may have been rotated since. Whether the client is
 * alive is proven by the `PscClient` that maintains it.
 */
export function read(
  _context: unknown,
  id: string,
  props: Readonly<Record<string, unknown>> = {},
): Promise<dynamic.ReadResult> {
  refreshed.add(id)
  return Promise.resolve({ id, props })
}

/** Whether a refresh asks for the difference between what it has read and the state, and not a preview. */
export function isRefreshed(id: string): boolean {
  return refreshed.has(id)
}
