import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { portuguese } from '../../../cli/portuguese/index.ts'
import { readSource } from '../../../cli/report/sources.ts'
import { readConfiguration, settingNames } from '../../../provider/engine/configuration.ts'
import { validateKeys } from '../../../provider/engine/unknown-settings.ts'
import { adviceForRefusal, readCallback } from '../../../provider/psc/sign-in/callback.ts'
import { judgeGrant, sayShown } from '../../../provider/psc/sign-in/user-grant.ts'
import { speak } from '../../../provider/say.ts'
import { createAuthority } from '../../http/support/authority.ts'
import { tlsServer } from '../../http/support/child.ts'
import { connectProxy } from '../../http/support/proxy.ts'
import { begin } from '../../psc/sign-in/support.ts'
import { type Reply, startTokenServer } from '../../psc/support/token-server.ts'
import { folderWith, psc } from '../psc.ts'
import { assertPortuguese } from './english.ts'

before(() => {
  speak(portuguese)
})

/** Returns the message of the error that is thrown. */
function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return assert.fail('nothing was thrown')
}

const later = { 'retry-after': '86400' }

/** Answers by the path of a token endpoint. Each stands for a row of the advice. */
const answers: Readonly<Record<string, Reply>> = {
  wrong: { status: 401, body: { error: 'invalid_client', error_description: '' } },
  grant: { status: 400, body: { error: 'unsupported_grant_type' } },
  bare: { status: 401, body: {} },
  basic: { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: {} },
  moved: { status: 302, headers: { location: '/elsewhere' }, body: '' },
  absent: { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } },
  many: { status: 429, headers: later, body: '' },
  down: { status: 503, headers: later, body: '' },
  page: { body: '<html>', headers: { 'content-type': 'text/html' } },
  other: { body: { token: 'x' } },
  inside: { body: { error: 'invalid_request' } },
  odd: { status: 418, body: 'x', headers: { 'content-type': 'image/png' } },
}

