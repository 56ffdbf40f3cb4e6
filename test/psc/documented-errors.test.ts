import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PscError } from '../../provider/errors.ts'
import type { HttpResponse } from '../../provider/http/message.ts'
import { documentedCodes } from '../../provider/psc/advice.ts'
import { call } from '../../provider/psc/call.ts'
import { issuerOf } from '../../provider/psc/issuers.ts'
import { writeDocument } from '../../provider/psc/requests/client-maintenance.ts'
import {
  answer,
  client,
  connectTo,
  credentials,
  neoid,
  scriptedPsc,
  serproid,
} from './support/psc.ts'

type Row = readonly [code: string, status: number, msg: string, advice: RegExp]

/** @see "Token de acesso de aplicação" (SerproID), "Lista de erros"; the advice names what its reader can change. */
const ofToken: readonly Row[] = [
  ['CAMPO_OBRIGATORIO', 412, 'O campo ... é obrigatório', /declare it and apply again/],
  ['VALOR_PARAMETRO_INVALIDO', 400, 'Valor do parâmetro ... inválido', /base URL.*client id/],
  [
    'CLIENTE_OAUTH_NAO_IDENTIFICADO',
    412,
    'Não foi possível identificar a aplicação cliente.',
    /check clientId.*environment/,
  ],
  [
    'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
    401,
    'Falha na autenticidade do client_id e client_secret.',
    /clientSecret refers to/,
  ],
  [
    'FALHA_TOKEN_MANUTENCAO_APLICACAO',
    500,
    'Erro interno na obtenção do token de manutenção da aplicação.',
    /try again later/,
  ],
]

/** @see "Manutenção de aplicação" (NeoID), "Lista de erros" */
const ofMaintenance: readonly Row[] = [
  [
    'TOKEN_DE_ACESSO_INVALIDO',
    401,
    'Token de acesso não informado, inválido ou expirado',
    /new token as well/,
  ],
  [
    'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO',
    401,
    'A aplicação informada via client_id difere da aplicação da autorização.',
    /clientId and clientSecret belong together/,
  ],
  [
    'CLIENTE_OAUTH_NAO_IDENTIFICADO',
    412,
    'Não foi possível identificar a aplicação cliente.',
    /check clientId/,
  ],
  [
    'APLICACAO_OAUTH_NOME_JA_CADASTRADO',
    412,
    'Já existe uma aplicação cadastrada com o nome informado',
    /choose another name/,
  ],
  ['CONTATO_EMAIL_INVALIDO', 412, 'E-mail informado inválido: ...', /Correct email/],
  [
    'PELO_MENOS_UMA_REDIRECT_URI',
    412,
    'Informe pelo menos 1 (uma) redirect URI',
    /at least one redirect URI/,
  ],
  ['URI_INVALIDA', 412, 'URI inválida: ...', /Correct the redirect URI/],
  [
    'URI_HTTPS_OBRIGATORIO',
    412,
    'O protocolo da URI deve ser https: ...',
    /must begin with https:\/\//,
  ],
  [
    'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO',
    412,
    'URI não deriva do conjunto de subject alternative names do certificado: ...',
    /subject alternative names/,
  ],
  [
    'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL',
    400,
    'Alteração da client_secret não disponível, entre em contato com a nossa equipe de atendimento.',
    /ask its support/,
  ],
  [
    'FALHA_MANUTENCAO_APLICACAO',
    500,
    'Erro interno na manutenção da aplicação.',
    /apply again.*safely/,
  ],
]

const authorization = { accessToken: 'not-a-secret-token', clientSecret: 'not-a-secret' }

const services = {
  'POST /client_token': (response: HttpResponse): Promise<unknown> =>
    issuerOf(serproid).obtain(credentials, scriptedPsc(response).transport),
  'PUT /client_maintenance': (response: HttpResponse): Promise<unknown> =>
    call(scriptedPsc(response).transport, writeDocument(neoid, client, authorization)),
}

