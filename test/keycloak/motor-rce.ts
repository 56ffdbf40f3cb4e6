import assert from 'node:assert/strict'
import { after, before, describe, it, mock } from 'node:test'
import type { dynamic } from '@pulumi/pulumi'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { TokenCredential } from '../../provider/handler.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { type Keycloak, startKeycloak } from './keycloak.ts'
import { testRedirectUris } from './redirect-uris.ts'
import { testSignIn } from './sign-in.ts'

const clientSecret = 'not-a-secret-motor'

const tokenPath = '/realms/motor-rce/protocol/openid-connect/token'

/** Tests what a credential, a probe and a sign-in meet at a version of Keycloak. */
export function testKeycloak(version: string): void {
  let keycloak: Keycloak

  let emulator: Emulator

  const started: (() => Promise<void>)[] = []

  before(async () => {
    keycloak = await startKeycloak(version)
    started.push(() => keycloak.stop())
    emulator = await startEmulator({
      config: { motorRce: { clients: [{ clientId: 'motor-rce', clientSecret }] } },
    })
    started.push(() => emulator.close())
  })

  after(async () => {
    mock.restoreAll()
    await closeConnections()
    for (const stop of started) await stop()
  })

  /** 7,200 seconds less those that Keycloak itself took to answer, which it subtracts. */
  function isTwoHours(expiresIn: unknown): boolean {
    return typeof expiresIn === 'number' && expiresIn <= 7200 && expiresIn > 7140
  }

  type Properties = Record<string, unknown>

  /** A credential at the real Keycloak. */
  const declared = (change: Properties = {}): Properties => ({
    issuer: 'motor-rce',
    authBaseUrl: keycloak.url,
    clientId: 'motor-rce',
    clientSecret,
    ...change,
  })

  function open(): Required<Omit<dynamic.ResourceProvider<Properties, Properties>, 'delete'>> {
    return TokenCredential() as ReturnType<typeof open>
  }

  async function reasons(change: Properties): Promise<string> {
    const { failures = [] } = await open().check({}, declared(change))
    return failures.map(({ reason }) => reason).join('\n')
  }

  describe('a credential at a real Keycloak', () => {
    it('A real Keycloak verifies a credential with a token of two hours', async () => {
      assert.equal(await reasons({}), '')
      const { id, outs } = await open().create(declared())
      const { tokenUrl, tokenType, expiresIn, scope } = outs ?? {}
      assert.deepEqual(
        { id, tokenUrl, tokenType },
        { id: 'motor-rce', tokenUrl: keycloak.url + tokenPath, tokenType: 'Bearer' },
      )
      assert.ok(isTwoHours(expiresIn), String(expiresIn))
      assert.deepEqual(String(scope).split(' ').toSorted(), ['email', 'profile'])
      assert.ok(!Object.values(outs ?? {}).some((value) => String(value).startsWith('eyJ')))
    })

    it('A real Keycloak verifies a credential by a Basic header', async () => {
      const basic = { clientAuthentication: 'basic' }
      assert.equal(await reasons(basic), '')
      const wrong = await reasons({ ...basic, clientSecret: 'not-a-secret-wrong' })
      assert.match(wrong, /401 unauthorized_client .*compare clientSecret/)
    })

    it('A real Keycloak verifies a credential at its token URL, and again at a refresh', async () => {
      const explicit = declared({ issuer: keycloak.url + tokenPath, authBaseUrl: undefined })
      const { id, outs } = await open().create(explicit)
      assert.deepEqual(await open().read(id, outs), { id, props: outs })
    })

    for (const [what, change, words] of [
      [
        'a wrong secret',
        { clientSecret: 'not-a-secret-wrong' },
        /401 unauthorized_client .*compare clientSecret/,
      ],
      ['a disabled client', { clientId: 'desativado' }, /401 invalid_client .*disabled/],
      ['an unknown client', { clientId: 'ninguem' }, /401 invalid_client .*check clientId/],
      [
        'a client without a service account',
        { clientId: 'sem-conta-de-servico' },
        /401 unauthorized_client .*may use client_credentials/,
      ],
    ] as const) {
      it(`A real Keycloak refuses ${what}`, async () => {
        const reason = await reasons(change)
        assert.match(reason, words)
        assert.ok(!reason.includes('not-a-secret'))
      })
    }

    it('A credential at a realm that does not exist is refused', async () => {
      const issuer = `${keycloak.url}/realms/outro/protocol/openid-connect/token`
      const reason = await reasons({ issuer, authBaseUrl: undefined })
      assert.match(reason, /404 Realm does not exist/)
    })

    it('A credential below an address that is not the base URL is refused', async () => {
      const reason = await reasons({ authBaseUrl: `${keycloak.url}/auth` })
      assert.match(reason, /404 .*no realm motor-rce at this address: check authBaseUrl/)
    })

    it('A credential at a stopped server is a warning, or an error if preflight is required', async () => {
      const lines: string[] = []
      mock.method(console, 'warn', (line: string) => lines.push(line))
      const down = open()
      const config = new Map([['psc:timeoutSeconds', '1']])
      await down.configure({
        config: { get: (key) => config.get(key), require: (key) => config.get(key) ?? '' },
      })
      // A port that nobody listens on: the emulator's, closed.
      const gone = await startEmulator({ config: {} })
      await gone.close()
      const check = async (preflight: string) =>
        (await down.check({}, declared({ authBaseUrl: gone.url, preflight }))).failures
      assert.deepEqual(await check('auto'), [])
      assert.match(
        lines.join('\n'),
        /motor-rce .* remaining clients: .*ECONNREFUSED.* \[WARN_PSC_UNAVAILABLE\]/,
      )
      assert.match(String((await check('required'))?.[0]?.reason), /ECONNREFUSED/)
    })
  })

  interface Answer {
    readonly status: number
    readonly headers: Headers
    readonly body: Readonly<Record<string, unknown>>
  }

  async function ask(url: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams(fields)
    const response = await fetch(url + tokenPath, { method: 'POST', body })
    const json = (await response.json()) as Answer['body']
    return { status: response.status, headers: response.headers, body: json }
  }

  describe("the emulator's Motor RCE, beside the real Keycloak", () => {
    const good = {
      grant_type: 'client_credentials',
      client_id: 'motor-rce',
      client_secret: clientSecret,
    }
    const both = async (fields: Readonly<Record<string, string>>) => {
      const [real, emulated] = await Promise.all([
        ask(keycloak.url, fields),
        ask(emulator.url, fields),
      ])
      return { real, emulated }
    }
    /** The headers that a client of OAuth reads (RFC 6749, section 5.1). */
    const headers = ({ headers }: Answer) =>
      ['content-type', 'cache-control', 'pragma'].map((name) => headers.get(name))

    it('The emulator issues a token with the fields, types and values of a real Keycloak', async () => {
      const { real, emulated } = await both(good)
      assert.equal(emulated.status, real.status)
      assert.deepEqual(headers(emulated), headers(real))
      const {
        access_token: realToken,
        scope: realScope,
        expires_in: realLife,
        ...realRest
      } = real.body
      const {
        access_token: emulatedToken,
        scope: emulatedScope,
        expires_in: emulatedLife,
        ...emulatedRest
      } = emulated.body
      assert.ok(isTwoHours(realLife) && isTwoHours(emulatedLife))
      assert.deepEqual(emulatedRest, realRest)
      assert.deepEqual([typeof emulatedToken, typeof realToken], ['string', 'string'])
      const sorted = (scope: unknown) => String(scope).split(' ').toSorted()
      assert.deepEqual(sorted(emulatedScope), sorted(realScope))
    })

    it('The emulator refuses a wrong secret with the status, headers and body of a real Keycloak', async () => {
      const { real, emulated } = await both({ ...good, client_secret: 'not-a-secret-wrong' })
      assert.deepEqual(
        [emulated.status, headers(emulated), emulated.body],
        [real.status, headers(real), real.body],
      )
    })

    // Where Keycloak and the document differ, the emulator follows the document, and the provider knows both.
    for (const [what, fields, documented, seen] of [
      [
        'an unknown client',
        { ...good, client_id: 'ninguem' },
        { status: 401, error: 'unauthorized_client' },
        { status: 401, error: 'invalid_client' },
      ],
      [
        'no grant_type',
        { client_id: 'motor-rce', client_secret: clientSecret },
        { status: 400, error: 'unauthorized_client' },
        { status: 400, error: 'invalid_request' },
      ],
      [
        'no client_secret',
        { grant_type: 'client_credentials', client_id: 'motor-rce' },
        { status: 400, error: 'unauthorized_client' },
        { status: 401, error: 'unauthorized_client' },
      ],
      [
        'no client_id',
        { grant_type: 'client_credentials', client_secret: clientSecret },
        { status: 400, error: 'unauthorized_client' },
        { status: 401, error: 'invalid_client' },
      ],
    ] as const) {
      it(`The emulator differs from a real Keycloak, as the document says, with ${what}`, async () => {
        const { real, emulated } = await both(fields)
        const facts = ({ status, body }: Answer) => ({ status, error: body.error })
        assert.deepEqual(facts(emulated), documented)
        assert.deepEqual(facts(real), seen)
        assert.deepEqual(Object.keys(emulated.body), Object.keys(real.body))
        assert.deepEqual(headers(emulated).slice(0, 1), headers(real).slice(0, 1))
      })
    }
  })

  describe('the redirect URIs of a client at a real Keycloak', () => {
    testRedirectUris(() => keycloak)
  })

  describe('a sign-in at a real Keycloak', () => {
    testSignIn(() => keycloak)
  })
}
