import { IssuerError, ProfileError } from '../errors.ts'
import { faultOfAddress, withoutFinalSlashes } from '../http/address.ts'
import { adviceForClientToken, adviceForMotorRce, adviceForTokenEndpoint } from './advice.ts'
import type { Transport } from './call.ts'
import type { ClientAuthentication } from '../rules/client-fields.ts'
import { endpointsOf, type PscProfile } from './profiles/profile.ts'
import { findDebris } from '../rules/debris.ts'
import { say } from '../say.ts'
import type { ClientCredentials, ClientToken, TokenEndpoint } from './requests/client-token.ts'

/** Issues a token for a client id and a secret. */
export interface TokenIssuer {
  /** Its name in messages. */
  readonly name: string
  /** The address of the token requests. */
  readonly tokenUrl: string
  readonly clientAuthentication: ClientAuthentication
  /** Whether a token changes anything there. Then one is requested only if the user requires it. */
  readonly tokenHasSideEffects: boolean
  /** Requests a token. @throws {PscError} if the issuer refuses the client, is unreachable, or answers unexpectedly. */
  obtain(client: ClientCredentials, transport: Transport): Promise<ClientToken>
}

/**
 * Makes the issuer of a PSC's application tokens.
 *
 * @param clientAuthentication default: that of the PSC. A program may give null.
 */
export function issuerOf(
  profile: PscProfile,
  clientAuthentication?: ClientAuthentication | null,
): TokenIssuer {
  return issuer(profile.name, profile.tokenHasSideEffects, {
    url: endpointsOf(profile).clientToken,
    format: profile.tokenRequest,
    authentication: clientAuthentication ?? profile.clientAuthentication,
    answer: 'psc',
    advise: adviceForClientToken,
  })
}

/** @see the API document "Autenticação" (Motor RCE) */
const motorRcePath = '/realms/motor-rce/protocol/openid-connect/token'

/**
 * Makes the issuer of a declaration.
 *
 * @param resolve finds the profile of a PSC. @throws {ProfileError}
 * @param clientAuthentication default: that of the PSC, else in the body of the request.
 * @throws {IssuerError} for an unknown issuer or an unsafe address.
 */
export function resolveIssuer(
  reference: unknown,
  authBaseUrl: unknown,
  resolve: (reference: unknown) => PscProfile,
  clientAuthentication?: ClientAuthentication | null,
): TokenIssuer {
  let psc: PscProfile | undefined
  const fault = faultOfIssuer(reference, authBaseUrl, () => {
    try {
      psc = resolve(reference)
      return undefined
    } catch (error) {
      if (error instanceof ProfileError) return error.detail
      throw error
    }
  })
  if (fault) throw new IssuerError(fault)
  if (psc) return issuerOf(psc, clientAuthentication)
  const isMotorRce = reference === 'motor-rce'
  const url = isMotorRce
    ? new URL(withoutFinalSlashes(new URL(String(authBaseUrl)).href) + motorRcePath)
    : new URL(String(reference))
  return issuer(isMotorRce ? 'motor-rce' : url.host, false, {
    url: url.href,
    format: 'form',
    authentication: clientAuthentication ?? 'body',
    answer: 'oauth',
    advise: isMotorRce ? adviceForMotorRce : adviceForTokenEndpoint,
    isDeclared: !isMotorRce,
  })
}

/** Holds the problem of an issuer and its remedy. */
export interface IssuerFault {
  /** The wrong argument. */
  readonly property: 'issuer' | 'authBaseUrl'
  readonly message: string
}

/**
 * Finds the problem of a credential's issuer, for a manifest and for a program alike. Undefined without a problem.
 *
 * @param faultOfPsc explains in a sentence why a reference is not a PSC; undefined for a PSC.
 */
export function faultOfIssuer(
  issuer: unknown,
  authBaseUrl: unknown,
  faultOfPsc: () => string | undefined,
): IssuerFault | undefined {
  if (issuer === 'motor-rce') {
    const message = faultOfAuthBaseUrl(authBaseUrl)
    return message === undefined ? undefined : { property: 'authBaseUrl', message }
  }
  if (authBaseUrl !== undefined) {
    const message = say`Only the issuer motor-rce has an authBaseUrl. Remove it.`
    return { property: 'authBaseUrl', message }
  }
  const property = 'issuer'
  if (typeof issuer === 'string' && (URL.canParse(issuer) || findDebris(issuer))) {
    const fault = faultOfAddress(issuer)
    return fault === undefined ? undefined : { property, message: say`The address ${fault}.` }
  }
  const fault = faultOfPsc()
  if (fault === undefined) return undefined
  const others = say`An issuer is motor-rce, a PSC, or the https URL of a token endpoint.`
  return { property, message: `${fault} ${others}` }
}

function faultOfAuthBaseUrl(authBaseUrl: unknown): string | undefined {
  if (authBaseUrl === undefined) {
    return say`The address of motor-rce is missing. Give the one that you got.`
  }
  if (typeof authBaseUrl !== 'string')
    return say`The address of motor-rce must be a URL as a string.`
  const fault = faultOfAddress(authBaseUrl)
  if (fault !== undefined) return say`The address ${fault}.`
  const [path] = /\/(realms|\.well-known)(\/.*)?$/.exec(withoutFinalSlashes(authBaseUrl)) ?? []
  return path === undefined
    ? undefined
    : say`The address contains ${path}. Give only ${authBaseUrl.slice(0, authBaseUrl.indexOf(path))}.`
}

function issuer(name: string, tokenHasSideEffects: boolean, endpoint: TokenEndpoint): TokenIssuer {
  return {
    name,
    tokenUrl: endpoint.url,
    clientAuthentication: endpoint.authentication,
    tokenHasSideEffects,
    async obtain(client, transport) {
      // The first request loads this module. A preview without changes sends none.
      const { call } = await import('./call.ts')
      const { requestClientToken } = await import('./requests/client-token.ts')
      const request = requestClientToken(endpoint, client)
      if (endpoint.isDeclared !== true) return call(transport, request)
      const { callTokenEndpoint } = await import('./requests/discovery.ts')
      return callTokenEndpoint(transport, request)
    },
  }
}
