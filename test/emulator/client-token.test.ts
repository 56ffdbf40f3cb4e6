import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  agenda,
  agendaClient,
  ask,
  field,
  manualClock,
  maintain,
  obtainToken,
  portal,
  portalClient,
  postForm,
  tokenFields,
  withEmulator,
} from './support.ts'

/** "Lista de erros" of POST /client_token, word for word. */
const listaDeErros = `
CAMPO_OBRIGATORIO 412 O campo ... é obrigatório
VALOR_PARAMETRO_INVALIDO 400 Valor do parâmetro ... inválido
CLIENTE_OAUTH_NAO_IDENTIFICADO 412 Não foi possível identificar a aplicação cliente.
AUTENTICACAO_INVALIDA_CLIENT_OAUTH 401 Falha na autenticidade do client_id e client_secret.
FALHA_TOKEN_MANUTENCAO_APLICACAO 500 Erro interno na obtenção do token de manutenção da aplicação.
`

/** The documented refusal, `detail` where the document has dots. */
function documented(code: string, detail = ''): { status: number; body: unknown } {
  const row = listaDeErros.split('\n').find((line) => line.startsWith(`${code} `)) ?? ''
  const [, status, msg = ''] = /^\S+ (\d+) (.*)$/.exec(row) ?? []
  return { status: Number(status), body: { code, msg: msg.replace('...', detail), debug: '' } }
}

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(tokenFields(portal)).filter(([key]) => key !== name))

const refusedRequests = [
  ['no grant_type', without('grant_type'), 'CAMPO_OBRIGATORIO', 'grant_type'],
  ['no client_id', without('client_id'), 'CAMPO_OBRIGATORIO', 'client_id'],
  ['no client_secret', without('client_secret'), 'CAMPO_OBRIGATORIO', 'client_secret'],
  [
    'an empty client_secret',
    { ...tokenFields(portal), client_secret: '' },
    'CAMPO_OBRIGATORIO',
    'client_secret',
  ],
  [
    'another grant_type',
    { ...tokenFields(portal), grant_type: 'authorization_code' },
    'VALOR_PARAMETRO_INVALIDO',
    'grant_type',
  ],
  [
    'an unknown client',
    { ...tokenFields(portal), client_id: 'ninguem' },
    'CLIENTE_OAUTH_NAO_IDENTIFICADO',
    '',
  ],
  [
    'a wrong secret',
    { ...tokenFields(portal), client_secret: 'not-a-secret-wrong' },
    'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
    '',
  ],
  [
    "another client's secret",
    { ...tokenFields(portal), client_secret: agenda.secret },
    'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
    '',
  ],
  ['nothing at all', {}, 'CAMPO_OBRIGATORIO', 'grant_type'],
] as const

