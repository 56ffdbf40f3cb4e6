import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { PscError } from '../../../provider/errors.ts'
import { closeConnections } from '../../../provider/http/connections.ts'
import type { SignIn } from '../../../provider/psc/sign-in/authorization.ts'
import { readCallback } from '../../../provider/psc/sign-in/callback.ts'
import { exchangeCode, type RawGrant } from '../../../provider/psc/sign-in/user-token.ts'
import { begin, callback, noon, redirectUri, request, transport } from './support.ts'
import { type Asked, type Reply, startTokenServer } from '../support/token-server.ts'

const clientSecret = 'not-a-secret-portal'

const accessToken = 'not-a-secret-user-token'

/** The answer of the document's example. */
const good = {
  access_token: accessToken,
  token_type: 'Bearer',
  expires_in: 300,
  scope: 'single_signature',
  authorized_identification_type: 'CPF',
  authorized_identification: '11111111111',
}

interface Outcome {
  readonly grant?: RawGrant
  readonly error?: PscError
  readonly asked: readonly Asked[]
  readonly signIn: SignIn
}

/** One exchange with a server that answers as told, five seconds after the sign-in began. */
async function exchange(reply: Reply, code = 'not-a-secret-code'): Promise<Outcome> {
  const server = await startTokenServer(reply)
  try {
    const signIn = await begin(server.url)
    const answer = readCallback(signIn, withCode(callback(signIn), code))
    try {
      const grant = await exchangeCode(signIn, { clientSecret }, answer, transport(), noon + 5_000)
      return { grant, asked: server.asked, signIn }
    } catch (error) {
      assert.ok(error instanceof PscError, String(error))
      judgeSecrets(error, signIn)
      return { error, asked: server.asked, signIn }
    }
  } finally {
    await server.close()
  }
}

function withCode(address: string, code: string): string {
  return address.replace('not-a-secret-code', code)
}

/** Nothing that is secret is anywhere in an error, not even in its cause. */
function judgeSecrets(error: PscError, { codeVerifier }: SignIn): void {
  const causes: unknown[] = []
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    causes.push(e.message, e.stack, JSON.stringify(e))
  }
  for (const secret of [clientSecret, accessToken, codeVerifier, 'not-a-secret-code']) {
    assert.ok(!causes.join('\n').includes(secret), `${secret} is in the error`)
  }
}

after(() => closeConnections())

