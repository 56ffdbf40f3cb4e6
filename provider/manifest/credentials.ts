import { judgeClient } from '../rules/client.ts'
import type { JudgeOptions } from '../rules/client.ts'
import type { Problem } from '../rules/problem.ts'
import { refuse } from '../rules/problem.ts'
import { unknownValue } from '../rules/unknown.ts'
import { judgeBaseUrl } from './base-url.ts'
import { pscNames } from './schema.ts'

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
  options: JudgeOptions,
): Problem[] {
  const { issuer, authBaseUrl, clientId, clientSecret } = credential
  return [
    ...judgeIssuer(issuer, authBaseUrl),
    ...judgeClient({ ...notOfCredentials, clientId, clientSecret }, options),
  ]
}

function judgeIssuer(issuer: unknown, authBaseUrl: unknown): Problem[] {
  if (typeof issuer !== 'string') return []
  if (issuer === 'motor-rce') {
    if (authBaseUrl === undefined) {
      return [refuse(['authBaseUrl'], 'is missing: motor-rce has no address that is known')]
    }
    return typeof authBaseUrl === 'string' ? judgeBaseUrl(authBaseUrl, ['authBaseUrl']) : []
  }
  const needless =
    authBaseUrl === undefined
      ? []
      : [refuse(['authBaseUrl'], 'belongs to the issuer motor-rce alone')]
  if ((pscNames as string[]).includes(issuer)) return needless
  if (!/^https?:/.test(issuer)) {
    const known = ['motor-rce', ...pscNames].join(', ')
    return [refuse(['issuer'], `must be one of ${known}, or the https URL of a token endpoint`)]
  }
  return [...judgeBaseUrl(issuer, ['issuer']), ...needless]
}
