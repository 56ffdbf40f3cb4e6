import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EmulatorConfig } from '../../emulator/index.ts'
import type { ConfigurableBehaviour } from '../../emulator/psc/behaviour.ts'
import { authorizeUrl, exchangeFields } from './sign-in.ts'
import { ask, config, field, portalClient, postForm, type Seen, withEmulator } from './support.ts'

const registered = 'https://portal.exemplo.gov.br/callback'
const unregistered = 'https://portal.exemplo.gov.br/not-registered'

/** A request that is wrong on purpose: every checked server redirects it to a registered URI, without a page and a cookie. */
const probe = {
  prompt: 'none',
  code_challenge_method: 'unknown',
  scope: 'unknown',
  state: 'state-of-the-probe',
}

type Family = ConfigurableBehaviour['authorizeErrors']

const configOf = (authorizeErrors: Family): EmulatorConfig => ({
  pscs: { neoid: { behaviour: { authorizeErrors }, clients: [portalClient] } },
})

/** Describes an answer as the table of servers does: where it leads, and whether the application learns the error. */
function outcomeOf(seen: Seen): string {
  const location = seen.headers.get('location')
  if (location === null) return `page ${seen.status}`
  const url = new URL(location, 'http://psc.invalid')
  if (location.startsWith(registered)) {
    return url.searchParams.has('error') && url.searchParams.get('state') === probe.state
      ? 'application'
      : 'application, without error and state'
  }
  return `${seen.status} ${url.pathname.replace('/psc/v0/oauth', '')}`
}

/** What each family answers to the probe. @see RFC 6749, section 4.1.2.1 for the first row */
const families: readonly (readonly [
  Family,
  Readonly<Record<'registered' | 'unregistered' | 'unknown client', string>>,
])[] = [
  [
    'redirects',
    { registered: 'application', unregistered: 'page 400', 'unknown client': 'page 400' },
  ],
  ['pages', { registered: 'page 400', unregistered: 'page 400', 'unknown client': 'page 400' }],
  [
    'error-redirect',
    { registered: 'application', unregistered: '302 /error', 'unknown client': '302 /error' },
  ],
  [
    'login-first',
    { registered: '302 /login', unregistered: '302 /login', 'unknown client': '302 /login' },
  ],
]

describe('authorize answers a wrong request', () => {
  for (const [family, expected] of families) {
    test(`A PSC of the family "${family}" answers a wrong request as its servers do`, () =>
      withEmulator(
        async ({ baseUrls }) => {
          const answerTo = async (change: Record<string, string>): Promise<string> =>
            outcomeOf(await ask(authorizeUrl(baseUrls.neoid, { ...probe, ...change })))
          assert.deepEqual(
            {
              registered: await answerTo({ redirect_uri: registered }),
              unregistered: await answerTo({ redirect_uri: unregistered }),
              'unknown client': await answerTo({ redirect_uri: registered, client_id: 'nobody' }),
            },
            expected,
          )
        },
        { config: configOf(family) },
      ))

    test(`A person can sign in at a PSC of the family "${family}"`, () =>
      withEmulator(
        async (emulator) => {
          const location = emulator.authorize(authorizeUrl(emulator.baseUrls.neoid)) ?? ''
          const code = new URL(location).searchParams.get('code') ?? ''
          const seen = await postForm(`${emulator.baseUrls.neoid}/token`, exchangeFields(code))
          assert.equal(seen.status, 200)
        },
        { config: configOf(family) },
      ))
  }

  test('The error page of a PSC has the description and never leads to the application', () =>
    withEmulator(
      async ({ baseUrls, url }) => {
        const seen = await ask(authorizeUrl(baseUrls.neoid, { redirect_uri: unregistered }))
        const location = new URL(seen.headers.get('location') ?? '', url)
        assert.equal(location.searchParams.get('error'), 'invalid_request')
        assert.equal(location.searchParams.get('state'), null)
        const page = await ask(location.href)
        assert.equal(page.status, 400)
        assert.match(page.text, /role="alert">[^<]*redirect_uri/)
        assert.ok(!page.text.includes(unregistered))
      },
      { config: configOf('error-redirect') },
    ))

  test('The login page keeps the request: a person goes on to the page, a wrong request to its application', () =>
    withEmulator(
      async ({ baseUrls, url }) => {
        const login = async (change: Record<string, string>): Promise<Seen> => {
          const seen = await ask(authorizeUrl(baseUrls.neoid, change))
          const page = await ask(new URL(seen.headers.get('location') ?? '', url).href)
          assert.equal(page.status, 200)
          const [, query = ''] = /name="query" value="([^"]*)"/.exec(page.text) ?? []
          return postForm(`${baseUrls.neoid}/login`, { query: query.replaceAll('&amp;', '&') })
        }
        const right = await login({ redirect_uri: registered })
        assert.equal(right.status, 200)
        assert.match(right.text, /action="\/psc\/v0\/oauth\/authorize"/)
        assert.equal(outcomeOf(await login({ ...probe, redirect_uri: registered })), 'application')
        assert.equal(outcomeOf(await login({ redirect_uri: unregistered })), 'page 400')
      },
      { config: configOf('login-first') },
    ))
})

