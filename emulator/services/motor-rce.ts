import type { MotorRceConfig } from '../config/schema.ts'
import { digestSecret } from '../config/secret.ts'
import { type Endpoint, form } from '../http/endpoint.ts'
import { type Answer, jsonAnswer } from '../http/exchange.ts'
import type { FrameworkRefusal } from '../http/framework.ts'
import { randomToken } from '../psc/tokens.ts'

const required = ['client_secret', 'client_id', 'grant_type']

/** RFC 6749, sections 5.1 and 5.2, and Keycloak; the document shows no headers. */
const notStored = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

/** Both documented errors have this body. */
const refuse = (status: 400 | 401): Answer =>
  jsonAnswer(
    status,
    {
      error: 'unauthorized_client',
      error_description: 'Invalid client or Invalid client credentials',
    },
    notStored,
  )

/**
 * `POST /realms/motor-rce/protocol/openid-connect/token`: all parameters, then the credentials.
 *
 * @see "Autenticação" of Motor RCE
 */
export function motorRceEndpoint(config: MotorRceConfig): Endpoint {
  const secrets = new Map(
    config.clients.map(({ clientId, clientSecret }) => {
      return [clientId, digestSecret(clientSecret, clientId)]
    }),
  )
  return {
    issuer: 'motor-rce',
    operation: 'motorRce',
    method: 'POST',
    path: '/realms/motor-rce/protocol/openid-connect/token',
    consumes: form,
    framework: refuseAsKeycloak,
    refusal: (code) => (code === 'unauthorized_client' ? refuse(401) : undefined),
    failure: () => refuseAsKeycloak(500, 'Internal Server Error', ''),
    answer: ({ body }) => {
      const fields = new URLSearchParams(body)
      const whole = required.every((name) => fields.get(name) && fields.getAll(name).length === 1)
      if (!whole || fields.get('grant_type') !== 'client_credentials') return refuse(400)
      const digest = secrets.get(fields.get('client_id') ?? '')
      if (!digest?.matches(fields.get('client_secret') ?? '')) return refuse(401)
      return jsonAnswer(
        200,
        {
          access_token: randomToken(),
          expires_in: config.tokenLifetimeSeconds,
          refresh_expires_in: 0,
          token_type: 'Bearer',
          'not-before-policy': 0,
          scope: 'profile email',
        },
        notStored,
      )
    },
  }
}

/** What Keycloak says before any of its services has seen the request: an object, where SERPRO has an array. */
const refuseAsKeycloak: FrameworkRefusal = (status, error, _description, headers) =>
  jsonAnswer(status, { error: `HTTP ${status} ${error}` }, headers)
