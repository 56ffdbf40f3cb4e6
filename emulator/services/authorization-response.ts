import type { AuthorizationRequest, Grant } from '../psc/grants.ts'
import type { Psc } from '../psc/psc.ts'

/** An error that the application learns at its redirect URI. */
export interface AuthorizationError {
  readonly redirectUri: string
  readonly state: string | undefined
  readonly error: string
  readonly description: string
}

/** Issues a code and returns the address that carries it. @see RFC 6749, section 4.1.2 */
export function codeLocation(psc: Psc, issuer: string | undefined, grant: Grant): string {
  const { redirectUri, state } = grant.request
  const code = psc.codes.issue(grant, psc.codeLifetimeSeconds)
  return locationOf(redirectUri, { code, state, iss: issuer })
}

/** Returns the address that carries an error. @see RFC 6749, section 4.1.2.1; RFC 9207, section 2 (`iss` in errors) */
export function errorLocation(issuer: string | undefined, refusal: AuthorizationError): string {
  const { redirectUri, state, error, description } = refusal
  return locationOf(redirectUri, { error, error_description: description, state, iss: issuer })
}

/** Returns the address that carries the refusal of a holder. */
export function refusalLocation(
  { behaviour }: Psc,
  issuer: string | undefined,
  { redirectUri, state }: AuthorizationRequest,
): string {
  const description = 'O titular do certificado recusou a autorização'
  const error = behaviour.holderRefusal
  return errorLocation(issuer, { redirectUri, state, error, description })
}

/** Adds parameters to an address, which keeps its characters except those that a header cannot carry. */
export function locationOf(
  address: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value)
  }
  const encoded = address.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const separator = !encoded.includes('?') ? '?' : /[?&]$/.test(encoded) ? '' : '&'
  return encoded + separator + query.toString()
}
