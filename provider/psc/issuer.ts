import type { ClientCredentials, ClientToken } from './client-token.ts'
import { adviceForMotorRce, adviceForTokenEndpoint } from './credential-advice.ts'
import type { Transport } from './exchange.ts'
import { checkBaseUrl, endpointsOf, faultOfAddress, ProfileError } from './profile.ts'
import type { PscProfile, PscReference } from './profile.ts'

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

/** An issuer that cannot be used; the message says what to write instead. */
export class IssuerError extends Error {
  override readonly name = 'IssuerError'
  readonly code = 'ERR_PSC_ISSUER'
  /** The argument that is wrong. */
  readonly property: 'issuer' | 'authBaseUrl'

  constructor(property: 'issuer' | 'authBaseUrl', message: string) {
    super(message)
    this.property = property
  }
}

/** A PSC as the issuer of its application tokens. */
export function issuerOf(profile: PscProfile): TokenIssuer {
  return {
    name: profile.name,
    tokenUrl: endpointsOf(profile).clientToken,
    tokenHasSideEffects: profile.tokenHasSideEffects,
    async obtain(client, transport) {
      // Loaded by those who need them: a preview without changes does not.
      const [{ clientTokenRequest, readClientToken }, { exchange }] = await Promise.all([
        import('./client-token.ts'),
        import('./exchange.ts'),
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
  if (issuer === 'motor-rce') return motorRce(authBaseUrl)
  if (authBaseUrl !== undefined) {
    throw new IssuerError('authBaseUrl', 'This belongs to the issuer motor-rce alone. Remove it.')
  }
  if (typeof issuer === 'string' && URL.canParse(issuer)) return tokenEndpoint(issuer)
  try {
    return issuerOf(resolve(issuer))
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    if (typeof issuer !== 'string') throw new IssuerError('issuer', sentence(error.message))
    throw new IssuerError(
      'issuer',
      'This is no issuer that is known. Use motor-rce, neoid, serproid or the https URL of a token endpoint.',
    )
  }
}

const motorRcePath = '/realms/motor-rce/protocol/openid-connect/token'

/** @see the API document "Autenticação" (Motor RCE) */
function motorRce(authBaseUrl: unknown): TokenIssuer {
  const refuse = (why: string) => new IssuerError('authBaseUrl', why)
  if (authBaseUrl === undefined) {
    throw refuse('This is missing: no address of motor-rce is known. Give what Motor RCE gave you.')
  }
  if (typeof authBaseUrl !== 'string') throw refuse('This must be a URL as text.')
  const fault = faultOfAddress(authBaseUrl)
  if (fault !== undefined) throw refuse(`The address ${fault}.`)
  const base = checkBaseUrl(authBaseUrl, 'motor-rce')
  if (/\/realms(\/|$)/.test(new URL(base).pathname)) {
    throw refuse('The address goes too far: give only what comes before /realms.')
  }
  return oauthIssuer('motor-rce', base + motorRcePath, adviceForMotorRce)
}

function tokenEndpoint(text: string): TokenIssuer {
  const fault = faultOfAddress(text)
  if (fault !== undefined) throw new IssuerError('issuer', `The address ${fault}.`)
  const { href, host } = new URL(text)
  return oauthIssuer(host, href, adviceForTokenEndpoint)
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
      const { obtainCredentialToken } = await import('./credential-token.ts')
      return obtainCredentialToken(tokenUrl, client, advise, transport)
    },
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
