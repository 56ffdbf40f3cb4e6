import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  agenda,
  field,
  maintain,
  manualClock,
  obtainToken,
  portal,
  withEmulator,
} from './support.ts'

/** "Lista de erros" of PUT /client_maintenance, word for word. */
const listaDeErros = `
TOKEN_DE_ACESSO_INVALIDO 401 Token de acesso não informado, inválido ou expirado
MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO 401 A aplicação informada via client_id difere da aplicação da autorização.
CLIENTE_OAUTH_NAO_IDENTIFICADO 412 Não foi possível identificar a aplicação cliente.
APLICACAO_OAUTH_NOME_JA_CADASTRADO 412 Já existe uma aplicação cadastrada com o nome informado
CONTATO_EMAIL_INVALIDO 412 E-mail informado inválido: ...
PELO_MENOS_UMA_REDIRECT_URI 412 Informe pelo menos 1 (uma) redirect URI
URI_INVALIDA 412 URI inválida: ...
URI_HTTPS_OBRIGATORIO 412 O protocolo da URI deve ser https: ...
URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO 412 URI não deriva do conjunto de subject alternative names do certificado: ...
MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL 400 Alteração da client_secret não disponível, entre em contato com a nossa equipe de atendimento.
FALHA_MANUTENCAO_APLICACAO 500 Erro interno na manutenção da aplicação.
CAMPO_OBRIGATORIO 412 O campo ... é obrigatório
VALOR_PARAMETRO_INVALIDO 400 Valor do parâmetro ... inválido
`

function documented(code: string, detail = ''): { status: number; body: unknown } {
  const row = listaDeErros.split('\n').find((line) => line.startsWith(`${code} `)) ?? ''
  const [, status, msg = ''] = /^\S+ (\d+) (.*)$/.exec(row) ?? []
  return { status: Number(status), body: { code, msg: msg.replace('...', detail), debug: '' } }
}

const whole = {
  client_id: 'portal',
  name: 'Portal novo',
  comments: 'Outra descrição',
  redirect_uris: ['https://portal.exemplo.gov.br/novo', 'https://a.servicos.exemplo.gov.br/cb'],
  email: 'equipe@exemplo.gov.br',
}

/** Each body is right but for one thing. */
const refusedBodies = [
  [
    "another application's client_id",
    { client_id: 'agenda' },
    'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO',
    '',
  ],
  [
    'an unknown client_id',
    { client_id: 'ninguem' },
    'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO',
    '',
  ],
  ["another application's name", { name: 'Agenda' }, 'APLICACAO_OAUTH_NOME_JA_CADASTRADO', ''],
  ['an e-mail without @', { email: 'equipe' }, 'CONTATO_EMAIL_INVALIDO', 'equipe'],
  ['an empty e-mail', { email: '' }, 'CONTATO_EMAIL_INVALIDO', ''],
  ['an empty list of URIs', { redirect_uris: [] }, 'PELO_MENOS_UMA_REDIRECT_URI', ''],
  ['a URI that is none', { redirect_uris: ['callback'] }, 'URI_INVALIDA', 'callback'],
  [
    'a fragment',
    { redirect_uris: ['https://portal.exemplo.gov.br/#a'] },
    'URI_INVALIDA',
    'https://portal.exemplo.gov.br/#a',
  ],
  [
    'plain http',
    { redirect_uris: ['http://portal.exemplo.gov.br/'] },
    'URI_HTTPS_OBRIGATORIO',
    'http://portal.exemplo.gov.br/',
  ],
  [
    'a host outside the certificate, behind a good one',
    { redirect_uris: ['https://portal.exemplo.gov.br/', 'https://outro.exemplo.gov.br/'] },
    'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    'https://outro.exemplo.gov.br/',
  ],
  [
    'a client_secret',
    { client_secret: 'not-a-secret-new' },
    'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL',
    '',
  ],
  [
    'a client_secret that is null',
    { client_secret: null },
    'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL',
    '',
  ],
  ['no client_id', { client_id: undefined }, 'CAMPO_OBRIGATORIO', 'client_id'],
  ['an empty name', { name: ' ' }, 'CAMPO_OBRIGATORIO', 'name'],
  ['empty comments', { comments: '' }, 'CAMPO_OBRIGATORIO', 'comments'],
  ['a name that is a number', { name: 5 }, 'VALOR_PARAMETRO_INVALIDO', 'name'],
  [
    'a URI in the place of a list',
    { redirect_uris: 'https://portal.exemplo.gov.br/' },
    'VALOR_PARAMETRO_INVALIDO',
    'redirect_uris',
  ],
  [
    'a list with a number in it',
    { redirect_uris: [1] },
    'VALOR_PARAMETRO_INVALIDO',
    'redirect_uris',
  ],
] as const

