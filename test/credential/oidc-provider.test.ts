import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type OidcProvider, startOidcProvider } from '../support/oidc-provider.ts'
import { openProvider } from '../support/fixture.ts'

const secret = 'not-a-secret-motor'

describe('a credential at oidc-provider, which others have written', () => {
  let server: OidcProvider
  before(async () => {
    const client = (client_id: string, method: 'client_secret_post' | 'client_secret_basic') => ({
      client_id,
      client_secret: secret,
      token_endpoint_auth_method: method,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })
    server = await startOidcProvider({
      clients: [client('corpo', 'client_secret_post'), client('basico', 'client_secret_basic')],
      features: { clientCredentials: { enabled: true } },
    })
  })
  after(() => {
    server.close()
  })
  const refusal = async (change: object): Promise<string | undefined> => {
    const provider = await openProvider('TokenCredential', {})
    const declared = { issuer: `${server.issuer}/token`, clientSecret: secret, ...change }
    const { failures = [] } = await provider.check({}, declared)
    return failures.map(({ reason }) => reason).join('\n') || undefined
  }
  const basic = { clientId: 'basico', clientAuthentication: 'basic' }

  it('A right secret is verified, in the body and in a Basic header', async () => {
    assert.equal(await refusal({ clientId: 'corpo' }), undefined)
    assert.equal(await refusal(basic), undefined)
  })

  it('A wrong secret is refused, in the body and in a Basic header', async () => {
    const wrong = { clientSecret: 'not-a-secret-wrong' }
    const words = /401 invalid_client .*check clientId and what clientSecret refers to/
    assert.match(String(await refusal({ clientId: 'corpo', ...wrong })), words)
    assert.match(String(await refusal({ ...basic, ...wrong })), words)
  })

  it('An unknown client is refused', async () => {
    assert.match(String(await refusal({ clientId: 'ninguem' })), /401 invalid_client/)
  })

  it('The root of the server as issuer is answered with its token endpoint', async () => {
    const reason = String(await refusal({ clientId: 'corpo', issuer: server.issuer }))
    assert.ok(reason.includes(`${server.issuer}/token`), reason)
  })
})