describe('POST /client_token', () => {
  for (const base of ['/psc/v0/oauth', '/oauth/v0/oauth']) {
    test(`POST /client_token below ${base} answers with the documented fields and headers`, () =>
      withEmulator(async ({ url }) => {
        const credential = base.startsWith('/psc')
          ? portal
          : { id: 'portal-serproid', secret: 'not-a-secret-serproid' }
        const seen = await postForm(`${url}${base}/client_token`, tokenFields(credential))
        assert.equal(seen.status, 200)
        assert.equal(seen.headers.get('content-type'), 'application/json')
        assert.equal(seen.headers.get('cache-control'), 'Cache-Control')
        assert.equal(seen.headers.get('pragma'), 'no-cache')
        const token = field(seen.body, 'access_token')
        assert.deepEqual(seen.body, {
          access_token: token,
          token_type: 'Bearer',
          expires_in: 3600,
        })
        assert.match(String(token), /^[\w-]{43}$/)
      }))
  }

  for (const [situation, fields, code, detail] of refusedRequests) {
    test(`POST /client_token refuses ${situation} with ${code}`, () =>
      withEmulator(async ({ baseUrls }) => {
        const seen = await postForm(`${baseUrls.neoid}/client_token`, fields)
        assert.deepEqual({ status: seen.status, body: seen.body }, documented(code, detail))
        assert.equal(seen.headers.get('content-type'), 'application/json')
      }))
  }

  test('POST /client_token answers an internal error with the documented 500', () => {
    // The clock is read once for the log and then for the token.
    const moments = [0]
    const now = (): number => {
      const moment = moments.shift()
      if (moment === undefined) throw new Error('a clock that fails')
      return moment
    }
    return withEmulator(
      async ({ baseUrls }) => {
        const seen = await postForm(`${baseUrls.neoid}/client_token`, tokenFields(portal))
        assert.deepEqual(
          { status: seen.status, body: seen.body },
          documented('FALHA_TOKEN_MANUTENCAO_APLICACAO'),
        )
      },
      { now },
    )
  })

  test('POST /client_token refuses a repeated parameter', () =>
    withEmulator(async ({ baseUrls }) => {
      for (const name of ['grant_type', 'client_id', 'client_secret']) {
        const fields = Object.entries(tokenFields(portal))
        const value = fields.find(([key]) => key === name)?.[1] ?? ''
        const seen = await postForm(`${baseUrls.neoid}/client_token`, [...fields, [name, value]])
        assert.deepEqual(
          { status: seen.status, body: seen.body },
          documented('VALOR_PARAMETRO_INVALIDO', name),
        )
      }
    }))

  test('POST /client_token checks presence, values, client and secret in this order', () =>
    withEmulator(async ({ baseUrls }) => {
      const everythingWrong = { grant_type: 'x', client_id: 'ninguem', client_secret: 'wrong' }
      const steps = [
        [{ ...everythingWrong, client_secret: '' }, 'CAMPO_OBRIGATORIO', 'client_secret'],
        [everythingWrong, 'VALOR_PARAMETRO_INVALIDO', 'grant_type'],
        [
          { ...everythingWrong, grant_type: 'client_credentials' },
          'CLIENTE_OAUTH_NAO_IDENTIFICADO',
          '',
        ],
        [
          { ...tokenFields(portal), client_secret: 'wrong' },
          'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
          '',
        ],
      ] as const
      for (const [fields, code, detail] of steps) {
        const seen = await postForm(`${baseUrls.neoid}/client_token`, fields)
        assert.deepEqual({ status: seen.status, body: seen.body }, documented(code, detail))
      }
    }))

  test('POST /client_token of one PSC does not know the clients of another', () =>
    withEmulator(async ({ baseUrls }) => {
      const elsewhere = await postForm(`${baseUrls.serproid}/client_token`, tokenFields(portal))
      assert.equal(field(elsewhere.body, 'code'), 'CLIENTE_OAUTH_NAO_IDENTIFICADO')
      const token = await obtainToken(baseUrls.neoid)
      const seen = await maintain(baseUrls.serproid, token, { client_id: 'portal-serproid' })
      assert.equal(field(seen.body, 'code'), 'TOKEN_DE_ACESSO_INVALIDO')
    }))

  test('POST /client_token issues a new token for each request, and each is valid until it expires', () => {
    const clock = manualClock()
    return withEmulator(
      async ({ baseUrls }) => {
        const first = await obtainToken(baseUrls.neoid)
        clock.advance(1800)
        const tokens = await Promise.all(
          Array.from({ length: 20 }, () => obtainToken(baseUrls.neoid)),
        )
        assert.equal(new Set([first, ...tokens]).size, 21)
        clock.advance(1800)
        const put = (token: string) => maintain(baseUrls.neoid, token, { client_id: 'portal' })
        assert.equal((await put(first)).status, 401)
        for (const token of tokens) assert.equal((await put(token)).status, 200)
      },
      { now: clock.now },
    )
  })

  test("client_token uses the client's lifetime, then the PSC's", () => {
    const clients = [{ ...portalClient, tokenLifetimeSeconds: 60 }, agendaClient]
    const pscs = { neoid: { clients, tokenLifetimeSeconds: 900 } }
    return withEmulator(
      async ({ baseUrls }) => {
        const lifetime = async (credential: typeof portal): Promise<unknown> => {
          const url = `${baseUrls.neoid}/client_token`
          return field((await postForm(url, tokenFields(credential))).body, 'expires_in')
        }
        assert.equal(await lifetime(portal), 60)
        assert.equal(await lifetime(agenda), 900)
      },
      { config: { pscs } },
    )
  })

  test('POST /client_token reads credentials only from the form', () =>
    withEmulator(async ({ baseUrls }) => {
      const query = new URLSearchParams(tokenFields(portal)).toString()
      const seen = await ask(`${baseUrls.neoid}/client_token?${query}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          Authorization: `Basic ${btoa(`${portal.id}:${portal.secret}`)}`,
        },
        body: 'grant_type=client_credentials',
      })
      assert.equal(field(seen.body, 'code'), 'CAMPO_OBRIGATORIO')
    }))
})