describe('what the commands print in Portuguese when something fails', () => {
  test('verify explains in Portuguese every answer, connection, certificate, proxy and secret that fails', async (t) => {
    const server = await startTokenServer(
      ({ url = '' }) => answers[url.slice(1)] ?? { status: 404, body: '' },
    )
    t.after(() => server.close())
    const closed = await startTokenServer({ body: '' })
    await closed.close()
    const authority = await createAuthority()
    const port = await tlsServer(t, await authority.issue('localhost'))
    const proxy = await connectProxy(t, (socket) => {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    })
    const issuers: Readonly<Record<string, string>> = {
      ...Object.fromEntries(Object.keys(answers).map((path) => [path, `${server.url}/${path}`])),
      closed: `${closed.url}/token`,
      tls: `https://localhost:${port}/token`,
      proxy: 'https://emissor.exemplo/token',
      known: `${server.url}/.well-known/openid-configuration`,
    }
    const secrets: Readonly<Record<string, object | string>> = {
      unset: { env: 'PSC_TEST_UNSET' },
      lost: { file: 'lost.txt' },
      empty: { file: 'empty.txt' },
      config: { config: 'portalSecret' },
    }
    const credential = (issuer: string, clientSecret: object | string) => ({
      issuer,
      clientId: 'portal',
      clientSecret,
    })
    const credentials = Object.fromEntries([
      ...Object.entries(issuers).map(([name, issuer]) => [
        name,
        credential(issuer, { file: 'secret.txt' }),
      ]),
      ...Object.entries(secrets).map(([name, secret]) => [name, credential('neoid', secret)]),
    ]) as object
    const cwd = folderWith({
      'clients.yaml': JSON.stringify({ credentials }),
      'secret.txt': 'not-a-secret-portal',
      'empty.txt': '',
      'Pulumi.yaml': 'name: clientes\nruntime: nodejs\n',
      // One attempt: a retry needs more time.
      'Pulumi.teste.yaml': 'config:\n  psc:timeoutSeconds: 1\n',
    })
    const env = { https_proxy: proxy.url, HTTPS_PROXY: proxy.url, no_proxy: '', NO_PROXY: '' }
    const { code, stdout, stderr } = await psc(['verify', '--stack', 'teste', '--lang', 'pt'], {
      cwd,
      env,
    })
    assert.equal(code, 1, stderr)
    for (const fact of [/407/, /ECONNREFUSED/, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/, /PSC_TEST_UNSET/])
      assert.match(stdout, fact)
    const failed = Object.keys({ ...issuers, ...secrets }).filter(
      (name) => !new RegExp(`^${name} .* falhou|^${name} .* não disponível`, 'm').test(stdout),
    )
    assert.deepEqual(failed, [], stdout)
    assertPortuguese(stdout + stderr)
  })

  test('login explains in Portuguese every address that it does not take', async () => {
    const signIn = await begin('https://psc.exemplo.br')
    const { redirectUri, state, authorizeUrl } = signIn
    const own = `${redirectUri}?state=${state}`
    const codes = [...Object.keys(adviceForRefusal), 'outro']
    const addresses = [
      'x',
      authorizeUrl,
      'https://outro.exemplo.br/',
      `${redirectUri}/x`,
      own,
      `${own}&code=1&code=2`,
      `${own}&code=1&iss=https://emissor.exemplo.br`,
      `${own}&response=x`,
      `${redirectUri}?code=1`,
      `${redirectUri}?code=1&state=x`,
      `${redirectUri}?error=invalid_request&error=invalid_scope`,
      ...codes.map((code) => `${own}&error=${code}`),
    ]
    for (const address of addresses) {
      const message = messageOf(() => readCallback(signIn, address))
      assertPortuguese(message.replaceAll(redirectUri, ''))
    }
  })

  test('login explains in Portuguese every deviation of a grant', () => {
    const lifetimes = { request: [300], session: { CPF: [900], CNPJ: [900] }, complete: true }
    const sound = {
      scope: 'authentication_session',
      expiresIn: 300,
      identificationType: 'CPF',
      identification: '12345678909',
    }
    const changes = [
      { scope: 1 },
      { scope: 'multi_signature' },
      { identificationType: undefined },
      { identificationType: 'RG' },
      { identification: undefined },
      { identification: 1 },
      { identification: '1' },
      { identificationType: 'CNPJ' },
      { expiresIn: undefined },
      { expiresIn: 'x' },
      { expiresIn: 301 },
    ]
    const session = { ...sound, scope: 'signature_session', expiresIn: 901 }
    const judged = [
      ...changes.map((change) =>
        judgeGrant({ ...sound, ...change }, 'authentication_session', lifetimes),
      ),
      judgeGrant(session, 'signature_session', lifetimes),
      judgeGrant(session, 'signature_session', { ...lifetimes, complete: false }),
    ]
    for (const { problems } of judged) {
      assert.notDeepEqual(problems, [])
      assertPortuguese(problems.map(({ message }) => message).join('\n'))
    }
  })

  test('login says a hidden and a malformed part of a grant in Portuguese', () => {
    const parts = ['(hidden)', '(not a string)', 'signature_session'].map(sayShown)
    assert.deepEqual(parts, ['(oculto)', '(não é uma string)', 'signature_session'])
  })

  test('Every unusable and every unknown setting is explained in Portuguese', () => {
    const messages = settingNames.map((name) =>
      messageOf(() => readConfiguration((key) => (key === `psc:${name}` ? '{' : undefined))),
    )
    const other = {
      project: 'clientes',
      references: new Set<string>(),
      mayBeOwn: () => false,
      pscs: ['neoid'],
    }
    const keys = ['psc:prefligth', 'psc:zzz', 'psc:baseUrls.neoid', 'pulumi-psc:preflight']
    const unknown = [
      ...keys.map((key) => messageOf(() => validateKeys([key], {}, other))),
      ...['neiod', 'zzzzzzzz'].map((name) =>
        messageOf(() => validateKeys([], { [name]: '' }, other)),
      ),
    ]
    for (const message of [...messages, ...unknown]) {
      assert.match(message, /\[ERR_PSC_CONFIGURATION\]$/)
      assertPortuguese(message)
    }
  })

  test('report explains in Portuguese every file that it cannot use', () => {
    const folder = folderWith({
      empty: '',
      cut: '{"deployment": {',
      state: '{"deployment":{"resources":[]}}',
      utf16: Uint8Array.of(0xff, 0xfe, 0x7b, 0),
    })
    for (const name of ['empty', 'cut', 'state', 'utf16', 'missing', '.']) {
      const message = messageOf(() => readSource('preview', join(folder, name)))
      assert.match(message, /\[ERR_PSC_(REPORT_FILE|FILE)\]$/)
      assertPortuguese(message)
    }
  })
})
