import { faultOfAddress } from './profiles/base-url.ts'

/** Why an issuer cannot be used, and what to do. */
export interface IssuerFault {
  /** The argument that is wrong. */
  readonly property: 'issuer' | 'authBaseUrl'
  readonly message: string
}

/**
 * Judges the issuer of a credential, for a manifest and for a program alike; undefined for a good one.
 *
 * @param faultOfPsc why a reference is that of no PSC, in a sentence; undefined for one that is.
 */
export function faultOfIssuer(
  issuer: unknown,
  authBaseUrl: unknown,
  faultOfPsc: (reference: unknown) => string | undefined,
): IssuerFault | undefined {
  if (issuer === 'motor-rce') return faultOfMotorRce(authBaseUrl)
  if (authBaseUrl !== undefined) {
    const message = 'This belongs to the issuer motor-rce alone. Remove it.'
    return { property: 'authBaseUrl', message }
  }
  if (typeof issuer === 'string' && URL.canParse(issuer)) {
    const fault = faultOfAddress(issuer)
    return fault === undefined
      ? undefined
      : { property: 'issuer', message: `The address ${fault}.` }
  }
  const fault = faultOfPsc(issuer)
  if (fault === undefined) return undefined
  const others = 'An issuer is motor-rce, a PSC, or the https URL of a token endpoint.'
  return { property: 'issuer', message: `${fault} ${others}` }
}

function faultOfMotorRce(authBaseUrl: unknown): IssuerFault | undefined {
  const refuse = (message: string) => ({ property: 'authBaseUrl', message }) as const
  if (authBaseUrl === undefined) {
    return refuse('This is missing: no address of motor-rce is known. Give what you got.')
  }
  if (typeof authBaseUrl !== 'string') return refuse('This must be a URL as text.')
  const fault = faultOfAddress(authBaseUrl)
  if (fault !== undefined) return refuse(`The address ${fault}.`)
  return /\/realms(\/|$)/.test(new URL(authBaseUrl).pathname)
    ? refuse('The address goes too far. Give only what comes before /realms.')
    : undefined
}
