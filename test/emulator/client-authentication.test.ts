import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EmulatorConfig } from '../../emulator/index.ts'
import { authorizeUrl, verifier } from './sign-in.ts'
import { ask, field, type Seen, withEmulator } from './support.ts'

/** The example of RFC 6749, section 2.3.1: s6BhdRkqt3 and 7Fjfp0ZBr1KtDRbnfVdmIw. */
const rfcExample = 'Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3'
/** RFC 6749, appendix B encodes " %&+£€" as "+%25%26%2B%C2%A3%E2%82%AC". */
const appendixB = `Basic ${Buffer.from('odd:+%25%26%2B%C2%A3%E2%82%AC').toString('base64')}`

const clients = [
  { clientId: 's6BhdRkqt3', clientSecret: '7Fjfp0ZBr1KtDRbnfVdmIw' },
  { clientId: 'odd', clientSecret: ' %&+£€' },
]

type Behaviour = NonNullable<NonNullable<EmulatorConfig['motorRce']>['behaviour']>

const configOf = (behaviour: Behaviour): EmulatorConfig => ({
  pscs: {
    neoid: { behaviour: { ...behaviour, certificate: 'optional' }, clients },
    standard: {
      behaviour,
      clients: clients.map((client) => ({
        ...client,
        redirectUris: ['https://portal.exemplo.gov.br/'],
      })),
    },
  },
  motorRce: { behaviour, clients },
})

function post(url: string, fields: Record<string, string>, authorization?: string): Promise<Seen> {
  return ask(url, {
    method: 'POST',
    headers: authorization === undefined ? {} : { Authorization: authorization },
    body: new URLSearchParams(fields),
  })
}

const grant = { grant_type: 'client_credentials' }
const inBody = { ...grant, client_id: 's6BhdRkqt3', client_secret: '7Fjfp0ZBr1KtDRbnfVdmIw' }
const wrongInBody = { ...inBody, client_secret: 'wrong' }
const wrongBasic = `Basic ${Buffer.from('s6BhdRkqt3:wrong').toString('base64')}`
const unknownBasic = `Basic ${Buffer.from('nobody:wrong').toString('base64')}`

/** The token endpoints that take an application's credentials. */
const endpoints = {
  neoid: '/psc/v0/oauth/client_token',
  standard: '/standard/v0/oauth/client_token',
  'motor-rce': '/realms/motor-rce/protocol/openid-connect/token',
}

describe('client authentication', () => {
  for (const [issuer, path] of Object.entries(endpoints)) {
    test(`${issuer} ignores a Basic header by default, as its document knows none`, () =>
      withEmulator(
        async ({ url }) => {
          assert.equal((await post(url + path, inBody, wrongBasic)).status, 200)
          const seen = await post(url + path, grant, rfcExample)
          assert.notEqual(seen.status, 200)
          assert.equal(seen.headers.get('www-authenticate'), null)
        },
        { config: configOf({}) },
      ))

    test(`${issuer} with "basic" takes the examples of RFC 6749 and nothing in the body`, () =>
      withEmulator(
        async ({ url, requests }) => {
          for (const header of [rfcExample, appendixB, rfcExample.replace('Basic', 'basic')]) {
            assert.equal((await post(url + path, grant, header)).status, 200, header)
          }
          assert.deepEqual(
            requests.list().map(({ clientId }) => clientId),
            ['s6BhdRkqt3', 'odd', 's6BhdRkqt3'],
          )
          const seen = await post(url + path, inBody)
          assert.equal(seen.status, 401)
          assert.match(seen.headers.get('www-authenticate') ?? '', /^Basic realm="/)
        },
        { config: configOf({ clientAuthentication: 'basic' }) },
      ))

    test(`${issuer} with "either" takes both, but not in one request`, () =>
      withEmulator(
        async ({ url }) => {
          assert.equal((await post(url + path, inBody)).status, 200)
          assert.equal((await post(url + path, grant, rfcExample)).status, 200)
          assert.equal((await post(url + path, inBody, rfcExample)).status, 400)
        },
        { config: configOf({ clientAuthentication: 'either' }) },
      ))

    test(`${issuer} answers wrong Basic credentials with 401 and a challenge, whatever is configured`, () =>
      withEmulator(
        async ({ url }) => {
          for (const header of [wrongBasic, unknownBasic]) {
            const seen = await post(url + path, grant, header)
            assert.equal(seen.status, 401)
            assert.match(seen.headers.get('www-authenticate') ?? '', /^Basic realm="/)
          }
        },
        { config: configOf({ clientAuthentication: 'either', wrongCredentialsStatus: 400 }) },
      ))

    test(`${issuer} can answer wrong credentials in the body with 400 and the same error`, async () => {
      const answers: Seen[] = []
      for (const wrongCredentialsStatus of [401, 400] as const) {
        await withEmulator(
          async ({ url }) => {
            answers.push(await post(url + path, wrongInBody))
          },
          { config: configOf({ wrongCredentialsStatus }) },
        )
      }
      assert.deepEqual(
        answers.map(({ status }) => status),
        [401, 400],
      )
      assert.deepEqual(answers[0]?.body, answers[1]?.body)
    })
  }

  test('The token endpoint of authorization codes takes Basic too', () =>
    withEmulator(
      async ({ authorize, baseUrls }) => {
        const exchange = (authorization?: string): Promise<Seen> => {
          const url = authorizeUrl(baseUrls.standard, { client_id: 's6BhdRkqt3' })
          const code = new URL(authorize(url) ?? '').searchParams.get('code') ?? ''
          const fields = { grant_type: 'authorization_code', code, code_verifier: verifier }
          return post(`${baseUrls.standard}/token`, fields, authorization)
        }
        assert.equal((await exchange(rfcExample)).status, 200)
        for (const header of [wrongBasic, undefined]) {
          const seen = await exchange(header)
          assert.deepEqual([seen.status, field(seen.body, 'error')], [401, 'invalid_client'])
          assert.match(seen.headers.get('www-authenticate') ?? '', /^Basic /)
        }
      },
      { config: configOf({ clientAuthentication: 'basic' }) },
    ))

  test('The request log redacts a Basic header', () =>
    withEmulator(
      async ({ url, requests }) => {
        await post(url + endpoints.neoid, grant, rfcExample)
        assert.equal(requests.list()[0]?.headers.authorization, 'Basic <redacted>')
      },
      { config: configOf({ clientAuthentication: 'basic' }) },
    ))
})
