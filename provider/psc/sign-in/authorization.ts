import * as oauth from 'oauth4webapi'
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
}

/** Holds a sign-in in progress, until the browser returns. */
export interface SignIn extends SignInRequest {
  readonly authorizeUrl: string
  readonly tokenUrl: string
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
  { clientId, redirectUri, scope }: SignInRequest,
  now: number,
): Promise<SignIn> {
  const { authorize, token } = endpointsOf(profile)
  const state = oauth.generateRandomState()
  const codeVerifier = oauth.generateRandomCodeVerifier()
  const url = new URL(authorize)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString()
  return {
    clientId,
    redirectUri,
    scope,
    authorizeUrl: url.href,
    tokenUrl: token,
    state,
    codeVerifier,
    beganAt: now,
  }
}
