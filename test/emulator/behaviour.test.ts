import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type EmulatorConfig, EmulatorConfigError } from '../../emulator/index.ts'
import { authorizeUrl } from './sign-in.ts'
import { ask, field, maintain, obtainToken, portalClient, type Seen } from './support.ts'
import { startOnly, withEmulator } from './support.ts'

type Behaviour = NonNullable<
  NonNullable<NonNullable<EmulatorConfig['pscs']>['standard']>['behaviour']
>

const standardWith = (behaviour: Behaviour): EmulatorConfig => ({
  pscs: { standard: { behaviour, clients: [portalClient] } },
})

describe('a configured PSC', () => {
  /** Safeweb's and others' documents have user_denied; RFC 6749, section 4.1.2.1 has access_denied. */
  for (const holderRefusal of ['access_denied', 'user_denied'] as const) {
    test(`A holder who refuses gives ${holderRefusal}`, () =>
      withEmulator(
        ({ authorize, baseUrls }) => {
          const location = authorize(authorizeUrl(baseUrls.standard), { refuse: true })
          assert.equal(new URL(location ?? '').searchParams.get('error'), holderRefusal)
          return Promise.resolve()
        },
        { config: standardWith({ holderRefusal }) },
      ))
  }

  test('A refused registration can be HTTP 200 with status "error" and no client id', () =>
    withEmulator(
      async ({ baseUrls, clients }) => {
        const register = (change: object): Promise<Seen> =>
          ask(`${baseUrls.standard}/application`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({
              name: 'Agenda',
              comments: 'Assinaturas',
              email: 'suporte@exemplo.gov.br',
              redirect_uris: ['https://agenda.exemplo.gov.br/'],
              ...change,
            }),
          })
        const refused = await register({ redirect_uris: ['http://agenda.exemplo.gov.br/'] })
        assert.equal(refused.status, 200)
        assert.deepEqual(Object.keys(refused.body as object), ['status', 'message'])
        assert.equal(field(refused.body, 'status'), 'error')
        assert.match(String(field(refused.body, 'message')), /http:\/\/agenda\.exemplo\.gov\.br\//)
        assert.equal(clients('standard').length, 1)
        const registered = await register({})
        assert.equal(field(registered.body, 'status'), 'success')
        assert.equal(clients('standard').length, 2)
      },
      { config: standardWith({ registrationErrors: 'body' }) },
    ))

  test('A refused write can be HTTP 200 with status "error", and changes nothing', () =>
    withEmulator(
      async ({ baseUrls, clients }) => {
        const token = await obtainToken(baseUrls.standard)
        const before = clients('standard')
        const uri = 'http://portal.exemplo.gov.br/'
        const change = { client_id: 'portal', redirect_uris: [uri] }
        const refused = await maintain(baseUrls.standard, token, change)
        assert.equal(refused.status, 200)
        assert.equal(field(refused.body, 'status'), 'error')
        assert.ok(String(field(refused.body, 'message')).includes(uri))
        assert.deepEqual(clients('standard'), before)
      },
      { config: standardWith({ maintenanceErrors: 'body' }) },
    ))

  /** Each rule with the hosts of a certificate; loopback by RFC 8252, section 7.3, and RFC 6761, section 6.3. */
  const elsewhere = 'https://outro.exemplo.com/callback'
  const loopbacks = [
    'http://127.0.0.1:3000/callback',
    'http://127.9.8.7/',
    'http://[::1]:8080/',
    'http://localhost:3000/callback',
  ]
  const plain = [
    'http://portal.exemplo.gov.br/',
    'http://127.0.0.1.exemplo.com/',
    'http://192.0.2.1/',
    'http://localhost.exemplo.com/',
    'ftp://127.0.0.1/',
  ]
  for (const [redirectUriRule, accepted, refused] of [
    ['certificate', [], [elsewhere, ...loopbacks, ...plain]],
    ['https', [elsewhere], [...loopbacks, ...plain]],
    ['https-or-loopback', [elsewhere, ...loopbacks], plain],
  ] as const) {
    test(`The rule "${redirectUriRule}" decides about redirect URIs`, () =>
      withEmulator(
        async ({ baseUrls }) => {
          const token = await obtainToken(baseUrls.standard)
          const statusOf = async (uri: string): Promise<number> =>
            (
              await maintain(baseUrls.standard, token, {
                client_id: 'portal',
                redirect_uris: [uri],
              })
            ).status
          for (const uri of ['https://portal.exemplo.gov.br/a', ...accepted]) {
            assert.equal(await statusOf(uri), 200, uri)
          }
          for (const uri of [...refused, 'https://portal.exemplo.gov.br/#a']) {
            assert.equal(await statusOf(uri), 400, uri)
          }
        },
        { config: standardWith({ redirectUriRule }) },
      ))
  }

  test('The configuration is judged by the rule of its PSC', async () => {
    const client = { clientId: 'portal', clientSecret: 'not-a-secret', redirectUris: loopbacks }
    const start = (psc: 'neoid' | 'standard', behaviour: Behaviour): Promise<void> =>
      startOnly({ pscs: { [psc]: { behaviour, clients: [client] } } })
    await start('standard', { redirectUriRule: 'https-or-loopback' })
    await start('neoid', { redirectUriRule: 'https-or-loopback', certificate: 'optional' })
    for (const [psc, behaviour, path] of [
      ['standard', {}, 'redirectUris[0]'],
      ['neoid', { redirectUriRule: 'https-or-loopback' }, 'certificate'],
      ['standard', { certificate: 'required' }, 'certificate'],
    ] as const) {
      await assert.rejects(start(psc, behaviour), (error) => {
        assert.ok(error instanceof EmulatorConfigError)
        assert.ok(error.message.startsWith(`pscs.${psc}.clients[0].${path}: `), error.message)
        return true
      })
    }
  })

  test('An unknown value of a behaviour is refused, and its path is named', async () => {
    for (const [key, value] of [
      ['authorizeErrors', 'page'],
      ['issuer', 'https://psc.exemplo.com/?a'],
      ['issuer', 'psc.exemplo.com'],
      ['wrongCredentialsStatus', 403],
      ['redirectUriRule', 'http'],
    ] as const) {
      await assert.rejects(startOnly({ pscs: { safeid: { behaviour: { [key]: value } } } }), {
        code: 'ERR_PSC_EMULATOR_CONFIG',
        message: new RegExp(`^pscs\\.safeid\\.behaviour\\.${key}: `),
      })
    }
  })

  test('VIDaaS takes its own push:// URI and holds it once', () =>
    withEmulator(
      async ({ baseUrls, registered }) => {
        const token = await obtainToken(baseUrls.vidaas)
        const redirect_uris = ['https://portal.exemplo.gov.br/', 'push://']
        const seen = await maintain(baseUrls.vidaas, token, { client_id: 'portal', redirect_uris })
        assert.equal(seen.status, 200)
        assert.deepEqual(registered('vidaas', 'portal')?.redirectUris, redirect_uris)
      },
      { config: { pscs: { vidaas: { clients: [portalClient] } } } },
    ))
})
