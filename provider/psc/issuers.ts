import { IssuerError, ProfileError } from '../errors.ts'
import { adviceForMotorRce, adviceForTokenEndpoint } from './advice.ts'
import type { Transport } from './call.ts'
import { faultOfIssuer } from './issuer-fault.ts'
import { checkBaseUrl } from './profiles/base-url.ts'
import type { PscReference } from './profiles/profile-args.ts'
import { endpointsOf, type PscProfile } from './profiles/profile.ts'
import type { ClientCredentials, ClientToken } from './requests/client-token.ts'

/** Who issues a token for a client id and a secret, and how it is asked. */
export interface TokenIssuer {
  /** How messages call it. */
  readonly name: string
  /** Where it is asked; the same address is the same issuer. */
  readonly tokenUrl: string
  /** Whether a token changes anything there; then nothing obtains one unasked. */
  readonly tokenHasSideEffects: boolean
  /** @throws {PscError} when it refuses the client, cannot be reached, or answers with something else. */
  obtain(client: ClientCredentials, transport: Transport): Promise<ClientToken>
}

/** An issuer in a declaration: Motor RCE, a PSC, or the address of a token endpoint of RFC 6749. */
export type IssuerReference = 'motor-rce' | PscReference | (string & {})

/** A PSC as the issuer of its application tokens. */
export function issuerOf(profile: PscProfile): TokenIssuer {
  return {
    name: profile.name,
    tokenUrl: endpointsOf(profile).clientToken,
    tokenHasSideEffects: profile.tokenHasSideEffects,
    async obtain(client, transport) {
      // Loaded by those who need them: a preview without changes does not.
      const [{ clientTokenRequest, readClientToken }, { exchange }] = await Promise.all([
        import('./requests/client-token.ts'),
        import('./call.ts'),
      ])
      const request = clientTokenRequest(profile, client)
      return readClientToken(request, await exchange(request, transport), client.clientSecret)
    },
  }
}

/**
 * The issuer of a declaration.
 *
 * @param resolve finds the profile of a PSC.
 * @throws {IssuerError} for an unknown issuer, and for an address to which no secret may be sent.
 */
export function resolveIssuer(
  issuer: unknown,
  authBaseUrl: unknown,
  resolve: (reference: unknown) => PscProfile,
): TokenIssuer {
  const fault = faultOfIssuer(issuer, authBaseUrl, (reference) => faultOfPsc(reference, resolve))
  if (fault) throw new IssuerError(fault)
  if (issuer === 'motor-rce') {
    const base = checkBaseUrl(String(authBaseUrl), 'motor-rce')
    return oauthIssuer('motor-rce', base + motorRcePath, adviceForMotorRce)
  }
  const url = typeof issuer === 'string' ? URL.parse(issuer) : null
  return url ? oauthIssuer(url.host, url.href, adviceForTokenEndpoint) : issuerOf(resolve(issuer))
}

/** @see the API document "Autenticação" (Motor RCE) */
const motorRcePath = '/realms/motor-rce/protocol/openid-connect/token'

function faultOfPsc(
  reference: unknown,
  resolve: (reference: unknown) => PscProfile,
): string | undefined {
  try {
    resolve(reference)
    return undefined
  } catch (error) {
    if (error instanceof ProfileError) return sentence(error.detail)
    throw error
  }
}

function oauthIssuer(
  name: string,
  tokenUrl: string,
  advise: typeof adviceForTokenEndpoint,
): TokenIssuer {
  return {
    name,
    tokenUrl,
    tokenHasSideEffects: false,
    async obtain(client, transport) {
      // Loaded by those who need it: a preview of clients alone does not.
      const { obtainCredentialToken } = await import('./requests/credential-token.ts')
      return obtainCredentialToken(tokenUrl, client, advise, transport)
    },
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
