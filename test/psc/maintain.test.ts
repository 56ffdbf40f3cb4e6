import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PscError } from '../../provider/errors.ts'
import type { HttpResponse } from '../../provider/http/message.ts'
import type { Transport } from '../../provider/psc/call.ts'
import { connect } from '../../provider/psc/psc.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { TokenCache } from '../../provider/psc/token-cache.ts'
import { ManualClock } from '../http/support/clock.ts'
import { answer, client, connectTo, credentials, echo, neoid, tokenAnswer } from './support/psc.ts'

const invalid = answer(401, {
  code: 'TOKEN_DE_ACESSO_INVALIDO',
  msg: 'Token de acesso não informado, inválido ou expirado',
  debug: '',
})

const accepted = answer(200, echo)

function maintain(...answers: readonly HttpResponse[]) {
  const { psc, asked } = connectTo(neoid, ...answers)
  const done = psc.maintain(credentials, client)
  return { done, asked: () => asked.map(({ method, headers }) => headers.authorization ?? method) }
}

describe('a token that the PSC refuses', () => {
  it('A refused token is replaced by a new one', async () => {
    const { done, asked } = maintain(
      tokenAnswer({ access_token: 'first' }),
      invalid,
      tokenAnswer({ access_token: 'second' }),
      accepted,
    )
    assert.deepEqual((await done).differences, [])
    assert.deepEqual(asked(), ['POST', 'Bearer first', 'POST', 'Bearer second'])
  })

  const challenges: readonly (readonly [what: string, header: string | string[]])[] = [
    ['alone', 'Bearer realm="psc", error="invalid_token", error_description="expired"'],
    ['without quotes', 'bearer error=invalid_token'],
    ['behind another one', ['Basic realm="psc"', 'Bearer error="invalid_token"']],
    [
      'in one line with another one',
      'Basic realm="psc", Bearer realm="psc", error="invalid_token"',
    ],
  ]
  for (const [what, header] of challenges) {
    it(`A token that only the header refuses is replaced as well: ${what}`, async () => {
      const { done, asked } = maintain(
        tokenAnswer({ access_token: 'first' }),
        { ...answer(401, ''), headers: { 'www-authenticate': header } },
        tokenAnswer({ access_token: 'second' }),
        accepted,
      )
      assert.deepEqual((await done).differences, [])
      assert.deepEqual(asked(), ['POST', 'Bearer first', 'POST', 'Bearer second'])
    })
  }

  it('A refused token is replaced once for all its users', async () => {
    const tokens = ['first', 'second'].map((access_token) => tokenAnswer({ access_token }))
    const refused = Promise.withResolvers<HttpResponse>()
    const asked: string[] = []
    let waiting = 0
    const transport: Transport = async ({ method, headers: { authorization } }) => {
      asked.push(authorization ?? method)
      if (method === 'POST') return tokens.shift() ?? answer(400, 'asked too often')
      if (authorization !== 'Bearer first') return accepted
      // The second writer hears of it only after the first has its new token.
      return (waiting += 1) === 1 ? invalid : refused.promise
    }
    const session = { tokens: new TokenCache(new ManualClock()), transport }
    const write = () => connect(neoid, session).maintain(credentials, client)
    const both = [write(), write()] as const
    await Promise.race(both)
    refused.resolve(invalid)
    await Promise.all(both)
    assert.equal(asked.filter((what) => what === 'POST').length, 2)
  })

  it('A token is not replaced after another refusal', async () => {
    for (const header of ['Bearer', 'Bearer error="insufficient_scope"', 'Basic error="x"']) {
      const refusal = { ...answer(403, ''), headers: { 'www-authenticate': header } }
      const { done, asked } = maintain(tokenAnswer(), refusal)
      await assert.rejects(done, { status: 403 })
      assert.equal(asked().length, 2)
    }
  })

  it('A token is replaced only once in an operation', async () => {
    const { done, asked } = maintain(tokenAnswer(), invalid, tokenAnswer(), invalid)
    await assert.rejects(
      done,
      (error) => error instanceof PscError && error.pscCode === 'TOKEN_DE_ACESSO_INVALIDO',
    )
    assert.equal(asked().length, 4)
  })

  const others = [
    [401, 'MANUTENCAO_CLIENTE_ID_DIFERE_AUTORIZACAO'],
    [412, 'CLIENTE_OAUTH_NAO_IDENTIFICADO'],
    [412, 'APLICACAO_OAUTH_NOME_JA_CADASTRADO'],
    [412, 'CONTATO_EMAIL_INVALIDO'],
    [412, 'PELO_MENOS_UMA_REDIRECT_URI'],
    [412, 'URI_INVALIDA'],
    [412, 'URI_HTTPS_OBRIGATORIO'],
    [412, 'URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO'],
    [400, 'MANUTENCAO_SECRET_CLIENTE_NAO_ATUALIZAVEL'],
  ] as const
  for (const [status, code] of others) {
    it(`The code ${code} does not cause a new token`, async () => {
      const { done, asked } = maintain(tokenAnswer(), answer(status, { code, msg: '' }))
      await assert.rejects(done, { pscCode: code })
      assert.equal(asked().length, 2)
    })
  }

  it('FALHA_MANUTENCAO_APLICACAO causes no new token, because the write may have taken effect', async () => {
    const { done, asked } = maintain(
      tokenAnswer(),
      answer(500, { code: 'FALHA_MANUTENCAO_APLICACAO', msg: '' }),
    )
    await assert.rejects(done, { name: 'LostAnswerError', message: /500 FALHA_MANUTENCAO/ })
    assert.equal(asked().length, 2)
  })

  it('An operation ends if there is no new token', async () => {
    const wrong = answer(401, { code: 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH', msg: '' })
    const { done, asked } = maintain(tokenAnswer(), invalid, wrong)
    await assert.rejects(done, { pscCode: 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH' })
    assert.equal(asked().length, 3)
  })
})

describe('a success that reports an error', () => {
  const cases: readonly (readonly [body: unknown, pscCode: string | undefined, shown: RegExp])[] = [
    [{ status: 'error', message: 'redirect_uri recusada' }, undefined, /redirect_uri recusada/],
    [{ status: 'ERROR', client_id: client.clientId }, undefined, /ERROR/],
    [{ error: 'invalid_request', error_description: 'nome' }, 'invalid_request', /nome/],
    [{ code: 'URI_INVALIDA', msg: 'caminho' }, 'URI_INVALIDA', /caminho.*redirect URI/],
    [[{ error: 'Bad Request', error_description: ['nome'] }], 'Bad Request', /nome/],
  ]
  for (const profile of [neoid, resolveProfile('vidaas')]) {
    for (const [body, pscCode, shown] of cases) {
      it(`${profile.name} refuses a write by ${JSON.stringify(body)}`, async () => {
        const { psc } = connectTo(profile, tokenAnswer(), answer(200, body))
        await assert.rejects(psc.maintain(credentials, client), {
          name: 'PscError',
          code: 'ERR_PSC_REFUSED',
          pscCode,
          message: shown,
        })
      })
    }
  }

  it('A PSC that echoes nothing may report a success with a code of its own', async () => {
    for (const body of [{ code: 'OK' }, { status: 'success' }, { error: '' }, { error: null }]) {
      const { psc } = connectTo(resolveProfile('vidaas'), tokenAnswer(), answer(200, body))
      assert.deepEqual((await psc.maintain(credentials, client)).differences, [])
    }
  })
})

describe('the echo', () => {
  const differencesOf = async (changes: Readonly<Record<string, unknown>>) => {
    const { done } = maintain(tokenAnswer(), answer(200, { ...echo, ...changes }))
    return done
  }
  const [first = '', second = ''] = client.redirectUris

  it('An echo that repeats the request is kept as registered', async () => {
    const { registered, differences } = await differencesOf({})
    assert.deepEqual(differences, [])
    assert.deepEqual(registered, client)
  })

  it('An echo may have more fields, and another order of redirect URIs after the first', async () => {
    const third = 'https://www.aplicacao-exemplo.com/3'
    const { psc } = connectTo(
      neoid,
      tokenAnswer(),
      answer(200, {
        ...echo,
        status: 'ATIVO',
        redirect_uris: [first, third, second],
      }),
    )
    const sent = { ...client, redirectUris: [first, second, third] }
    const answered = await psc.maintain(credentials, sent)
    assert.deepEqual(answered.differences, [])
  })

  it('An echo may have a string in place of one redirect URI', async () => {
    const { psc } = connectTo(neoid, tokenAnswer(), answer(200, { ...echo, redirect_uris: first }))
    const sent = { ...client, redirectUris: [first] }
    const answered = await psc.maintain(credentials, sent)
    assert.deepEqual(answered.differences, [])
    assert.deepEqual(answered.registered?.redirectUris, [first])
  })

  const changes: readonly (readonly [changed: Record<string, unknown>, difference: RegExp])[] = [
    [{ name: 'Outro' }, /^name: sent "Nome da Aplicação", registered "Outro"$/],
    [{ name: 'nome da aplicação' }, /^name: /],
    [{ comments: '' }, /^comments: sent "Descrição da Aplicação", registered ""$/],
    [{ email: 'outro@exemplo.com' }, /^email: .*registered "outro@exemplo.com"$/],
    [{ redirect_uris: [second, first] }, /^redirectUris\[0\], the default: /],
    [{ redirect_uris: [first] }, /^redirectUris: not registered: "https.*outro-callback"$/],
    [
      { redirect_uris: [first, second, 'https://mal.exemplo.com/'] },
      /^redirectUris: registered but not declared: "https:\/\/mal.exemplo.com\/"$/,
    ],
    [
      { redirect_uris: [first, second, second] },
      /^redirectUris: some are registered more than once$/,
    ],
  ]
  for (const [changed, difference] of changes) {
    it(`A different echo is reported with its difference: ${JSON.stringify(changed)}`, async () => {
      const { differences } = await differencesOf(changed)
      assert.equal(differences.length, 1)
      assert.match(String(differences[0]), difference)
    })
  }
})
