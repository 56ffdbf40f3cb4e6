import { createHash } from 'node:crypto'
import type { Emulator, HolderChoice } from '../../emulator/index.ts'
import { portal } from './support.ts'
import type { Credential } from './support.ts'

/** The pair of RFC 7636, appendix B. */
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

export const challengeOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url')

/** What a good authorization request has, `undefined` leaving something out. */
export function authorizeUrl(
  baseUrl: string,
  change: Record<string, string | undefined> = {},
): string {
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: portal.id,
    scope: 'single_signature',
    state: 'x',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  }
  const query = Object.entries(parameters).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return `${baseUrl}/authorize?${new URLSearchParams(query).toString()}`
}

/** A code that a holder has just agreed to. */
export function obtainCode(
  emulator: Emulator,
  change: Record<string, string | undefined> = {},
  choice: HolderChoice = {},
): string {
  const location = emulator.authorize(authorizeUrl(emulator.baseUrls.neoid, change), choice)
  return new URL(location ?? '').searchParams.get('code') ?? ''
}

export function exchangeFields(
  code: string,
  { id, secret }: Credential = portal,
): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    client_id: id,
    client_secret: secret,
    code,
    code_verifier: verifier,
  }
}