describe('PUT /client_maintenance', () => {
  test('PUT /client_maintenance stores and echoes all fields', () =>
    withEmulator(async ({ baseUrls, registered }) => {
      const seen = await maintain(baseUrls.neoid, await obtainToken(baseUrls.neoid), whole)
      assert.equal(seen.status, 200)
      assert.equal(seen.headers.get('content-type'), 'application/json')
      assert.deepEqual(seen.body, whole)
      assert.deepEqual(registered('neoid', 'portal'), {
        clientId: 'portal',
        name: 'Portal novo',
        comments: 'Outra descrição',
        email: 'equipe@exemplo.gov.br',
        redirectUris: whole.redirect_uris,
        certificate: { hosts: ['portal.exemplo.gov.br', '*.servicos.exemplo.gov.br'] },
        revision: 1,
      })
    }))

  test('PUT /client_maintenance of SerproID accepts a name that NeoID uses', () =>
    withEmulator(async ({ baseUrls }) => {
      const credential = { id: 'portal-serproid', secret: 'not-a-secret-serproid' }
      const token = await obtainToken(baseUrls.serproid, credential)
      const body = {
        ...whole,
        client_id: 'portal-serproid',
        name: 'Agenda',
        redirect_uris: ['https://portal.exemplo.gov.br/'],
      }
      const seen = await maintain(baseUrls.serproid, token, body)
      assert.deepEqual([seen.status, seen.body], [200, body])
    }))

  test('PUT /client_maintenance keeps absent and null fields', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const seen = await maintain(baseUrls.neoid, token, {
        client_id: 'portal',
        name: null,
        comments: 'Só isto',
        redirect_uris: null,
      })
      assert.deepEqual(seen.body, {
        client_id: 'portal',
        name: 'Portal do Cidadão',
        comments: 'Só isto',
        email: 'suporte@exemplo.gov.br',
        redirect_uris: [
          'https://portal.exemplo.gov.br/callback',
          'https://portal.exemplo.gov.br/outro',
        ],
      })
    }))

  for (const [situation, change, code, detail] of refusedBodies) {
    test(`PUT /client_maintenance refuses ${situation} with ${code} and writes nothing`, () =>
      withEmulator(async ({ baseUrls, registered }) => {
        const before = registered('neoid', 'portal')
        const token = await obtainToken(baseUrls.neoid)
        const seen = await maintain(baseUrls.neoid, token, { ...whole, ...change })
        assert.deepEqual({ status: seen.status, body: seen.body }, documented(code, detail))
        assert.equal(seen.headers.get('content-type'), 'application/json')
        assert.deepEqual(registered('neoid', 'portal'), before)
      }))
  }

  for (const [situation, headers] of [
    ['no token', {}],
    ['another scheme', { Authorization: 'Basic cG9ydGFsOng=' }],
    ['a token that was never issued', { Authorization: 'Bearer abc' }],
    ['an empty token', { Authorization: 'Bearer ' }],
  ] as const) {
    test(`PUT /client_maintenance refuses ${situation} with TOKEN_DE_ACESSO_INVALIDO`, () =>
      withEmulator(async ({ baseUrls }) => {
        const seen = await maintain(baseUrls.neoid, undefined, whole, headers)
        assert.deepEqual(
          { status: seen.status, body: seen.body },
          documented('TOKEN_DE_ACESSO_INVALIDO'),
        )
      }))
  }

  test('PUT /client_maintenance accepts a token until it expires', () => {
    const clock = manualClock()
    return withEmulator(
      async ({ baseUrls }) => {
        const token = await obtainToken(baseUrls.neoid)
        clock.advance(3599)
        assert.equal((await maintain(baseUrls.neoid, token, whole)).status, 200)
        clock.advance(1)
        const seen = await maintain(baseUrls.neoid, token, whole)
        assert.deepEqual(
          { status: seen.status, body: seen.body },
          documented('TOKEN_DE_ACESSO_INVALIDO'),
        )
      },
      { now: clock.now },
    )
  })

  test('PUT /client_maintenance refuses a valid token of a removed client', () =>
    withEmulator(async ({ baseUrls, url }) => {
      const token = await obtainToken(baseUrls.neoid)
      const removal = await fetch(`${url}/_emulator/clients/neoid/portal`, { method: 'DELETE' })
      assert.equal(removal.status, 204)
      const seen = await maintain(baseUrls.neoid, token, whole)
      assert.deepEqual(
        { status: seen.status, body: seen.body },
        documented('CLIENTE_OAUTH_NAO_IDENTIFICADO'),
      )
    }))

  test('PUT /client_maintenance checks token, JSON, client, secret, types, name, e-mail and URIs in this order', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const uri = 'http://outro.exemplo.gov.br/#x'
      const wrong = {
        client_id: 'agenda',
        client_secret: 'not-a-secret-new',
        comments: 7,
        name: 'Agenda',
        email: 'x',
        redirect_uris: [uri],
      }
      const codeOf = async (body: unknown, bearer = token): Promise<unknown> =>
        field((await maintain(baseUrls.neoid, bearer, body)).body, 'code')
      assert.equal(await codeOf('{', 'abc'), 'TOKEN_DE_ACESSO_INVALIDO')
      assert.equal((await maintain(baseUrls.neoid, token, '{')).status, 400)
      assert.equal(await codeOf(wrong), 'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO')
      const own = { ...wrong, client_id: 'portal' }
      assert.equal(await codeOf(own), 'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL')
      const noSecret = { ...own, client_secret: undefined }
      assert.equal(await codeOf(noSecret), 'VALOR_PARAMETRO_INVALIDO')
      const typed = { ...noSecret, comments: 'x' }
      assert.equal(await codeOf(typed), 'APLICACAO_OAUTH_NOME_JA_CADASTRADO')
      const named = { ...typed, name: 'Livre' }
      assert.equal(await codeOf(named), 'CONTATO_EMAIL_INVALIDO')
      const reachable = { ...named, email: 'equipe@exemplo.gov.br' }
      assert.equal(await codeOf(reachable), 'URI_INVALIDA')
      const whole = { ...reachable, redirect_uris: [uri.replace('#x', '')] }
      assert.equal(await codeOf(whole), 'URI_HTTPS_OBRIGATORIO')
    }))

  test('PUT /client_maintenance answers a body that is not a JSON object with the array', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      for (const body of ['', '{', '[]', 'null', '"portal"', '{"client_id":"portal"} x']) {
        const seen = await maintain(baseUrls.neoid, token, body)
        assert.equal(seen.status, 400, body)
        assert.ok(Array.isArray(seen.body), body)
      }
    }))

  test('PUT /client_maintenance gives a name to one of two concurrent requests', () =>
    withEmulator(async ({ baseUrls, registered }) => {
      const tokens = await Promise.all(
        [portal, agenda].map((one) => obtainToken(baseUrls.neoid, one)),
      )
      const statuses = await Promise.all(
        [portal, agenda].map(async ({ id }, index) => {
          const body = { client_id: id, name: 'Disputado' }
          return (await maintain(baseUrls.neoid, tokens[index], body)).status
        }),
      )
      assert.deepEqual(statuses.toSorted(), [200, 412])
      const names = ['portal', 'agenda'].map((id) => registered('neoid', id)?.name)
      assert.equal(names.filter((name) => name === 'Disputado').length, 1)
    }))

  test('PUT /client_maintenance accepts a name that its owner gave up, and the name that a client has', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const other = await obtainToken(baseUrls.neoid, agenda)
      const rename = async (bearer: string, id: string, name: string): Promise<number> =>
        (await maintain(baseUrls.neoid, bearer, { client_id: id, name })).status
      assert.equal(await rename(token, 'portal', 'Portal do Cidadão'), 200)
      assert.equal(await rename(other, 'agenda', 'Portal do Cidadão'), 412)
      assert.equal(await rename(token, 'portal', 'Novo'), 200)
      assert.equal(await rename(other, 'agenda', 'Portal do Cidadão'), 200)
    }))

  test('PUT /client_maintenance treats __proto__ and constructor as unknown fields', () =>
    withEmulator(async ({ baseUrls }) => {
      const token = await obtainToken(baseUrls.neoid)
      const body = '{"client_id":"portal","__proto__":{"client_secret":"x"},"constructor":1}'
      assert.equal((await maintain(baseUrls.neoid, token, body)).status, 200)
      const seen = await maintain(baseUrls.neoid, token, '{"client_id":"__proto__"}')
      assert.equal(field(seen.body, 'code'), 'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO')
    }))
})
