import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { PscError } from '../../provider/errors.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { resolveIssuer } from '../../provider/psc/issuers.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import type { ClientToken } from '../../provider/psc/requests/client-token.ts'
import { transport } from './sign-in/support.ts'
import { type Asked, type Reply, startTokenServer } from './support/token-server.ts'

const clientSecret = 'not-a-secret & ção=+%'

/** The answer of the document's example. */
const good = {
  access_token: 'eyJhbGciOiJSUzI1N.eyJleHAi.i9neJGoP9EUnwFLxs6uSSB2sh6fXfc',
  expires_in: 7200,
  refresh_expires_in: 0,
  token_type: 'Bearer',
  'not-before-policy': 0,
  scope: 'profile email',
}

interface Outcome {
  readonly token?: ClientToken
  readonly error?: PscError
  readonly asked: readonly Asked[]
}

/** Obtains a token from a server with scripted answers. */
async function obtain(
  reply: Reply | ((asked: Asked) => Reply),
  issuer = 'motor-rce',
): Promise<Outcome> {
  const server = await startTokenServer(reply)
  try {
    const resolved =
      issuer === 'motor-rce'
        ? resolveIssuer(issuer, server.url, resolveProfile)
        : resolveIssuer(server.url + issuer, undefined, resolveProfile)
    const token = await resolved.obtain({ clientId: 'motor-rce', clientSecret }, transport())
    return { token, asked: server.asked }
  } catch (error) {
    assert.ok(error instanceof PscError, String(error))
    for (let e: unknown = error; e instanceof Error; e = e.cause) {
      assert.ok(!JSON.stringify([e.message, e.stack, e]).includes('not-a-secret'), e.message)
      assert.ok(!e.message.includes(good.access_token))
    }
    return { error, asked: server.asked }
  } finally {
    await server.close()
  }
}

after(() => closeConnections())

describe('a token by client credentials', () => {
  it('The token request has the three documented fields, form-encoded, and nothing else', async () => {
    const { asked } = await obtain({ body: good })
    const [sent, ...more] = asked
    assert.deepEqual(more, [])
    assert.equal(sent?.method, 'POST')
    assert.equal(sent.url, '/realms/motor-rce/protocol/openid-connect/token')
    assert.equal(sent.headers['content-type'], 'application/x-www-form-urlencoded')
    assert.equal(sent.headers.authorization, undefined)
    assert.deepEqual([...new URLSearchParams(sent.body)].toSorted(), [
      ['client_id', 'motor-rce'],
      ['client_secret', clientSecret],
      ['grant_type', 'client_credentials'],
    ])
  })

  it('The token of a credential has the values that the document shows', async () => {
    const { token } = await obtain({ body: good })
    assert.deepEqual(token, {
      accessToken: good.access_token,
      tokenType: 'Bearer',
      expiresIn: 7200,
      scope: 'profile email',
    })
  })

  it('The token request goes to an explicit address as it stands, with its final slash', async () => {
    const { asked } = await obtain({ body: good }, '/oauth2/token/')
    assert.equal(asked[0]?.url, '/oauth2/token/')
  })

  for (const [what, change, expected] of [
    ['no scope', { scope: undefined }, { scope: undefined }],
    ['an empty scope', { scope: '' }, { scope: '' }],
    ['no lifetime', { expires_in: undefined }, { expiresIn: undefined }],
    ['a lifetime as text', { expires_in: '7200' }, { expiresIn: 7200 }],
    ['a token type in lower case', { token_type: 'bearer' }, { tokenType: 'Bearer' }],
  ] as const) {
    it(`A token response may have ${what}`, async () => {
      const { token } = await obtain({ body: { ...good, ...change } })
      assert.ok(token)
      for (const [key, value] of Object.entries(expected)) {
        assert.equal(token[key as keyof ClientToken], value)
      }
    })
  }

  for (const [body, pscCode] of [
    [{ error: 'invalid_client' }, 'invalid_client'],
    [{ error: 'credenciais_invalidas' }, 'credenciais_invalidas'],
    [{ status: 'error', message: 'Credenciais inválidas' }, undefined],
  ] as const) {
    it(`A 200 with ${JSON.stringify(body)} is a refusal that names the credentials`, async () => {
      const { error } = await obtain({ body })
      assert.equal(error?.code, 'ERR_PSC_REFUSED')
      assert.equal(error.pscCode, pscCode)
      assert.match(error.message, /clientId/)
      assert.doesNotMatch(error.message, /proxy/)
    })
  }

  for (const [status, body] of [
    [400, ''],
    [401, ''],
    [403, '<h1>Forbidden</h1>'],
    [415, ''],
    [405, { status: 405, error: 'Method Not Allowed' }],
    [500, '<h1>Error</h1>'],
  ] as const) {
    it(`A root that answers a POST with ${status} is recognised by its discovery document`, async () => {
      const endpoint = 'https://idp.exemplo/token'
      const { error } = await obtain(
        ({ method }) =>
          method === 'GET' ? { body: { token_endpoint: endpoint } } : { status, body },
        '/',
      )
      assert.equal(error?.status, status)
      assert.ok(error.message.includes(endpoint), error.message)
    })
  }

  it('A server that gives an error code is not asked for a discovery document', async () => {
    const { asked } = await obtain({ status: 401, body: { error: 'invalid_client' } }, '/token')
    assert.equal(asked.length, 1)
  })

  it('A server that misses something beside a Basic header may read the body alone', async () => {
    const server = await startTokenServer({ status: 400, body: { error: 'invalid_request' } })
    try {
      const issuer = resolveIssuer(server.url, undefined, resolveProfile, 'basic')
      await assert.rejects(issuer.obtain({ clientId: 'c', clientSecret }, transport()), {
        message: /set clientAuthentication: body/,
      })
    } finally {
      await server.close()
    }
  })

  for (const status of [400, 401]) {
    it(`A ${status} with a code that no document lists names the credentials`, async () => {
      const { error } = await obtain({ status, body: { error: 'credenciais_invalidas' } })
      assert.equal(error?.pscCode, 'credenciais_invalidas')
      assert.match(error.message, /check clientId/)
      assert.doesNotMatch(error.message, /proxy/)
    })
  }

  for (const [what, change, words] of [
    ['no token', { access_token: undefined }, /access_token/],
    ['a token with a line break', { access_token: 'a\nb' }, /access_token/],
    ['no token type', { token_type: undefined }, /token_type/],
    ['another token type', { token_type: 'N_A' }, /token_type/],
    ['a DPoP token', { token_type: 'DPoP' }, /token_type/],
    ['a negative lifetime', { expires_in: -1 }, /expires_in/],
    ['a lifetime of nothing', { expires_in: 0 }, /expires_in/],
    ['an absurd lifetime', { expires_in: 1e300 }, /expires_in/],
    ['a scope that is no text', { scope: { a: 1 } }, /scope/],
    ['a scope with control characters', { scope: 'a\u001b[31m' }, /scope/],
    ['the token as its scope', { scope: good.access_token }, /scope repeats a secret/],
  ] as const) {
    it(`A token response with ${what} is refused`, async () => {
      const { error } = await obtain({ body: { ...good, ...change } })
      assert.equal(error?.code, 'ERR_PSC_UNEXPECTED_ANSWER')
      assert.match(error.message, words)
    })
  }

  it('An HTML response, such as a sign-in page, is refused as a token', async () => {
    const reply = { body: '<title>Login</title>', headers: { 'content-type': 'text/html' } }
    assert.match(String((await obtain(reply)).error?.message), /not JSON \(text\/html\)/)
  })
})

