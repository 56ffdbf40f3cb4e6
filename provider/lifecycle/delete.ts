import type { Context } from './context.ts'
import { type ClientOutputs, describeClient, readDeclaration } from './declaration.ts'

/**
 * Forgets a client. The PSC has no delete, so the client stays registered, running applications go on, and
 * nothing is sent: neither a credential nor a PSC that answers is needed to destroy a stack.
 */
export function forget(
  context: Context,
  _id: string,
  props: Readonly<Record<string, unknown>>,
): Promise<void> {
  const client = readDeclaration(props) as unknown as ClientOutputs
  const { psc } = client
  const where = typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
  context.warn(
    `${describeClient(client)} leaves this stack and stays registered at ${where}: only the PSC's support can remove it`,
  )
  return Promise.resolve()
}
