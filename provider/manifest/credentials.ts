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
      return [refuse(['authBaseUrl'], 'This is missing. Give what comes before /realms/motor-rce.')]
    }
    return typeof authBaseUrl === 'string' ? judgeBaseUrl(authBaseUrl, ['authBaseUrl']) : []
  }
  const needless =
    authBaseUrl === undefined
      ? []
      : [refuse(['authBaseUrl'], 'This belongs to the issuer motor-rce alone. Remove it.')]
  if ((pscNames as string[]).includes(issuer)) return needless
  if (!/^https?:/.test(issuer)) {
    const known = ['motor-rce', ...pscNames].join(', ')
    return [
      refuse(['issuer'], `This must be one of ${known}, or the https URL of a token endpoint.`),
    ]
  }
  return [...judgeBaseUrl(issuer, ['issuer']), ...needless]
}
