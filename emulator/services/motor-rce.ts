import { documentedTokenEndpoint, type TokenEndpointBehaviour } from '../psc/behaviour.ts'
import type { SecretDigest } from '../psc/psc.ts'
import { randomToken } from '../psc/tokens.ts'
import { authenticationOf, refuseCredentials } from './client-authentication.ts'
import { type Service, form, type FrameworkRefusal } from './endpoint.ts'
import { motorRceMetadata } from './metadata.ts'

/** What Motor RCE starts with. */
export interface MotorRceSettings {
  readonly behaviour: Partial<TokenEndpointBehaviour>
  readonly tokenLifetimeSeconds: number
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: SecretDigest }[]
}

const basePath = '/realms/motor-rce'

const required = ['client_secret', 'client_id', 'grant_type']

/** @see RFC 6749, section 5.1; the document shows no headers */
const headers = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

/** The two documented errors have the same body. */
const refuse = (status: 400 | 401): Response =>
  Response.json(
    {
      error: 'unauthorized_client',
      error_description: 'Invalid client or Invalid client credentials',
    },
    { status, headers },
  )

/**
 * `POST /realms/motor-rce/protocol/openid-connect/token`: checks all parameters, then the credentials.
 *
 * @see "Autenticação" of Motor RCE
 */
export function motorRce(settings: MotorRceSettings): Service[] {
  const { clients, tokenLifetimeSeconds } = settings
  const behaviour = { ...documentedTokenEndpoint, ...settings.behaviour, basePath }
  const secrets = new Map(clients.map(({ clientId, clientSecret }) => [clientId, clientSecret]))
  const tokenEndpoint: Service = {
    operation: 'motorRce',
    method: 'POST',
    path: `${basePath}/protocol/openid-connect/token`,
    consumes: form,
    framework: refuseAsKeycloak,
    refusal: (code) => (code === 'unauthorized_client' ? refuse(401) : undefined),
    failure: () => refuseAsKeycloak(500, 'Internal Server Error', ''),
    async answer(c) {
      const fields = new URLSearchParams(await c.req.text())
      const used = authenticationOf(behaviour, c.req.raw.headers, fields)
      if (used === 'missing') return refuseCredentials(behaviour, used, refuse(401))
      if (used === 'repeated') return refuse(400)
      const whole = required.every((name) => fields.get(name) && fields.getAll(name).length === 1)
      if (!whole || fields.get('grant_type') !== 'client_credentials') return refuse(400)
      const secret = secrets.get(fields.get('client_id') ?? '')
      if (!secret?.matches(fields.get('client_secret') ?? '')) {
        return refuseCredentials(behaviour, used, refuse(401))
      }
      return Response.json(
        {
          access_token: randomToken(),
          expires_in: tokenLifetimeSeconds,
          refresh_expires_in: 0,
          token_type: 'Bearer',
          'not-before-policy': 0,
          scope: 'profile email',
        },
        { headers },
      )
    },
  }
  return [tokenEndpoint, ...motorRceMetadata(behaviour)]
}

/** Answers with an object, as Keycloak does before a request reaches its services. */
const refuseAsKeycloak: FrameworkRefusal = (status, error, _description, headers = {}) =>
  Response.json({ error: `HTTP ${status} ${error}` }, { status, headers })
