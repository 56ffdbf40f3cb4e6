import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { CallbackError } from '../../../provider/errors.ts'
import type { SignIn } from '../../../provider/psc/sign-in/authorization.ts'
import { readCallback } from '../../../provider/psc/sign-in/callback.ts'
import { begin, callback } from './support.ts'

const url = 'https://psc.exemplo.br'

const code = 'not-a-secret-code'

/** Why an address was refused; no message may hold a code. */
function refusal(signIn: SignIn, address: string): CallbackError {
  try {
    readCallback(signIn, address)
  } catch (error) {
    assert.ok(error instanceof CallbackError)
    assert.ok(!error.message.includes(code), error.message)
    return error
  }
  assert.fail('it was accepted')
}

describe('the address that the browser ended on', () => {
  let signIn: SignIn
  before(async () => {
    signIn = await begin(url)
  })

  it('A callback URL gives the code for the exchange', () => {
    assert.equal(readCallback(signIn, callback(signIn)).get('code'), code)
  })

  for (const [how, wrap] of [
    ['spaces and a line break', (text: string) => `  ${text}\r\n`],
    ['quotes', (text: string) => `'${text}'`],
    ['double quotes', (text: string) => `"${text}"`],
    ['angle brackets', (text: string) => `<${text}>`],
    ['a fragment', (text: string) => `${text}#top`],
    ['an upper-case host', (text: string) => text.replace('portal.exemplo', 'PORTAL.Exemplo')],
    ['the default port', (text: string) => text.replace('.br/', '.br:443/')],
  ] as const) {
    it(`A callback URL is accepted with ${how}`, () => {
      assert.equal(readCallback(signIn, wrap(callback(signIn))).get('code'), code)
    })
  }

  it('The parameters of a callback URL may have any order and others beside them', () => {
    const address = `${signIn.redirectUri}?novo=1&state=${signIn.state}&code=${code}`
    assert.equal(readCallback(signIn, address).get('code'), code)
  })

  for (const [what, address, words] of [
    ['no address', () => 'not an address', /is not an address/],
    ['nothing', () => '', /is not an address/],
    ['the code alone', () => code, /is not an address/],
    [
      'an address without a scheme',
      () => 'portal.exemplo.gov.br/callback?code=1',
      /is not an address/,
    ],
    ['the authorize page', (s: SignIn) => s.authorizeUrl, /the page of the PSC itself/],
    [
      'another host',
      (s: SignIn) => callback(s).replace('portal', 'portaI'),
      /portai\.exemplo\.gov\.br, .*end at https:\/\/portal\.exemplo/,
    ],
    [
      'a host that only begins alike',
      (s: SignIn) => callback(s).replace('.br/', '.br.evil.example/'),
      /gov\.br\.evil\.example/,
    ],
    [
      'a user name that looks like the host',
      (s: SignIn) =>
        callback(s).replace('https://', 'https://portal.exemplo.gov.br@evil.example/#'),
      /evil\.example/,
    ],
    ['another port', (s: SignIn) => callback(s).replace('.br/', '.br:8443/'), /:8443/],
    ['http', (s: SignIn) => callback(s).replace('https:', 'http:'), /at http:\/\/portal/],
    [
      'another path',
      (s: SignIn) => callback(s).replace('/callback', '/'),
      /another address at portal/,
    ],
    ['no state', (s: SignIn) => callback(s).replace(/&state=.*/, ''), /has no state/],
    [
      'another state',
      (s: SignIn) => callback(s).replace('state=', 'state=x'),
      /belongs to another sign-in/,
    ],
    [
      'an empty state',
      (s: SignIn) => callback(s).replace(/state=.*/, 'state='),
      /has no state|another sign-in/,
    ],
    ['two states', (s: SignIn) => callback(s, {}) + `&state=${s.state}`, /state more than once/],
    ['two codes', (s: SignIn) => callback(s) + '&code=2', /code more than once/],
    ['no code', (s: SignIn) => callback(s).replace(/code=[^&]*&/, ''), /has no code/],
    ['an empty code', (s: SignIn) => callback(s).replace(/code=[^&]*/, 'code='), /has no code/],
    ['an implicit answer', (s: SignIn) => callback(s, { id_token: 'x' }), /no authorization code/],
  ] as const) {
    it(`A callback URL is refused and may be given again: ${what}`, () => {
      const error = refusal(signIn, address(signIn))
      assert.match(error.message, words)
      assert.equal(error.final, false)
    })
  }

  for (const [error, words] of [
    ['access_denied', /The holder or the PSC refused/],
    ['user_denied', /The holder refused/],
    ['invalid_request', /tell its support/],
    ['unauthorized_client', /ask its support/],
    ['unsupported_response_type', /base URL/],
    ['invalid_scope', /--scope/],
    ['server_error', /Begin again/],
    ['temporarily_unavailable', /later/],
    ['algo_novo', /No document describes/],
  ] as const) {
    it(`The error ${error} in a callback URL ends the sign-in with its own message`, () => {
      const address = `${signIn.redirectUri}?error=${error}&error_description=N%C3%A3o&state=${signIn.state}`
      const refused = refusal(signIn, address)
      assert.equal(refused.final, true)
      assert.equal(refused.pscCode, error)
      assert.ok(refused.message.includes(`${error} (Não)`), refused.message)
      assert.match(refused.message, words)
      const shown = error === 'algo_novo' ? 'ERR_PSC_CALLBACK' : error
      assert.ok(refused.message.endsWith(`[${shown}]`), refused.message)
    })
  }

  it('Only the middle digits of a holder in a callback URL are shown', () => {
    const words = encodeURIComponent('CPF 123.456.789-09, CNPJ 11222333000181')
    const address = `${signIn.redirectUri}?error=access_denied&error_description=${words}&state=${signIn.state}`
    const { message } = refusal(signIn, address)
    assert.ok(message.includes('(CPF ***.456.789-**, CNPJ **.222.333/****-**)'), message)
  })

  it('An error of another sign-in is not reported', () => {
    const address = `${signIn.redirectUri}?error=access_denied&state=another`
    const refused = refusal(signIn, address)
    assert.equal(refused.final, false)
    assert.match(refused.message, /another sign-in/)
  })

  it('No control character of a callback URL reaches the terminal', () => {
    const address = `${signIn.redirectUri}?error=%1B%5B31mx%07&error_description=%E2%80%AEy&state=${signIn.state}`
    assert.doesNotMatch(refusal(signIn, address).message, /[\u0000-\u001F\u202E]/)
  })
})

