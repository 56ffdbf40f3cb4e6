import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Emulator } from '../../emulator/index.ts'
import { authorizeUrl, challengeOf, exchangeFields, obtainCode, verifier } from './sign-in.ts'
import { agenda, ask, field, manualClock, portal, postForm, withEmulator } from './support.ts'
import type { Seen } from './support.ts'

const errorUri = 'https://servicos.serpro.gov.br/neoid/docs/#lista-de-erros-possiveis'

/** "Lista de erros" and "Cenários possíveis" of POST /token, word for word. */
const scenarios = {
  code: 'Valor inválido do código de autorização (code)',
  expired: 'Código de autorização (code) expirado',
  encoding: 'Valor do parâmetro redirect_uri com encode inválido',
  redirectUri:
    'Valor do parâmetro redirect_uri não informado ou diferente do apresentado na solicitação de autorização',
  verifier:
    'Valor do parâmetro code_verifier não condiz com o valor do code_challenge informado na solicitação de autorização',
  used: 'O token de acesso (access_token) referente ao código de autorização (code) informado já foi gerado e/ou utilizado',
} as const

const exchange = ({ baseUrls }: Emulator, fields: Record<string, string>): Promise<Seen> =>
  postForm(`${baseUrls.neoid}/token`, fields)

function assertRefused(seen: Seen, status: number, error: string, description: string): void {
  assert.deepEqual(
    [seen.status, seen.body],
    [status, { error, error_description: description, error_uri: errorUri }],
  )
  assert.equal(seen.headers.get('content-type'), 'application/json')
  assert.equal(seen.headers.get('cache-control'), 'no-store')
  assert.equal(seen.headers.get('pragma'), 'no-cache')
}

const refuseGrant = (seen: Seen, scenario: keyof typeof scenarios): void => {
  assertRefused(seen, 400, 'invalid_grant', scenarios[scenario])
}

