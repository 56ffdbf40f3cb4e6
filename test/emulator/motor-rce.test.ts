import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, config, field, postForm, withEmulator } from './support.ts'

const path = '/realms/motor-rce/protocol/openid-connect/token'
const good = {
  client_secret: 'not-a-secret-motor',
  client_id: 'motor-rce',
  grant_type: 'client_credentials',
}

/** "Casos de erro": 401 and 400 have this same body. */
const documented = {
  error: 'unauthorized_client',
  error_description: 'Invalid client or Invalid client credentials',
}

describe('POST /realms/motor-rce/protocol/openid-connect/token', () => {
  test('Motor RCE answers with the documented fields', () =>
    withEmulator(async ({ url }) => {
      const seen = await postForm(url + path, good)
      const token = field(seen.body, 'access_token')
      assert.match(String(token), /^[\w-]{43}$/)
      assert.deepEqual(
        [seen.status, seen.body],
        [
          200,
          {
            access_token: token,
            expires_in: 7200,
            refresh_expires_in: 0,
            token_type: 'Bearer',
            'not-before-policy': 0,
            scope: 'profile email',
          },
        ],
      )
      assert.equal(seen.headers.get('content-type'), 'application/json')
    }))

  for (const [situation, change] of [
    ['a wrong secret', { client_secret: 'x' }],
    ['an unknown client', { client_id: 'x' }],
    ["a client of a PSC's", { client_id: 'portal', client_secret: 'not-a-secret-portal' }],
  ] as const) {
    test(`Motor RCE refuses ${situation} with 401`, () =>
      withEmulator(async ({ url }) => {
        const seen = await postForm(url + path, { ...good, ...change })
        assert.deepEqual([seen.status, seen.body], [401, documented])
      }))
  }

  for (const name of ['client_secret', 'client_id', 'grant_type'] as const) {
    test(`Motor RCE refuses a request without ${name} with 400 before it checks credentials`, () =>
      withEmulator(async ({ url }) => {
        const { [name]: _, ...rest } = { ...good, client_secret: 'x' }
        for (const fields of [rest, { ...rest, [name]: '' }]) {
          const seen = await postForm(url + path, fields)
          assert.deepEqual([seen.status, seen.body], [400, documented])
        }
      }))
  }

  test('Motor RCE refuses another grant type and a repeated parameter with 400', () =>
    withEmulator(async ({ url }) => {
      const other = await postForm(url + path, { ...good, grant_type: 'password' })
      assert.deepEqual([other.status, other.body], [400, documented])
      const pairs = [...Object.entries(good), ['client_id', 'motor-rce'] as [string, string]]
      const repeated = await postForm(url + path, pairs)
      assert.deepEqual([repeated.status, repeated.body], [400, documented])
    }))

  test('Motor RCE takes only POST and only a form', () =>
    withEmulator(async ({ url }) => {
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
      const json = await ask(url + path, { ...init, body: JSON.stringify(good) })
      assert.deepEqual(
        [json.status, json.body],
        [415, { error: 'HTTP 415 Unsupported Media Type' }],
      )
      const get = await ask(url + path)
      assert.deepEqual([get.status, get.headers.get('allow')], [405, 'POST'])
      assert.equal((await postForm(url + path.replace('motor-rce', 'other'), good)).status, 404)
    }))

  test("The lifetime of Motor RCE's tokens can be configured", () => {
    const motorRce = { ...config.motorRce, tokenLifetimeSeconds: 60 }
    return withEmulator(
      async ({ url }) => {
        assert.equal(field((await postForm(url + path, good)).body, 'expires_in'), 60)
      },
      { config: { motorRce } },
    )
  })

  test('Faults strike Motor RCE, and the request log has no secret of it', () =>
    withEmulator(async ({ url, faults, requests }) => {
      faults.add(
        { kind: 'error', code: 'unauthorized_client', psc: 'motor-rce' },
        { kind: 'rewrite', operation: 'motorRce', remove: ['expires_in'] },
      )
      assert.equal((await postForm(url + path, good)).status, 401)
      const { body } = await postForm(url + path, good)
      assert.equal(field(body, 'expires_in'), undefined)
      assert.deepEqual(
        requests.list({ psc: 'motor-rce' }).map((entry) => [entry.clientId, entry.body]),
        [1, 2].map(() => ['motor-rce', { ...good, client_secret: '<redacted>' }]),
      )
    }))
})
