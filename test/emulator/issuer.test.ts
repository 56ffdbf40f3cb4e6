import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EmulatorConfig } from '../../emulator/index.ts'
import * as oauth from 'oauth4webapi'
import { authorizeUrl } from './sign-in.ts'
import { ask, config, field, portalClient, withEmulator } from './support.ts'

const withIssuer = (issuer: string): EmulatorConfig => ({
  pscs: { neoid: { behaviour: { issuer }, clients: [portalClient] } },
  motorRce: { behaviour: { issuer } },
})

describe('the issuer of a PSC', () => {
  /** RFC 9207, section 2: responses with an error have `iss` too. */
  for (const [situation, change, choice, parameter] of [
    ['an authorization', {}, {}, 'code'],
    ['a refusal', {}, { refuse: true }, 'error'],
    ['a wrong request', { scope: 'unknown' }, {}, 'error'],
  ] as const) {
    test(`The response to ${situation} has iss where the PSC has an issuer, and not elsewhere`, async () => {
      const parametersOf = async (settings: EmulatorConfig): Promise<URLSearchParams> => {
        let parameters = new URLSearchParams()
        await withEmulator(
          ({ authorize, baseUrls }) => {
            const location = authorize(authorizeUrl(baseUrls.neoid, change), choice)
            parameters = new URL(location ?? '').searchParams
            return Promise.resolve()
          },
          { config: settings },
        )
        return parameters
      }
      const issued = await parametersOf(withIssuer('https://psc.exemplo.com/issuer'))
      assert.equal(issued.get('iss'), 'https://psc.exemplo.com/issuer')
      assert.ok(issued.has(parameter) && issued.has('state'))
      assert.equal((await parametersOf(config)).get('iss'), null)
    })
  }

  test('The issuer base-url is the base URL, and oauth4webapi accepts its metadata and its response', () =>
    withEmulator(
      async ({ authorize, baseUrls }) => {
        const issuer = new URL(baseUrls.neoid)
        for (const algorithm of ['oidc', 'oauth2'] as const) {
          const response = await oauth.discoveryRequest(issuer, {
            algorithm,
            // eslint-disable-next-line @typescript-eslint/no-deprecated -- the emulator is on loopback
            [oauth.allowInsecureRequests]: true,
          })
          const server = await oauth.processDiscoveryResponse(issuer, response)
          assert.equal(server.token_endpoint, `${baseUrls.neoid}/token`)
          assert.equal(server.authorization_endpoint, `${baseUrls.neoid}/authorize`)
          const location = new URL(authorize(authorizeUrl(baseUrls.neoid)) ?? '')
          const client = { client_id: 'portal' }
          const parameters = oauth.validateAuthResponse(server, client, location, 'x')
          assert.ok(parameters.has('code'))
          location.searchParams.delete('iss')
          assert.throws(() => oauth.validateAuthResponse(server, client, location, 'x'))
        }
      },
      { config: withIssuer('base-url') },
    ))

  /** RFC 8414, section 3.1 inserts its name before the path; OpenID Connect Discovery 1.0, section 4 appends its own. */
  test('Metadata is served at the path of the issuer, and nowhere without one', () =>
    withEmulator(
      async ({ url, baseUrls }) => {
        for (const path of [
          '/tenant/.well-known/openid-configuration',
          '/.well-known/oauth-authorization-server/tenant',
        ]) {
          const seen = await ask(url + path)
          assert.equal(seen.status, 200, path)
          assert.equal(field(seen.body, 'issuer'), 'https://psc.exemplo.com/tenant')
          assert.equal(field(seen.body, 'token_endpoint'), `${baseUrls.neoid}/token`)
        }
        for (const base of [baseUrls.neoid, baseUrls.serproid, url]) {
          assert.equal((await ask(`${base}/.well-known/openid-configuration`)).status, 404)
        }
      },
      { config: withIssuer('https://psc.exemplo.com/tenant') },
    ))

  test("Motor RCE's metadata names its token endpoint", () =>
    withEmulator(
      async ({ url }) => {
        const realm = `${url}/realms/motor-rce`
        const { body } = await ask(`${realm}/.well-known/openid-configuration`)
        assert.equal(field(body, 'issuer'), realm)
        assert.equal(field(body, 'token_endpoint'), `${realm}/protocol/openid-connect/token`)
      },
      { config: { motorRce: { behaviour: { issuer: 'base-url' } } } },
    ))
})