describe('the exchange of a code', () => {
  it('The exchange of a code sends the six documented fields, form-encoded, and nothing else', async () => {
    const { asked, signIn } = await exchange({ body: good })
    const [sent, ...more] = asked
    assert.deepEqual(more, [])
    assert.equal(`${String(sent?.method)} ${String(sent?.url)}`, 'POST /psc/v0/oauth/token')
    assert.equal(sent?.headers['content-type'], 'application/x-www-form-urlencoded')
    assert.equal(sent.headers.authorization, undefined)
    assert.deepEqual([...new URLSearchParams(sent.body)].toSorted(), [
      ['client_id', request.clientId],
      ['client_secret', clientSecret],
      ['code', 'not-a-secret-code'],
      ['code_verifier', signIn.codeVerifier],
      ['grant_type', 'authorization_code'],
      ['redirect_uri', redirectUri],
    ])
  })

  it('The exchange of a code returns the grant and no token', async () => {
    const { grant } = await exchange({ body: good })
    assert.deepEqual(grant, {
      scope: 'single_signature',
      expiresIn: 300,
      identificationType: 'CPF',
      identification: '11111111111',
    })
  })

  it('The exchange of a code accepts an incomplete grant, which is judged later', async () => {
    const { grant } = await exchange({ body: { access_token: 'x', token_type: 'bearer' } })
    assert.deepEqual(Object.values(grant ?? { none: 1 }), [
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('The exchange of a code reads JSON under any media type', async () => {
    const headers = { 'content-type': 'text/plain' }
    const { grant } = await exchange({ body: JSON.stringify(good), headers })
    assert.equal(grant?.scope, 'single_signature')
  })

  it('The exchange of a code ignores an id_token', async () => {
    for (const id_token of ['x', 1, null]) {
      const { grant } = await exchange({ body: { ...good, id_token } })
      assert.equal(grant?.scope, 'single_signature')
    }
  })

  it('The exchange of a code reads the scope null as no scope', async () => {
    const { grant, error } = await exchange({ body: { ...good, scope: null } })
    assert.deepEqual([grant?.scope, grant?.expiresIn, error], [undefined, 300, undefined])
  })

  it('The exchange of a code does not read a string as a number', async () => {
    const { grant } = await exchange({ body: { ...good, expires_in: '300' } })
    assert.equal(grant?.expiresIn, '300')
  })
})

describe('a successful answer is refused', () => {
  for (const [why, reply, words] of [
    ['without a token', { body: { ...good, access_token: undefined } }, /access_token/],
    ['with a token that is no text', { body: { ...good, access_token: 1 } }, /access_token/],
    ['with an empty token', { body: { ...good, access_token: '' } }, /access_token/],
    [
      'with a token that has a line break',
      { body: { ...good, access_token: 'a\r\nb' } },
      /access_token/,
    ],
    ['without a token type', { body: { ...good, token_type: undefined } }, /token_type/],
    ['with another token type', { body: { ...good, token_type: 'mac' } }, /token_type/],
    ['with a DPoP token', { body: { ...good, token_type: 'DPoP' } }, /token_type/],
    ['with a lifetime that is no number', { body: { ...good, expires_in: 'soon' } }, /expires_in/],
    ['with a negative lifetime', { body: { ...good, expires_in: -1 } }, /expires_in/],
    ['with a scope that is no text', { body: { ...good, scope: [] } }, /its scope is/],
    ['as an array', { body: [good] }, /200/],
    ['as null', { body: 'null', headers: { 'content-type': 'application/json' } }, /200/],
    [
      'as HTML',
      { body: '<h1>OK</h1>', headers: { 'content-type': 'text/html' } },
      /not JSON \(text\/html\)/,
    ],
    ['with more than 1 MiB', { body: { ...good, more: 'x'.repeat(2 ** 20) } }, /more than 1 MiB/],
    ['empty', { body: '' }, /an empty body/],
    [
      'cut off',
      { body: '{"access_token":"a', headers: { 'content-type': 'application/json' } },
      /not JSON/,
    ],
    [
      'with the token in a field that is shown',
      { body: { ...good, scope: accessToken } },
      /repeats a secret/,
    ],
    [
      'with the client secret in a field that is shown',
      { body: { ...good, authorized_identification_type: clientSecret } },
      /repeats a secret/,
    ],
  ] as const) {
    it(`A successful response of POST /token is refused: ${why}`, async () => {
      const { error, asked } = await exchange(reply)
      assert.equal(error?.code, 'ERR_PSC_UNEXPECTED_ANSWER')
      assert.match(error.message, words)
      assert.match(error.message, /^\[POST\] "http:.*\/psc\/v0\/oauth\/token": 200, but /)
      assert.equal(asked.length, 1)
    })
  }
})

describe('a refusal', () => {
  const refusal = (error: string, status = 400, description = 'Detalhe'): Reply => ({
    status,
    body: { error, error_description: description, error_uri: 'https://servicos.serpro.gov.br/' },
  })

  for (const [error, status, words] of [
    ['invalid_request', 400, /a required parameter is missing, or one has more than one value/],
    [
      'unsupported_grant_type',
      400,
      /the grant_type, which was authorization_code, is not accepted/,
    ],
    [
      'invalid_client',
      401,
      /knows no application with this client_id, or its client_secret is another/,
    ],
    ['unauthorized_client', 401, /refuses the client_secret, or does not let this client/],
    ['invalid_client', 400, /knows no application with this client_id/],
    ['invalid_grant', 400, /already, most likely by the application at portal\.exemplo\.gov\.br/],
  ] as const) {
    it(`The refusal ${error} with status ${status} is explained by its documented causes`, async () => {
      const outcome = await exchange(refusal(error, status))
      assert.equal(outcome.error?.code, 'ERR_PSC_REFUSED')
      assert.equal(outcome.error.pscCode, error)
      assert.ok(outcome.error.message.includes(`${status} ${error} (Detalhe). `))
      assert.match(outcome.error.message, words)
      assert.equal(outcome.asked.length, 1)
    })
  }

  it('A refusal with status 400 and no code may mean wrong credentials', async () => {
    const { error } = await exchange({ status: 400, body: '<h1>Erro</h1>' })
    assert.match(String(error?.message), /: 400, .*check clientId and what clientSecret refers to/)
  })

  it('The message about invalid_grant names the causes that remain and the age of the sign-in', async () => {
    const { error } = await exchange(refusal('invalid_grant'))
    assert.match(String(error?.message), /redirect_uri and the code_verifier are not the cause/)
    assert.match(String(error?.message), /began 5 seconds ago/)
  })

  it('A refusal with a WWW-Authenticate header, which RFC 6749 asks for with a 401, is understood', async () => {
    const reply = {
      ...refusal('invalid_client', 401),
      headers: { 'www-authenticate': 'Basic realm="x"' },
    }
    assert.match(String((await exchange(reply)).error?.message), /401 invalid_client/)
  })

  it('A refusal in a body without the media type of JSON is understood', async () => {
    const reply = { ...refusal('invalid_grant'), headers: { 'content-type': 'text/plain' } }
    assert.equal((await exchange(reply)).error?.pscCode, 'invalid_grant')
  })

  it('A refusal does not repeat what was sent', async () => {
    const { error } = await exchange(
      refusal('invalid_grant', 400, `code not-a-secret-code, secret ${clientSecret}`),
    )
    assert.match(String(error?.message), /invalid_grant \(\[hidden: repeats a secret\]\)/)
  })
})

describe('a code is sent once only', () => {
  for (const [when, reply] of [
    ['server_error', { status: 500, body: { error: 'server_error', error_description: 'x' } }],
    ['the server is not available', { status: 503, headers: { 'retry-after': '0' }, body: '' }],
    ['a gateway answers', { status: 502, body: '<h1>Bad Gateway</h1>' }],
    ['there are too many requests', { status: 429, body: '' }],
    ['the connection is dropped', { body: '', drop: true }],
  ] as const) {
    it(`A code is sent only once when ${when}`, async () => {
      const { error, asked } = await exchange(reply)
      assert.equal(asked.length, 1)
      assert.equal(error?.code, 'ERR_PSC_UNAVAILABLE')
      assert.match(
        error.message,
        /A code is sent only once, and the PSC may have taken it: begin again/,
      )
    })
  }

  it('A code is sent only once when the PSC redirects, and never to another place', async () => {
    const elsewhere = await startTokenServer({ body: good })
    const location = { location: `${elsewhere.url}/token` }
    const { error, asked } = await exchange({ status: 307, headers: location, body: '' })
    await elsewhere.close()
    assert.equal(asked.length, 1)
    assert.deepEqual(elsewhere.asked, [])
    assert.match(String(error?.message), /307.*Redirects are not followed/)
  })
})

describe('a refusal that names the holder', () => {
  it('A refusal that names the holder shows only the middle digits', async () => {
    const error_description = 'CPF 123.456.789-09 (12345678909)'
    const { error } = await exchange({
      status: 400,
      body: { error: 'invalid_grant', error_description },
    })
    assert.match(String(error?.message), /\(CPF \*{3}\.456\.789-\*\* \(\*{3}\.456\.789-\*\*\)/)
    assert.doesNotMatch(String(error?.message), /123/)
  })
})

describe('a secret that is a single letter', () => {
  const body = { error: 'invalid_grant', error_description: 'a' }

  it('A secret of one letter leaves a documented code and its remedy as they are', async () => {
    const { error } = await exchange({ status: 400, body }, 'a')
    assert.equal(error?.pscCode, 'invalid_grant')
    assert.match(
      error.message,
      /400 invalid_grant \(\[hidden: repeats a secret\]\)\. The redirect_uri/,
    )
  })

  it('A secret of one letter hides an undocumented code', async () => {
    const { error } = await exchange({ status: 400, body: { ...body, error: 'x_a' } }, 'a')
    assert.equal(error?.pscCode, '[hidden: repeats a secret]')
  })

  it('A secret of one letter does not hide a documented scope', async () => {
    const { grant } = await exchange({ body: good }, 'a')
    assert.equal(grant?.scope, 'single_signature')
  })
})
