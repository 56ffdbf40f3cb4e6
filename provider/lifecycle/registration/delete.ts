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
  const { psc, name, clientId } = kept as unknown as RegistrationOutputs
  const where = nameOf(psc)
  left.add(keyOf({ psc, name }))
  context.warn(
    isFailed(kept) && kept.failed === 'refused'
      ? `the registration of ${describeRegistration(kept)} at ${where}, which did not take place, leaves this stack`
      : isFailed(kept)
        ? describeUnknownOutcome({ psc, name })
        : `the registration of ${describeRegistration(kept)} (${clientId}) leaves this stack, and its secret with it: the client stays registered at ${where}. Whatever still uses the secret must have it from elsewhere`,
  )
  return Promise.resolve()
}

/** Whose a registration is. */
type Registered = Pick<RegistrationOutputs, 'psc' | 'name'>

/** The registrations that have left a stack in this process, each with its warning. */
const left = new Set<string>()

function keyOf({ psc, name }: Registered): string {
  return JSON.stringify([psc, name])
}

/** Whether a registration has left its stack before its attempt. */
export function hasLeft(registered: Registered): boolean {
  return left.has(keyOf(registered))
}

/** What is told of a registration that leaves its stack while nobody knows whether it took place. */
export function describeUnknownOutcome(registered: Registered): string {
  return `the registration of ${describeRegistration(registered)} at ${nameOf(registered.psc)}, of which it is not known whether it took place, leaves this stack: declared again, it is sent again. Look for an application of that name in the PSC's panel first, or ask its support`
}

function nameOf(psc: RegistrationOutputs['psc']): string {
  return typeof psc === 'string' ? psc : (psc.name ?? psc.extends ?? 'its PSC')
}
