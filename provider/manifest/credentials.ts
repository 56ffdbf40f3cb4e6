import { faultOfAddress } from '../psc/base-url.ts'
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
  if (typeof issuer !== 'string') return []
  if (issuer === 'motor-rce') return judgeMotorRce(authBaseUrl)
  const problems: Problem[] = []
  if (authBaseUrl !== undefined) {
    const message = 'This belongs to the issuer motor-rce alone. Remove it.'
    problems.push(refuse(['authBaseUrl'], message))
  }
  if (URL.canParse(issuer)) return [...problems, ...judgeAddress(issuer, 'issuer')]
  const fault = profiles.faultOf(issuer)
  if (fault !== undefined) {
    const others = 'An issuer is motor-rce, a PSC, or the https URL of a token endpoint.'
    problems.push(refuse(['issuer'], `${fault} ${others}`))
  }
  return problems
}

function judgeMotorRce(authBaseUrl: unknown): Problem[] {
  const path = ['authBaseUrl']
  if (authBaseUrl === undefined) {
    return [refuse(path, 'This is missing: no address of motor-rce is known. Give what you got.')]
  }
  if (typeof authBaseUrl !== 'string') return []
  const problems = judgeAddress(authBaseUrl, 'authBaseUrl')
  const tooFar = /\/realms(\/|$)/.test(URL.parse(authBaseUrl)?.pathname ?? '')
  return problems.length === 0 && tooFar
    ? [refuse(path, 'The address goes too far. Give only what comes before /realms.')]
    : problems
}

function judgeAddress(text: string, field: 'issuer' | 'authBaseUrl'): Problem[] {
  const fault = faultOfAddress(text)
  return fault === undefined ? [] : [refuse([field], `The address ${fault}.`)]
}
