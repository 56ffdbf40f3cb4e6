import * as oauth from 'oauth4webapi'
import type { ClientAuthentication } from '../../rules/client-fields.ts'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'

/** Lists the scopes that an application can request from a holder. @see the API document "Token de acesso" (NeoID), `POST /token` */
export const scopes = [
  'single_signature',
  'multi_signature',
  'signature_session',
  'authentication_session',
] as const

/** Names one of {@link scopes}. */
export type Scope = (typeof scopes)[number]

/** Holds the parameters of a sign-in. */
export interface SignInRequest {
  readonly clientId: string
  /** A registered redirect URI; `/authorize` and `/token` get the same string. */
  readonly redirectUri: string
  readonly scope: Scope
  /** A CPF or a CNPJ without separators, which some PSCs need (`login_hint`). */
  readonly loginHint?: string | undefined
}

/** Holds a sign-in in progress, until the browser returns. */
export interface SignIn extends SignInRequest {
  /** Never shown with a `login_hint`, which names a person. */
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** `iss` of the PSC (RFC 9207); undefined if it is unknown. */
  readonly issuer: string | undefined
  readonly clientAuthentication: ClientAuthentication
  readonly state: string
  /** The PKCE verifier. With the code and the client's secret it gives access to the token. Never shown. */
  readonly codeVerifier: string
  /** Milliseconds since the epoch. */
  readonly beganAt: number
}

/**
 * Begins a sign-in with a new `state` and a new PKCE verifier, and builds the address for the holder's browser.
 *
 * @param now milliseconds since the epoch.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4.3 (PKCE with S256)
 */
export async function beginSignIn(
  profile: PscProfile,
  { loginHint, ...request }: SignInRequest,
  now: number,
): Promise<SignIn> {
  const { authorize, token } = endpointsOf(profile)
  const state = oauth.generateRandomState()
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const url = new URL(authorize)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(loginHint !== undefined && { login_hint: loginHint }),
  }).toString()
  return {
    ...request,
    loginHint,
    issuer: profile.issuer,
    authorizeUrl: url.href,
    tokenUrl: token,
    clientAuthentication: profile.clientAuthentication,
    state,
    codeVerifier,
    beganAt: now,
  }
}