describe('POST /token', () => {
  test('The token endpoint exchanges a code with the documented fields and headers', () =>
    withEmulator(async (emulator) => {
      const seen = await exchange(emulator, exchangeFields(obtainCode(emulator)))
      assert.equal(seen.status, 200)
      assert.equal(seen.headers.get('content-type'), 'application/json')
      assert.equal(seen.headers.get('cache-control'), 'Cache-Control')
      assert.equal(seen.headers.get('pragma'), 'no-cache')
      const token = field(seen.body, 'access_token')
      assert.match(String(token), /^[\w-]{43}$/)
      assert.deepEqual(seen.body, {
        access_token: token,
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'single_signature',
        authorized_identification_type: 'CPF',
        authorized_identification: '11111111111',
      })
    }))

  test('A token lasts five minutes for every scope but signature_session', () =>
    withEmulator(async (emulator) => {
      for (const scope of ['single_signature', 'multi_signature', 'authentication_session']) {
        const code = obtainCode(emulator, { scope }, { periodSeconds: 3600 })
        const { body } = await exchange(emulator, exchangeFields(code))
        assert.deepEqual([field(body, 'scope'), field(body, 'expires_in')], [scope, 300])
      }
    }))

  /** "Saiba mais": 15 Minutos, 1 hora, 4 horas, 8 horas, 1 dia, 3 dias, 7 dias · 1 hora, 8 horas, 1 dia, 3 dias, 7 dias, 15 dias, 30 dias */
  for (const [identification, type, allowed] of [
    ['11111111111', 'CPF', [900, 3600, 14_400, 28_800, 86_400, 259_200, 604_800]],
    ['11222333000181', 'CNPJ', [3600, 28_800, 86_400, 259_200, 604_800, 1_296_000, 2_592_000]],
  ] as const) {
    test(`A ${type} gets only the documented periods for signature_session`, () =>
      withEmulator(async (emulator) => {
        const scope = 'signature_session'
        for (const periodSeconds of allowed) {
          const code = obtainCode(emulator, { scope }, { identification, periodSeconds })
          const { body } = await exchange(emulator, exchangeFields(code))
          assert.deepEqual(
            [
              field(body, 'expires_in'),
              field(body, 'authorized_identification_type'),
              field(body, 'authorized_identification'),
            ],
            [periodSeconds, type, identification],
          )
        }
        const url = authorizeUrl(emulator.baseUrls.neoid, { scope })
        const others = type === 'CPF' ? [1_296_000, 300, 0] : [900, 14_400, 2_592_001]
        for (const periodSeconds of others) {
          assert.equal(emulator.authorize(url, { identification, periodSeconds }), undefined)
        }
      }))
  }

  for (const name of ['grant_type', 'client_id', 'client_secret', 'code', 'code_verifier']) {
    test(`The token endpoint refuses a missing or empty ${name}`, () =>
      withEmulator(async (emulator) => {
        const { [name]: _, ...rest } = exchangeFields(obtainCode(emulator))
        for (const fields of [rest, { ...rest, [name]: '' }]) {
          const description = `Parâmetro(s) requerido(s) não informado(s): ${name}`
          assertRefused(await exchange(emulator, fields), 400, 'invalid_request', description)
        }
      }))

    test(`The token endpoint refuses a repeated ${name}`, () =>
      withEmulator(async ({ baseUrls }) => {
        const fields = Object.entries(exchangeFields('x'))
        const again = fields.find(([key]) => key === name) ?? ['', '']
        const seen = await postForm(`${baseUrls.neoid}/token`, [...fields, again])
        const description = `Parâmetro(s) com mais de um valor informado: ${name}`
        assertRefused(seen, 400, 'invalid_request', description)
      }))
  }

  test('The token endpoint names every missing parameter', () =>
    withEmulator(async (emulator) => {
      const description =
        'Parâmetro(s) requerido(s) não informado(s): grant_type, client_id, client_secret, code, code_verifier'
      assertRefused(await exchange(emulator, {}), 400, 'invalid_request', description)
    }))

  test('The token endpoint refuses another grant type', () =>
    withEmulator(async (emulator) => {
      const fields = { ...exchangeFields('x'), grant_type: 'client_credentials' }
      const seen = await exchange(emulator, fields)
      const detail = 'Valor do parâmetro grant_type inválido'
      assertRefused(seen, 400, 'unsupported_grant_type', detail)
    }))

  test('The token endpoint refuses an unknown application and a wrong secret', () =>
    withEmulator(async (emulator) => {
      const code = obtainCode(emulator)
      const unknown = await exchange(emulator, exchangeFields(code, { id: 'ninguem', secret: 'x' }))
      const unidentified = 'Não foi possível identificar a aplicação pela client_id'
      assertRefused(unknown, 401, 'invalid_client', unidentified)
      const wrong = await exchange(emulator, exchangeFields(code, { ...portal, secret: 'x' }))
      const invalid = 'client_secret informada inválida para a aplicação identificada'
      assertRefused(wrong, 401, 'invalid_client', invalid)
    }))

  test("The token endpoint refuses an unknown code and another application's code", () =>
    withEmulator(async (emulator) => {
      refuseGrant(await exchange(emulator, exchangeFields('abc')), 'code')
      const code = obtainCode(emulator)
      refuseGrant(await exchange(emulator, exchangeFields(code, agenda)), 'code')
      // The attempt of a stranger takes nothing from the application that the code is for.
      assert.equal((await exchange(emulator, exchangeFields(code))).status, 200)
    }))

  test('The token endpoint refuses the code of another PSC', () =>
    withEmulator(async ({ baseUrls, authorize }) => {
      const location = authorize(authorizeUrl(baseUrls.neoid)) ?? ''
      const code = new URL(location).searchParams.get('code') ?? ''
      const other = { id: 'portal-serproid', secret: 'not-a-secret-serproid' }
      refuseGrant(await postForm(`${baseUrls.serproid}/token`, exchangeFields(code, other)), 'code')
    }))

  test('The token endpoint accepts a code until it expires', () => {
    const clock = manualClock()
    return withEmulator(
      async (emulator) => {
        const [first, second] = [obtainCode(emulator), obtainCode(emulator)]
        clock.advance(599)
        assert.equal((await exchange(emulator, exchangeFields(first))).status, 200)
        clock.advance(1)
        refuseGrant(await exchange(emulator, exchangeFields(second)), 'expired')
      },
      { now: clock.now },
    )
  })

  test('The token endpoint accepts a code once', () =>
    withEmulator(async (emulator) => {
      const code = obtainCode(emulator)
      assert.equal((await exchange(emulator, exchangeFields(code))).status, 200)
      refuseGrant(await exchange(emulator, exchangeFields(code)), 'used')
    }))

  test('The token endpoint accepts a code once among concurrent requests', () =>
    withEmulator(async (emulator) => {
      const code = obtainCode(emulator)
      const seen = await Promise.all(
        Array.from({ length: 25 }, () => exchange(emulator, exchangeFields(code))),
      )
      assert.equal(seen.filter(({ status }) => status === 200).length, 1)
    }))

  test('The token endpoint accepts only the verifier of the challenge', () =>
    withEmulator(async (emulator) => {
      const code = obtainCode(emulator)
      for (const wrong of [`${verifier}x`, verifier.slice(1), challengeOf(verifier), 'é']) {
        const fields = { ...exchangeFields(code), code_verifier: wrong }
        refuseGrant(await exchange(emulator, fields), 'verifier')
      }
      assert.equal((await exchange(emulator, exchangeFields(code))).status, 200)
      const own = 'a'.repeat(128)
      const other = obtainCode(emulator, { code_challenge: challengeOf(own) })
      const fields = { ...exchangeFields(other), code_verifier: own }
      assert.equal((await exchange(emulator, fields)).status, 200)
    }))

  test('The token endpoint needs the redirect URI exactly where the request had one', () =>
    withEmulator(async (emulator) => {
      const uri = 'https://portal.exemplo.gov.br/outro'
      const code = obtainCode(emulator, { redirect_uri: uri })
      const attempt = (redirect?: string): Promise<Seen> =>
        exchange(emulator, {
          ...exchangeFields(code),
          ...(redirect !== undefined && { redirect_uri: redirect }),
        })
      refuseGrant(await attempt(), 'redirectUri')
      refuseGrant(await attempt(''), 'redirectUri')
      refuseGrant(await attempt(`${uri}/`), 'redirectUri')
      refuseGrant(await attempt('https://portal.exemplo.gov.br/callback'), 'redirectUri')
      assert.equal((await attempt(uri)).status, 200)

      const unnamed = obtainCode(emulator)
      const named = { ...exchangeFields(unnamed), redirect_uri: uri }
      refuseGrant(await exchange(emulator, named), 'redirectUri')
      assert.equal((await exchange(emulator, exchangeFields(unnamed))).status, 200)
    }))

  test('The token endpoint refuses a redirect URI with invalid encoding', () =>
    withEmulator(async (emulator) => {
      const uri = 'https://portal.exemplo.gov.br/callback'
      const code = obtainCode(emulator, { redirect_uri: uri })
      for (const encoded of ['https%3A%2F%2Fportal%2', 'https%zz', '%ff']) {
        const body = `${new URLSearchParams(exchangeFields(code)).toString()}&redirect_uri=${encoded}`
        const seen = await ask(`${emulator.baseUrls.neoid}/token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body,
        })
        refuseGrant(seen, 'encoding')
      }
    }))

  test('The token endpoint checks the form, grant type, application and secret before the code', () =>
    withEmulator(async (emulator) => {
      const wrong = {
        grant_type: 'x',
        client_id: 'ninguem',
        client_secret: 'x',
        code: 'x',
        code_verifier: 'x',
      }
      const steps = [
        [{ ...wrong, code: '' }, 'invalid_request'],
        [wrong, 'unsupported_grant_type'],
        [{ ...wrong, grant_type: 'authorization_code' }, 'invalid_client'],
        [{ ...exchangeFields('x'), client_secret: 'x' }, 'invalid_client'],
        [exchangeFields('x'), 'invalid_grant'],
      ] as const
      for (const [fields, error] of steps) {
        assert.equal(field((await exchange(emulator, fields)).body, 'error'), error)
      }
    }))

  test('A fault makes the token endpoint answer server_error', () =>
    withEmulator(async (emulator) => {
      emulator.faults.add({ kind: 'error', code: 'server_error', operation: 'token' })
      const seen = await exchange(emulator, exchangeFields(obtainCode(emulator)))
      const detail =
        'Algo inesperado aconteceu e não foi possível dar prosseguimento com a solicitação'
      assertRefused(seen, 500, 'server_error', detail)
    }))

  test('The request log of an exchange has no code, verifier or secret', () =>
    withEmulator(async (emulator) => {
      await exchange(emulator, exchangeFields(obtainCode(emulator)))
      const [entry] = emulator.requests.list({ operation: 'token' })
      assert.deepEqual(entry?.body, {
        grant_type: 'authorization_code',
        client_id: 'portal',
        client_secret: '<redacted>',
        code: '<redacted>',
        code_verifier: '<redacted>',
      })
    }))
})
