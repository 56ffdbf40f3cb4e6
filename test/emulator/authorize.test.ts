import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { authorizeUrl, exchangeFields } from './sign-in.ts'
import { ask, field, manualClock, maintain, obtainToken, portalClient } from './support.ts'
import { postForm, withEmulator } from './support.ts'
import type { Seen } from './support.ts'

const callback = 'https://portal.exemplo.gov.br/callback'

/** What the page's form would send. */
function formOf({ text }: Seen): Record<string, string> {
  const hidden = text.matchAll(/<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)
  return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]))
}

const locationOf = ({ headers }: Seen): URL => new URL(headers.get('location') ?? '')

function parametersOf(seen: Seen): Record<string, string> {
  return Object.fromEntries(locationOf(seen).searchParams)
}

describe('GET /authorize', () => {
  test('GET /authorize shows a page that runs nothing, loads nothing and is not cached', () =>
    withEmulator(async ({ baseUrls }) => {
      const seen = await ask(authorizeUrl(baseUrls.neoid))
      assert.equal(seen.status, 200)
      assert.match(seen.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/i)
      assert.equal(seen.headers.get('cache-control'), 'no-store')
      assert.equal(seen.headers.get('referrer-policy'), 'no-referrer')
      assert.match(
        seen.headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' https:\/\/portal\.exemplo\.gov\.br; base-uri 'none'; frame-ancestors 'none'$/,
      )
      assert.match(seen.text, /<html lang="pt-BR">/)
      assert.doesNotMatch(seen.text, /<script|javascript:|\son\w+=|src=|https?:\/\//)
    }))

  test('The page of /authorize escapes the name and the comments of an application', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const name = `<script>alert("1")</script>'&`
      await maintain(baseUrls.neoid, token, { client_id: 'portal', name, comments: '<img src=x>' })
      const { text } = await ask(authorizeUrl(baseUrls.neoid))
      assert.ok(!text.includes('<script') && !text.includes('<img'))
      assert.ok(text.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;'))
    }))

  for (const [situation, change] of [
    ['an unknown application', { client_id: 'ninguem' }],
    ['no application', { client_id: undefined }],
    ['a redirect URI that is not registered', { redirect_uri: 'https://outro.exemplo.com/' }],
    ['a redirect URI that is nearly registered', { redirect_uri: `${callback}/` }],
    ['a redirect URI in another case', { redirect_uri: callback.replace('portal', 'PORTAL') }],
    ['an empty redirect URI', { redirect_uri: '' }],
    [
      "another application's redirect URI",
      { redirect_uri: 'https://agenda.exemplo.gov.br/callback' },
    ],
  ] as const) {
    test(`GET /authorize shows an error page for ${situation}`, () =>
      withEmulator(async ({ baseUrls }) => {
        const seen = await ask(authorizeUrl(baseUrls.neoid, change))
        assert.equal(seen.status, 400)
        assert.equal(seen.headers.get('location'), null)
        assert.match(seen.text, /role="alert"/)
      }))
  }

  test('GET /authorize shows an error page for a repeated redirect_uri or client_id', () =>
    withEmulator(async ({ baseUrls }) => {
      for (const again of ['client_id=portal', `redirect_uri=${encodeURIComponent(callback)}`]) {
        const url = authorizeUrl(baseUrls.neoid, { redirect_uri: callback })
        assert.equal((await ask(`${url}&${again}`)).status, 400)
      }
    }))

  test('GET /authorize shows an error page when the application has no redirect URI', () =>
    withEmulator(async ({ baseUrls }) => {
      const url = authorizeUrl(baseUrls.serproid, { client_id: 'portal-serproid' })
      assert.equal((await ask(url)).status, 400)
    }))

  /** RFC 6749, section 4.1.2.1; RFC 7636, section 4.4.1 */
  for (const [situation, change, error] of [
    ['no response_type', { response_type: undefined }, 'invalid_request'],
    ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
    ['no code_challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a code_challenge that is no digest', { code_challenge: 'abc' }, 'invalid_request'],
    ['no code_challenge_method', { code_challenge_method: undefined }, 'invalid_request'],
    ['the plain method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['an unknown scope', { scope: 'openid' }, 'invalid_scope'],
    ['two scopes', { scope: 'single_signature multi_signature' }, 'invalid_scope'],
  ] as const) {
    test(`GET /authorize redirects with ${error} and the state for ${situation}`, () =>
      withEmulator(async ({ baseUrls }) => {
        const seen = await ask(authorizeUrl(baseUrls.neoid, { ...change, state: 'a b&c=d' }))
        assert.equal(seen.status, 303)
        assert.equal(locationOf(seen).origin + locationOf(seen).pathname, callback)
        const { error_description: description, ...rest } = parametersOf(seen)
        assert.deepEqual(rest, { error, state: 'a b&c=d' })
        assert.match(description ?? '', /./)
      }))
  }

  test('GET /authorize redirects with invalid_request for a repeated parameter', () =>
    withEmulator(async ({ baseUrls }) => {
      const seen = await ask(`${authorizeUrl(baseUrls.neoid)}&scope=single_signature`)
      assert.equal(parametersOf(seen).error, 'invalid_request')
    }))
})

describe('POST /authorize', () => {
  const decide = async (
    baseUrl: string,
    change: Record<string, string | undefined>,
    fields: Record<string, string>,
  ): Promise<Seen> => {
    const page = await ask(authorizeUrl(baseUrl, change))
    return postForm(`${baseUrl}/authorize`, { ...formOf(page), ...fields })
  }
  const agree = { decision: 'authorize', holder: '11111111111' }

  test('POST /authorize redirects to the first registered URI when the request has none', () =>
    withEmulator(async ({ baseUrls }) => {
      const seen = await decide(baseUrls.neoid, {}, agree)
      assert.equal(seen.status, 303)
      assert.equal(locationOf(seen).origin + locationOf(seen).pathname, callback)
      const { code, ...rest } = parametersOf(seen)
      assert.deepEqual(rest, { state: 'x' })
      assert.match(code ?? '', /^[\w-]{43}$/)
    }))

  test('POST /authorize redirects to the URI of the request, and adds no state without one', () =>
    withEmulator(async ({ baseUrls }) => {
      const uri = 'https://portal.exemplo.gov.br/outro'
      const seen = await decide(baseUrls.neoid, { redirect_uri: uri, state: undefined }, agree)
      assert.equal(locationOf(seen).pathname, '/outro')
      assert.deepEqual(Object.keys(parametersOf(seen)), ['code'])
    }))

  test('POST /authorize keeps the query and the characters of a registered URI', () => {
    const uris = [
      'https://PORTAL.exemplo.gov.br:443/a/../b?x=1&x=2',
      'https://portal.exemplo.gov.br/ação?',
    ]
    const clients = [{ ...portalClient, redirectUris: uris }]
    return withEmulator(
      async ({ baseUrls }) => {
        for (const [uri, start] of [
          [uris[0], 'https://PORTAL.exemplo.gov.br:443/a/../b?x=1&x=2&code='],
          [uris[1], 'https://portal.exemplo.gov.br/a%C3%A7%C3%A3o?code='],
        ] as const) {
          const seen = await decide(baseUrls.neoid, { redirect_uri: uri }, agree)
          assert.ok(seen.headers.get('location')?.startsWith(start), start)
        }
      },
      { config: { pscs: { neoid: { clients } } } },
    )
  })

  test('POST /authorize redirects with access_denied when the person refuses', () =>
    withEmulator(async ({ baseUrls }) => {
      const seen = await decide(baseUrls.neoid, {}, { decision: 'refuse' })
      assert.equal(seen.status, 303)
      const { error, state, code } = parametersOf(seen)
      assert.deepEqual([error, state, code], ['access_denied', 'x', undefined])
    }))

  test('POST /authorize takes one decision for each page', () =>
    withEmulator(async ({ baseUrls }) => {
      const page = await ask(authorizeUrl(baseUrls.neoid))
      const fields = { ...formOf(page), ...agree }
      const url = `${baseUrls.neoid}/authorize`
      assert.equal((await postForm(url, fields)).status, 303)
      assert.equal((await postForm(url, fields)).status, 400)
      assert.equal((await postForm(url, { ...fields, decision: 'refuse' })).status, 400)
    }))

  test('POST /authorize names what the person did not choose', () =>
    withEmulator(async ({ baseUrls }) => {
      const page = await ask(authorizeUrl(baseUrls.neoid, { scope: 'signature_session' }))
      const url = `${baseUrls.neoid}/authorize`
      const nobody = await postForm(url, { ...formOf(page), decision: 'authorize' })
      assert.equal(nobody.status, 400)
      assert.match(nobody.text, /role="alert">\s*Escolha o titular/)
      const stranger = { ...formOf(page), ...agree, holder: '99999999999' }
      assert.equal((await postForm(url, stranger)).status, 400)
      const noPeriod = await postForm(url, { ...formOf(page), ...agree })
      assert.match(noPeriod.text, /role="alert">\s*Escolha por quanto tempo/)
      const whole = { ...formOf(page), ...agree, period_cpf: '900', period_cnpj: '3600' }
      assert.equal((await postForm(url, whole)).status, 303)
    }))

  test('POST /authorize uses the period for the type of the holder', () =>
    withEmulator(async ({ baseUrls }) => {
      const fields = { period_cpf: '900', period_cnpj: '2592000', decision: 'authorize' }
      for (const [holder, expected] of [
        ['11111111111', 900],
        ['11222333000181', 2_592_000],
      ] as const) {
        const choice = { ...fields, holder }
        const seen = await decide(baseUrls.neoid, { scope: 'signature_session' }, choice)
        const { code = '' } = parametersOf(seen)
        const token = await postForm(`${baseUrls.neoid}/token`, exchangeFields(code))
        assert.equal(field(token.body, 'expires_in'), expected)
      }
    }))

  test('POST /authorize refuses a page that was open for half an hour', () => {
    const clock = manualClock()
    return withEmulator(
      async ({ baseUrls }) => {
        const page = await ask(authorizeUrl(baseUrls.neoid))
        clock.advance(1800)
        const seen = await postForm(`${baseUrls.neoid}/authorize`, { ...formOf(page), ...agree })
        assert.equal(seen.status, 400)
      },
      { now: clock.now },
    )
  })

  test('POST /authorize refuses a decision without a page', () =>
    withEmulator(async ({ baseUrls }) => {
      for (const fields of [{}, { ...agree, request: 'abc', client_id: 'portal' }]) {
        const seen = await postForm(`${baseUrls.neoid}/authorize`, fields)
        assert.equal(seen.status, 400)
        assert.equal(seen.headers.get('location'), null)
      }
    }))
})

describe('/_emulator/authorizations', () => {
  const post = (url: string, body: unknown): Promise<Seen> =>
    ask(`${url}/_emulator/authorizations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('POST /_emulator/authorizations answers an authorize URL without a browser', () =>
    withEmulator(async ({ url, baseUrls }) => {
      const address = authorizeUrl(baseUrls.neoid)
      const agreed = await post(url, { url: address })
      assert.match(String(field(agreed.body, 'location')), /\?code=[\w-]{43}&state=x$/)
      const refused = await post(url, { url: address, refuse: true })
      assert.match(String(field(refused.body, 'location')), /\?error=access_denied&/)
      const wrong = await post(url, { url: authorizeUrl(baseUrls.neoid, { scope: 'x' }) })
      assert.match(String(field(wrong.body, 'location')), /\?error=invalid_scope&/)
    }))

  test('POST /_emulator/authorizations refuses a URL that ends on a page, and a malformed body', () =>
    withEmulator(async ({ url, baseUrls }) => {
      const untrusted = { url: authorizeUrl(baseUrls.neoid, { client_id: 'ninguem' }) }
      assert.equal((await post(url, untrusted)).status, 422)
      assert.equal((await post(url, { url: `${url}/elsewhere` })).status, 422)
      assert.equal((await post(url, { url: 'x' })).status, 400)
      assert.equal((await post(url, { url, holder: 'x' })).status, 400)
    }))
})