describe('an error of Motor RCE', () => {
  const refusal = (status: number, error: string, description: string): Reply => ({
    status,
    body: { error, error_description: description },
  })
  const documented = 'Invalid client or Invalid client credentials'

  for (const [status, error, description, words] of [
    // "Casos de erro": the same body, told apart by the status alone.
    [401, 'unauthorized_client', documented, /The credential is not valid: compare clientSecret/],
    [
      400,
      'unauthorized_client',
      documented,
      /a required field is missing\. The request has all three/,
    ],
    // Keycloak's own.
    [401, 'invalid_client', documented, /no active client with this id: .* disabled/],
    [
      404,
      'Realm does not exist',
      '',
      /There is no realm motor-rce at this address: check authBaseUrl/,
    ],
    [400, 'unsupported_grant_type', 'x', /client_credentials at this address/],
  ] as const) {
    it(`The error ${error} with status ${status} is explained, and the request is not retried`, async () => {
      const outcome = await obtain(refusal(status, error, description))
      assert.equal(outcome.asked.length, 1)
      assert.equal(outcome.error?.code, 'ERR_PSC_REFUSED')
      assert.equal(outcome.error.status, status)
      assert.match(outcome.error.message, words)
    })
  }

  it('Another token endpoint gets its own explanation of an error', async () => {
    const { error } = await obtain(refusal(401, 'invalid_client', 'x'), '/token')
    assert.match(String(error?.message), /The issuer does not accept the client/)
    assert.doesNotMatch(String(error?.message), /Motor RCE/)
  })
})

describe('the token endpoint that a discovery document names', () => {
  /** Obtains a token at the address of an issuer, whose discovery document names this endpoint. */
  const nameEndpoint = async (endpoint: (asked: string) => string) => {
    let secret = ''
    const { error, asked } = await obtain(({ method, body }) => {
      if (method !== 'GET') secret = new URLSearchParams(body).get('client_secret') ?? ''
      if (method !== 'GET') return { status: 404, body: '' }
      return { body: { token_endpoint: endpoint(secret) } }
    }, '/realms/x')
    assert.deepEqual(
      asked.map(({ method }) => method),
      ['POST', 'GET'],
    )
    return String(error?.message)
  }

  it('The error of an issuer names its token endpoint', async () => {
    assert.match(
      await nameEndpoint(() => 'https://idp.exemplo/token'),
      /"https:\/\/idp\.exemplo\/token"/,
    )
  })

  for (const [how, encode] of [
    ['in a path', encodeURIComponent],
    ['in base64', (text: string) => Buffer.from(text).toString('base64url')],
  ] as const) {
    it(`An endpoint that repeats the secret ${how} is not shown`, async () => {
      const message = await nameEndpoint((secret) => `https://idp.exemplo/${encode(secret)}`)
      assert.match(message, /404/)
      assert.doesNotMatch(message, /idp\.exemplo/)
    })
  }

  it('An endpoint of more than 300 characters is not shown', async () => {
    const message = await nameEndpoint(() => `https://idp.exemplo/${'x'.repeat(300)}`)
    assert.doesNotMatch(message, /idp\.exemplo/)
  })
})