async function errorOf(service: keyof typeof services, response: HttpResponse): Promise<PscError> {
  const error: unknown = await services[service](response).catch((reason: unknown) => reason)
  assert.ok(error instanceof PscError, String(error))
  return error
}

for (const [service, rows] of [
  ['POST /client_token', ofToken],
  ['PUT /client_maintenance', ofMaintenance],
] as const) {
  describe(`a documented refusal of ${service}`, () => {
    for (const [code, status, msg, advice] of rows) {
      it(`The refusal ${code} of ${service} shows its code, its words and a remedy`, async () => {
        const body = { code, msg, debug: 'not for users' }
        const error = await errorOf(service, answer(status, body))
        assert.equal(error.pscCode, code)
        assert.equal(error.status, status)
        assert.equal(error.code, status === 500 ? 'ERR_PSC_UNAVAILABLE' : 'ERR_PSC_REFUSED')
        const [, method] = /^(\w+) /.exec(service) ?? []
        assert.ok(error.message.startsWith(`[${String(method)}] "https://`), error.message)
        assert.ok(error.message.includes(`: ${status} ${code} (${msg})`), error.message)
        assert.match(error.message.slice(error.message.indexOf(msg) + msg.length), advice)
        assert.doesNotMatch(error.message, /not for users|undefined/)
        assert.ok(error.message.endsWith(`[${status === 500 ? error.code : code}]`), error.message)
      })
    }
  })
}

/** Other PSCs answer in the words of the standards. */
const standard = {
  // RFC 6749, section 5.2
  'POST /client_token': [
    ['invalid_request', 400, /proxy/],
    ['invalid_client', 401, /clientId and what clientSecret refers to/],
    ['invalid_grant', 400, /clientId and clientSecret/],
    ['unauthorized_client', 400, /check clientSecret/],
    ['unsupported_grant_type', 400, /check the address/],
    ['invalid_scope', 400, /scope/],
  ],
  // RFC 6750, section 3.1
  'PUT /client_maintenance': [
    ['invalid_request', 400, /compare the declaration/],
    ['invalid_token', 401, /new token as well/],
    ['insufficient_scope', 403, /ask the support/],
    ['invalid_client', 401, /check clientId/],
    ['unauthorized_client', 403, /ask its support/],
  ],
} as const

for (const service of ['POST /client_token', 'PUT /client_maintenance'] as const) {
  describe(`a refusal of ${service} in the words of a standard`, () => {
    for (const [code, status, advice] of standard[service]) {
      it(`The standard error ${code} of ${service} gets a remedy`, async () => {
        const { message } = await errorOf(service, answer(status, { error: code }))
        const [, text = ''] = message.split(`: ${status} ${code}. `)
        assert.match(text, advice)
        assert.doesNotMatch(text, /No document/)
      })
    }

    it(`The error of a gateway counts more than the standard error of ${service} beside it`, async () => {
      const { message } = await errorOf(service, answer(502, { error: 'invalid_client' }))
      assert.match(message, /: 502 invalid_client\. The PSC or a gateway before it/)
    })
  })
}

describe('the advice', () => {
  it('Every documented code has advice, and no other code has', () => {
    const documented = new Set([...ofToken, ...ofMaintenance].map(([code]) => code))
    assert.deepEqual(new Set(documentedCodes), documented)
  })
})

