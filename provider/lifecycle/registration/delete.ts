import type { Context } from '../context.ts'
import { readDeclaration } from '../declaration.ts'
import { describeRegistration, type RegistrationOutputs } from './declaration.ts'
import { isFailed } from './failed.ts'

/**
 * Forgets a registration, after a warning: the client stays registered, and what the state held of its secret is
 * gone with it. Nothing is sent.
 */
export function forget(
  context: Context,
  _id: string,
  props: Readonly<Record<string, unknown>>,
): Promise<void> {
  const kept = readDeclaration(props)
  const { psc, clientId } = kept as unknown as RegistrationOutputs
  const where = typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
  context.warn(
    isFailed(kept) && kept.failed === 'refused'
      ? `the registration of ${describeRegistration(kept)} at ${where}, which did not take place, leaves this stack`
      : isFailed(kept)
        ? `the registration of ${describeRegistration(kept)} at ${where}, of which it is not known whether it took place, leaves this stack`
        : `the registration of ${describeRegistration(kept)} (${clientId}) leaves this stack, and its secret with it: the client stays registered at ${where}. Whatever still uses the secret must have it from elsewhere`,
  )
  return Promise.resolve()
}
