import { createContext } from '../../../provider/engine/context.ts'
import type { Transport } from '../../../provider/psc/call.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'
import {
  beginSignIn,
  type SignIn,
  type SignInRequest,
} from '../../../provider/psc/sign-in/authorization.ts'

export const redirectUri = 'https://portal.exemplo.gov.br/callback'

export const request: SignInRequest = {
  clientId: '64e587fa-4f30-487d-96f0-44e6b14ff620',
  redirectUri,
  scope: 'single_signature',
}

/** Noon of a day in 2026. */
export const noon = Date.UTC(2026, 0, 15, 12)

/** A sign-in that has begun at a NeoID whose services are below `url`. */
export async function begin(url: string, change: Partial<SignInRequest> = {}): Promise<SignIn> {
  const profile = resolveProfile({ extends: 'neoid', baseUrl: `${url}/psc/v0/oauth` })
  return beginSignIn(profile, { ...request, ...change }, noon)
}

/** The address that a browser ends on. */
export function callback(
  signIn: SignIn,
  parameters: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(signIn.redirectUri)
  for (const [name, value] of Object.entries({
    code: 'not-a-secret-code',
    state: signIn.state,
    ...parameters,
  })) {
    url.searchParams.append(name, value)
  }
  return url.href
}

/** This package's own HTTP layer, as the commands use it. */
export function transport(): Transport {
  return createContext(() => undefined).transport({ name: 'test' }, { seconds: 5 })
}
