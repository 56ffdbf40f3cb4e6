import { faultOfIssuer } from '../psc/issuer-fault.ts'
import { judgeClient } from '../rules/client.ts'
import type { JudgeOptions } from '../rules/client.ts'
import type { Problem } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import { unknownValue } from '../rules/unknown.ts'
import type { Profiles } from './profiles.ts'

/** A credential has two of a client's fields, which are judged as they are there. */
const notOfCredentials = {
  name: unknownValue,
  comments: unknownValue,
  email: unknownValue,
  redirectUris: unknownValue,
  certificate: unknownValue,
}

/** Judges an entry of `credentials`; paths are those within it. */
export function judgeCredential(
  credential: Readonly<Record<string, unknown>>,
  profiles: Profiles,
  options: JudgeOptions,
): Problem[] {
  const { issuer, authBaseUrl, clientId, clientSecret } = credential
  return [
    ...judgeIssuer(issuer, authBaseUrl, profiles),
    ...judgeClient({ ...notOfCredentials, clientId, clientSecret }, options),
  ]
}

function judgeIssuer(issuer: unknown, authBaseUrl: unknown, profiles: Profiles): Problem[] {
  // What is no text is told by the shape.
  if (typeof issuer !== 'string') return []
  if (authBaseUrl !== undefined && typeof authBaseUrl !== 'string') return []
  const fault = faultOfIssuer(issuer, authBaseUrl, () => profiles.faultOf(issuer))
  return fault ? [refuse([fault.property], fault.message)] : []
}
