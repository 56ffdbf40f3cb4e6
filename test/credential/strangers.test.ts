import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authenticate } from '../../provider/psc/requests/client-authentication.ts'
import { motorRce, openProvider, portal, registered, useProvider } from '../support/fixture.ts'
import { declare, tokenPath } from './support.ts'

const realm = '/realms/motor-rce'

describe('a credential at a server that takes a Basic header alone', () => {
  const fixture = useProvider('TokenCredential', {
    motorRce: { behaviour: { clientAuthentication: 'basic' }, clients: [motorRce] },
    pscs: {
      neoid: { behaviour: { clientAuthentication: 'basic' }, clients: [registered(portal)] },
    },
  })
  const declared = (change: object = {}) => ({ ...declare(fixture), ...change })

  it('A credential with clientAuthentication basic sends its secret in the header alone', async () => {
    const { outs } = await fixture.provider.create(declared({ clientAuthentication: 'basic' }))
    assert.equal(outs?.tokenType, 'Bearer')
    const [request, ...more] = fixture.emulator.requests.list()
    assert.deepEqual(more, [])
    assert.deepEqual(request?.body, { grant_type: 'client_credentials' })
  })

  it('A credential in the body is told to use a Basic header', async () => {
    const { failures = [] } = await fixture.provider.check({}, declared())
    const [failure, ...others] = failures
    assert.deepEqual(others, [])
    assert.match(String(failure?.reason), /401.*Set clientAuthentication: basic/)
  })

  it('A wrong secret in a Basic header is no reason to use a Basic header', async () => {
    const wrong = declared({ clientAuthentication: 'basic', clientSecret: 'not-a-secret-old' })
    const { failures = [] } = await fixture.provider.check({}, wrong)
    assert.match(String(failures[0]?.reason), /401/)
    assert.doesNotMatch(String(failures[0]?.reason), /clientAuthentication|not-a-secret/)
  })

  it('The client of a PSC whose profile says basic is written', async () => {
    const clients = await openProvider('PscClient', fixture.config)
    const psc = { extends: 'neoid', clientAuthentication: 'basic' }
    await clients.create({ ...portal, psc })
    assert.equal(fixture.emulator.registered('neoid', portal.clientId)?.name, portal.name)
  })

  it('An unknown way to authenticate is refused', async () => {
    const { failures = [] } = await fixture.provider.check(
      {},
      declared({ clientAuthentication: 'jwt' }),
    )
    assert.match(
      String(failures[0]?.reason),
      /^clientAuthentication: .*body, basic.*\[ERR_PSC_CHOICE\]$/,
    )
  })
})

it('A Basic header has the id and the secret in the form of a form, joined by a colon', () => {
  // RFC 6749, section 2.3.1 and appendix B.
  const { headers, fields } = authenticate('basic', { clientId: 'a:b', clientSecret: 'ç+ %' })
  const [scheme, text = ''] = String(headers.authorization).split(' ')
  assert.equal(scheme, 'Basic')
  assert.equal(Buffer.from(text, 'base64').toString(), 'a%3Ab:%C3%A7%2B+%25')
  assert.deepEqual(fields, {})
})

describe('an issuer that is not a token endpoint', () => {
  const fixture = useProvider('TokenCredential', {
    motorRce: { behaviour: { issuer: 'base-url' }, clients: [motorRce] },
  })
  const reasons = async (issuer: string) => {
    const { failures = [] } = await fixture.provider.check({}, { issuer, ...motorRce })
    return failures.map(({ reason }) => reason)
  }
  const endpoint = () => `Give "${fixture.emulator.url}${tokenPath}".`

  for (const document of [
    `${realm}/.well-known/openid-configuration`,
    `/.well-known/oauth-authorization-server${realm}`,
  ]) {
    it(`The discovery document ${document} is recognised, gets no secret, and names the endpoint`, async () => {
      const [reason, ...others] = await reasons(fixture.emulator.url + document)
      assert.deepEqual(others, [])
      assert.match(String(reason), /^issuer: .*discovery document.*\[ERR_PSC_ISSUER\]$/)
      assert.ok(reason?.includes(endpoint()), reason)
      assert.deepEqual(fixture.requests(), ['metadata 200'])
    })
  }

  for (const slash of ['', '/']) {
    it(`An issuer ${slash === '' ? 'without' : 'with'} a final slash is recognised and its endpoint named`, async () => {
      const [reason] = await reasons(fixture.emulator.url + realm + slash)
      assert.ok(reason?.includes(endpoint()), reason)
    })
  }

  it('A discovery document that nobody serves is recognised all the same', async () => {
    const [reason] = await reasons(`${fixture.emulator.url}/x/.well-known/openid-configuration`)
    assert.match(String(reason), /discovery document.*token_endpoint/)
  })

  it('Two credentials with one token URL and different issuers each get their own advice', async () => {
    const wrong = { ...motorRce, clientSecret: 'not-a-secret-old' }
    const issuers = [
      { issuer: 'motor-rce', authBaseUrl: fixture.emulator.url },
      { issuer: fixture.emulator.url + tokenPath },
    ]
    const [ofMotor, ofUrl] = await Promise.all(
      issuers.map(async (issuer) => {
        const { failures = [] } = await fixture.provider.check({}, { ...issuer, ...wrong })
        return String(failures[0]?.reason)
      }),
    )
    assert.match(String(ofMotor), /Motor RCE/)
    assert.doesNotMatch(String(ofUrl), /Motor RCE/)
  })
})