describe('an error whose address is odd', () => {
  for (const [what, oddly] of [
    ['no state', () => ''],
    ['iss more than once', ({ state }: SignIn) => `&state=${state}&iss=https://a&iss=https://b`],
    ['state more than once', ({ state }: SignIn) => `&state=${state}&state=${state}`],
  ] as const) {
    it(`An error is reported although its address has ${what}`, async () => {
      const signIn = await begin(url)
      const error = refusal(signIn, `${signIn.redirectUri}?error=access_denied${oddly(signIn)}`)
      assert.equal(error.pscCode, 'access_denied')
      assert.ok(error.message.includes(what), error.message)
      assert.equal(error.final, true)
    })
  }

  it('A request without a hint that a PSC refuses leads to --login-hint', async () => {
    const refused = async (loginHint?: string) => {
      const signIn = await begin(url, { loginHint })
      const address = `${signIn.redirectUri}?error=invalid_request&state=${signIn.state}`
      return refusal(signIn, address).message
    }
    assert.match(await refused(), /--login-hint/)
    assert.doesNotMatch(await refused('11111111111'), /--login-hint/)
  })
})

describe('the issuer in a callback URL (RFC 9207)', () => {
  const realm = `${url}/realms/sp`

  it('An issuer at the origin of the endpoints is accepted where the issuer is unknown', async () => {
    const signIn = await begin(url)
    assert.equal(readCallback(signIn, callback(signIn, { iss: realm })).get('code'), code)
  })

  it('The issuer of the profile is accepted, also at another origin', async () => {
    const iss = 'https://contas.exemplo.br'
    const signIn = { ...(await begin(url)), issuer: iss }
    assert.equal(readCallback(signIn, callback(signIn, { iss })).get('code'), code)
  })

  for (const [name, issuer, iss] of [
    ['at another origin', undefined, 'https://evil.example'],
    ['that is no address', undefined, 'psc'],
    ['that only begins like the origin', undefined, `${url}.evil.example`],
    ['that is not the one of the profile', realm, `${url}/realms/outro`],
    ['that differs from the profile in a slash', realm, `${realm}/`],
  ] as const) {
    it(`A code is not used with an issuer ${name}`, async () => {
      const signIn = { ...(await begin(url)), issuer }
      const error = refusal(signIn, callback(signIn, { iss }))
      assert.ok(error.message.includes(`the issuer ${iss} (iss)`), error.message)
      assert.equal(error.final, true)
    })
  }

  it('The error of a server is reported, whichever issuer it names', async () => {
    const signIn = await begin(url)
    const address = `${signIn.redirectUri}?error=access_denied&state=${signIn.state}&iss=https://evil.example`
    assert.equal(refusal(signIn, address).pscCode, 'access_denied')
  })
})

describe('a redirect URI with a query', () => {
  const own = { redirectUri: 'https://portal.exemplo.gov.br/cb?app=1&app=2' }

  it('A redirect URI with a query comes back with it', async () => {
    const signIn = await begin(url, own)
    assert.equal(readCallback(signIn, callback(signIn)).get('code'), code)
  })

  it('A redirect URI without its query is another address', async () => {
    const signIn = await begin(url, own)
    const address = callback(signIn).replace('app=2', 'app=3')
    assert.match(refusal(signIn, address).message, /another address/)
  })
})
