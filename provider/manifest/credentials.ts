import { faultOfIssuer } from '../psc/tokens/issuer-fault.ts'
import { judgeCredential } from '../rules/credential.ts'
import type { Problem } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import type { Profiles } from './profiles.ts'

/** Judges an entry of `credentials`, by its rules and by who issued it; paths are those within it. */
export function judgeCredentialEntry(
  credential: Readonly<Record<string, unknown>>,
  profiles: Profiles,
): Problem[] {
  const { issuer, authBaseUrl } = credential
  return [...judgeIssuer(issuer, authBaseUrl, profiles), ...judgeCredential(credential)]
}

function judgeIssuer(issuer: unknown, authBaseUrl: unknown, profiles: Profiles): Problem[] {
  // What is no text is told by the shape.
  if (typeof issuer !== 'string') return []
  if (authBaseUrl !== undefined && typeof authBaseUrl !== 'string') return []
  const fault = faultOfIssuer(issuer, authBaseUrl, () => profiles.faultOf(issuer))
  return fault ? [refuse([fault.property], fault.message)] : []
}