describe('a client that changes behind our back', () => {
  const change = (url: string, body: unknown, client = 'neoid/portal'): Promise<Seen> =>
    ask(`${url}/_emulator/clients/${client}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('The probe tells a redirect URI that was replaced without the API', () =>
    withEmulator(async ({ url, baseUrls, registered: held }) => {
      const answerTo = async (uri: string): Promise<string> =>
        outcomeOf(await ask(authorizeUrl(baseUrls.neoid, { ...probe, redirect_uri: uri })))
      assert.equal(await answerTo(registered), 'application')
      const seen = await change(url, { redirectUris: [unregistered] })
      assert.deepEqual(
        [seen.status, field(seen.body, 'redirectUris'), field(seen.body, 'revision')],
        [200, [unregistered], 0],
      )
      assert.equal(await answerTo(registered), 'page 400')
      assert.deepEqual(held('neoid', 'portal')?.redirectUris, [unregistered])
      assert.equal(held('neoid', 'portal')?.name, portalClient.name)
    }))

  test('A disabled client gets no token, no maintenance and no authorization until it is enabled', () =>
    withEmulator(async ({ url, baseUrls, change: changeClient, authorize }) => {
      const credentials = {
        grant_type: 'client_credentials',
        client_id: 'portal',
        client_secret: portalClient.clientSecret,
      }
      const token = await postForm(`${baseUrls.neoid}/client_token`, credentials)
      const maintain = (): Promise<Seen> =>
        ask(`${baseUrls.neoid}/client_maintenance`, {
          method: 'PUT',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${String(field(token.body, 'access_token'))}`,
          },
          body: JSON.stringify({ client_id: 'portal' }),
        })
      const location = authorize(authorizeUrl(baseUrls.neoid)) ?? ''
      const code = new URL(location).searchParams.get('code') ?? ''
      assert.equal((await change(url, { disabled: true })).status, 200)

      const refused = await postForm(`${baseUrls.neoid}/client_token`, credentials)
      assert.deepEqual(
        [refused.status, field(refused.body, 'code')],
        [401, 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH'],
      )
      assert.equal(field((await maintain()).body, 'code'), 'TOKEN_DE_ACESSO_INVALIDO')
      const exchange = await postForm(`${baseUrls.neoid}/token`, exchangeFields(code))
      assert.equal(field(exchange.body, 'error'), 'invalid_client')
      const page = await ask(authorizeUrl(baseUrls.neoid, { redirect_uri: registered }))
      assert.equal(page.status, 400)
      assert.match(page.text, /desativada/)

      assert.equal(changeClient('neoid', 'portal', { disabled: false })?.disabled, undefined)
      assert.equal((await postForm(`${baseUrls.neoid}/client_token`, credentials)).status, 200)
      assert.equal((await maintain()).status, 200)
    }))

  test('A change that is malformed, or of a client that does not exist, changes nothing', () =>
    withEmulator(async ({ url, registered: held, change: changeClient }) => {
      const before = held('neoid', 'portal')
      for (const [body, client, status] of [
        [{ redirectUris: registered }, 'neoid/portal', 400],
        [{ secret: 'x' }, 'neoid/portal', 400],
        [{ name: 'x' }, 'neoid/nobody', 404],
        [{ name: 'x' }, 'nowhere/portal', 404],
      ] as const) {
        const seen = await change(url, body, client)
        assert.equal(seen.status, status, client)
        assert.equal(field(seen.body, 'code'), 'ERR_PSC_EMULATOR_REQUEST')
      }
      assert.equal(changeClient('neoid', 'nobody', { name: 'x' }), undefined)
      assert.deepEqual(held('neoid', 'portal'), before)
      assert.equal(config.pscs.neoid.clients.length, 2)
    }))
})
