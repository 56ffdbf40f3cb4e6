import { judgeClientSecret } from './client-secret.ts'
import { judgeClientId } from './fields.ts'
import type { Problem } from './problem.ts'

/**
 * Every problem of a credential's `clientId` and `clientSecret`, which are judged as those of a client. Passes over
 * what is not known yet. Never throws.
 */
export function judgeCredential(declaration: Readonly<Record<string, unknown>>): Problem[] {
  return [...judgeClientId(declaration.clientId), ...judgeClientSecret(declaration.clientSecret)]
}
