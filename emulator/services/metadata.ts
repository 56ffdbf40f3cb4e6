import type { TokenEndpointBehaviour } from '../psc/behaviour.ts'
import { scopes } from '../psc/grants.ts'
import { type Service, refuseWithArray } from './endpoint.ts'

/** An authorization server with an issuer identifier. */
interface Issuer extends TokenEndpointBehaviour {
  readonly basePath: string
}

/** Returns the issuer identifier of a server, which may depend on the address of a request. */
export function issuerOf({ issuer, basePath }: Issuer, url: URL): string | undefined {
  return issuer === 'base-url' ? url.origin + basePath : issuer
}

/** Metadata of a PSC. */
export const pscMetadata = (server: Issuer): Service[] =>
  metadata(server, (baseUrl) => ({
    authorization_endpoint: `${baseUrl}/authorize`,
    token_endpoint: `${baseUrl}/token`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    scopes_supported: scopes,
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }))

/** Metadata of Motor RCE, which has a token endpoint alone. */
export const motorRceMetadata = (server: Issuer): Service[] =>
  metadata(server, (baseUrl) => ({
    token_endpoint: `${baseUrl}/protocol/openid-connect/token`,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
  }))

const methods = {
  body: ['client_secret_post'],
  basic: ['client_secret_basic'],
  either: ['client_secret_basic', 'client_secret_post'],
}

/**
 * Serves the metadata of a server that has an issuer, at both places that clients look. Paths begin at the root of the emulator.
 *
 * @see RFC 8414, sections 2 and 3.1; OpenID Connect Discovery 1.0, section 4; RFC 9207, section 3
 */
function metadata(server: Issuer, describe: (baseUrl: string) => object): Service[] {
  const { issuer, basePath, clientAuthentication } = server
  if (issuer === undefined) return []
  const path = issuer === 'base-url' ? basePath : new URL(issuer).pathname.replace(/\/$/, '')
  const places = [
    `${path}/.well-known/openid-configuration`,
    `/.well-known/oauth-authorization-server${path}`,
  ]
  return places.map((place) => ({
    operation: 'metadata',
    method: 'GET',
    path: place,
    refusal: () => undefined,
    failure: () => refuseWithArray(500, 'Internal Server Error', ''),
    answer: ({ req }) => {
      const url = new URL(req.url)
      return Response.json({
        issuer: issuerOf(server, url),
        ...describe(url.origin + basePath),
        token_endpoint_auth_methods_supported: methods[clientAuthentication],
      })
    },
  }))
}
