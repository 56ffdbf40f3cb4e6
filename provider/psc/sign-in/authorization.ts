import * as oauth from 'oauth4webapi'
import { endpointsOf, type PscProfile } from '../profiles/profile.ts'

/** What an application may ask a holder for. @see the API document "Token de acesso" (NeoID), `POST /token` */
export const scopes = [
  'single_signature',
  'multi_signature',
  'signature_session',
  'authentication_session',
] as const

/** One of {@link scopes}. */
export type Scope = (typeof scopes)[number]

/** What a sign-in asks for. */
export interface SignInRequest {
  readonly clientId: string
  /** One that is registered; the same text is sent to `/authorize` and to `/token`. */
  readonly redirectUri: string
  readonly scope: Scope
}

/** A sign-in that has begun: what must be known again when the browser has come back. */
export interface SignIn extends SignInRequest {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly state: string
  /** Whoever has it and the code can take the token, if the client's secret is known too. Never shown. */
  readonly codeVerifier: string
  /** Milliseconds since the epoch. */
  readonly beganAt: number
}

/**
 * Begins a sign-in: a new `state` and a new PKCE verifier, and the address to which the holder's browser goes.
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