describe('an error body', () => {
  const read = (status: number, body: unknown, type?: string) =>
    errorOf('POST /client_token', answer(status, body, type))

  it('An error body of the application services is read', async () => {
    const error = await read(401, {
      code: 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH',
      msg: 'Falha.',
      debug: '',
    })
    assert.equal(error.pscCode, 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH')
  })

  it('An error body of the OAuth services is read', async () => {
    const error = await read(400, {
      error: 'invalid_request',
      error_description: 'Parâmetro(s) requerido(s) não informado(s): code_verifier',
      error_uri: 'https://servicos.serpro.gov.br/neoid/docs/#lista-de-erros-possiveis',
    })
    assert.equal(error.pscCode, 'invalid_request')
    assert.match(
      error.message,
      /400 invalid_request \(Parâmetro\(s\) requerido\(s\) não informado\(s\): code_verifier\)/,
    )
  })

  it('An error body of the framework, an array, is read', async () => {
    const error = await read(415, [
      { error: 'Unsupported Media Type', error_description: ['um', 'dois'] },
    ])
    assert.match(error.message, /415 Unsupported Media Type \(um dois\)\. .*check the base URL/)
  })

  it('The page of a gateway is described and not repeated', async () => {
    const error = await read(502, '<html><h1>Bad Gateway</h1></html>', 'text/html')
    assert.equal(error.code, 'ERR_PSC_UNAVAILABLE')
    assert.match(
      error.message,
      /: 502, with a body that is not JSON \(text\/html\)\. .*try again later/,
    )
    assert.doesNotMatch(error.message, /Bad Gateway/)
  })

  it('An error without words still names its status', async () => {
    assert.match(
      (await read(412, { code: 'URI_INVALIDA' })).message,
      /: 412 URI_INVALIDA\. Correct/,
    )
    assert.match((await read(404, '')).message, /: 404, with an empty body\. .*check the base URL/)
    assert.match((await read(403, {})).message, /: 403, with JSON of an undocumented shape\. /)
  })

  it('An undocumented code is shown as it is, with advice for its status', async () => {
    assert.match(
      (await read(418, { code: 'SOU_UM_BULE', msg: 'Não' })).message,
      /: 418 SOU_UM_BULE \(Não\)\. No document/,
    )
  })

  it('The error for a redirect says that the redirect was not followed', async () => {
    const error = await read(307, '')
    assert.equal(error.code, 'ERR_PSC_UNEXPECTED_ANSWER')
    assert.match(error.message, /Redirects are not followed/)
  })

  it('An error with Retry-After names that time', async () => {
    const response = { ...answer(503, ''), comeBackAt: new Date('2026-03-02T06:00:00Z') }
    const error = await errorOf('POST /client_token', response)
    assert.equal(error.code, 'ERR_PSC_UNAVAILABLE')
    assert.match(
      error.message,
      /: 503, .*\. The PSC asks to come back after 2026-03-02T06:00:00\.000Z\. \[ERR_PSC_UNAVAILABLE\]$/,
    )
  })

  it('An error with Retry-After keeps its code, its words and its remedy', async () => {
    const body = { code: 'FALHA_TOKEN_MANUTENCAO_APLICACAO', msg: 'Erro interno.' }
    const comeBackAt = new Date('2026-03-02T06:00:00Z')
    const error = await errorOf('POST /client_token', { ...answer(500, body), comeBackAt })
    assert.equal(error.code, 'ERR_PSC_UNAVAILABLE')
    assert.match(
      error.message,
      /: 500 FALHA_TOKEN_MANUTENCAO_APLICACAO \(Erro interno\.\) The PSC failed .*its support\. The PSC asks to come back after 2026-03-02T06:00:00\.000Z\. \[ERR_PSC_UNAVAILABLE\]$/,
    )
  })

  it('An error with an unknown code and Retry-After names both', async () => {
    const comeBackAt = new Date('2026-03-02T06:00:00Z')
    const error = await errorOf('POST /client_token', {
      ...answer(429, { error: 'slow_down' }),
      comeBackAt,
    })
    assert.match(error.message, /: 429 slow_down\. .*later\. The PSC asks to come back after 2026-/)
  })

  it('An error says how to send a Basic header only for a request with a client secret in its body', async () => {
    const headers = { 'www-authenticate': 'Basic realm="x"' }
    const refusal = { ...answer(401, { error: 'invalid_client' }), headers }
    const token = await errorOf('POST /client_token', refusal)
    assert.match(token.message, /clientAuthentication: basic in the credential or in the profile/)
    const { psc } = connectTo(neoid, refusal)
    const registration = psc.register({ ...client, host: 'portal.exemplo.gov.br' })
    await assert.rejects(registration, ({ message }: Error) => {
      assert.match(message, /401 invalid_client/)
      assert.doesNotMatch(message, /clientAuthentication/)
      return true
    })
  })
})
