import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { PscError } from '../../provider/errors.ts'
import type { HttpResponse } from '../../provider/http/message.ts'
import type { Transport } from '../../provider/psc/call.ts'
import { resolveIssuer } from '../../provider/psc/issuers.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { beginSignIn } from '../../provider/psc/sign-in/authorization.ts'
import { readCallback } from '../../provider/psc/sign-in/callback.ts'
import { exchangeCode } from '../../provider/psc/sign-in/user-token.ts'
import { assertClean, bodies, typesWith } from './support/hostile.ts'
import { answer, client, credentials, neoid, scriptedPsc } from './support/psc.ts'

const { clientId, clientSecret } = credentials

const [redirectUri = ''] = client.redirectUris

const esc = '\u001b'

/** The two services that follow RFC 6749. */
const services: Readonly<Record<string, (transport: Transport) => Promise<unknown>>> = {
  async '/token'(transport) {
    const request = { clientId, redirectUri, scope: 'single_signature' as const }
    const signIn = await beginSignIn(neoid, request, 0)
    const address = `${redirectUri}?code=not-a-secret-code&state=${signIn.state}`
    const callback = readCallback(signIn, address)
    return exchangeCode(signIn, { clientSecret }, callback, transport, 0)
  },
  'Motor RCE': (transport) =>
    resolveIssuer('motor-rce', 'https://auth.exemplo.com.br', resolveProfile).obtain(
      credentials,
      transport,
    ),
}

async function errorOf(service: string, response: HttpResponse): Promise<PscError> {
  const { transport, asked } = scriptedPsc(response)
  const error: unknown = await services[service]?.(transport).then(
    () => assert.fail('it was accepted'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof PscError, inspect(error))
  assertClean(error.message)
  assertClean(error.pscCode ?? '')
  assert.equal(asked.length, 1)
  // Nor is anything of the answer in what an error carries with it.
  assert.doesNotMatch(inspect(error, { depth: Infinity, showHidden: true }), /not-a-secret/)
  return error
}

for (const service of Object.keys(services)) {
  describe(`one clean error of ${service} for`, () => {
    for (const [name, body] of Object.entries(bodies)) {
      for (const status of [200, 400]) {
        it(`The ${service} response ${name} with status ${status} is one clean error`, async () => {
          const error = await errorOf(service, answer(status, body))
          assert.equal(error.pscCode, undefined)
        })
      }
    }

    it(`The words of ${service} cannot act on a terminal`, async () => {
      const error = await errorOf(
        service,
        answer(400, {
          error: `${esc}[2Jinvalid_grant`,
          error_description: `um\r\n${esc}]0;x\u0007\u202edois`,
          error_uri: `${esc}[31m`,
        }),
      )
      assert.match(error.message, /: 400 invalid_grant \(um dois\)/)
    })

    it(`The words of ${service} cannot repeat the secret`, async () => {
      const description = `O segredo ${clientSecret} expirou`
      const body = { error: 'invalid_grant', error_description: description }
      const error = await errorOf(service, answer(400, body))
      assert.match(error.message, /: 400 invalid_grant \(\[hidden: repeats a secret\]\)/)
    })

    const good = { access_token: 'not-a-secret-token', token_type: 'Bearer', expires_in: 300 }
    const wrong: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'a token with a line break': { access_token: 'not-a-secret\r\nX-Injected: 1' },
      'a token of another type': { token_type: 'DPoP' },
      'a scope that holds the secret': { scope: clientSecret },
      'a scope that holds the token': { scope: 'openid not-a-secret-token' },
    }
    for (const [name, change] of Object.entries(wrong)) {
      it(`The ${service} response with ${name} is one clean error`, async () => {
        await errorOf(service, answer(200, { ...good, ...change }))
      })
    }

    it(`A page of ${service} that claims to be JSON is one clean error`, async () => {
      await errorOf(service, answer(200, '<html></html>'))
    })

    it(`A content type of ${service} cannot repeat the secret`, async () => {
      for (const type of typesWith(clientSecret)) {
        for (const status of [200, 400]) {
          const error = await errorOf(service, answer(status, '<html></html>', type))
          assert.match(error.message, /not JSON \(another content type\)/)
        }
      }
    })

    it(`A too long body of ${service} is one clean error`, async () => {
      const error = await errorOf(service, { ...answer(200, ''), tooLong: true })
      assert.match(error.message, /more than 1 MiB/)
    })
  })
}
