import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authorizeUrlOf, signIn, useStage } from './stage.ts'
import { startTokenServer } from '../../psc/support/token-server.ts'

describe('psc login in a terminal', () => {
  const stage = useStage()

  it('walks a sign-in and shows what was granted', async () => {
    const { code, stdout, stderr, opened } = await stage.run({ answers: [signIn] })
    assert.equal(
      stdout,
      [
        'granted    authentication_session',
        'holder     CPF ***.111.111-**',
        'lifetime   5 minutes',
        'The sign-in of portal at neoid works.',
      ].join('\n'),
    )
    assert.equal(code, 0)
    assert.deepEqual(opened, [authorizeUrlOf(stderr)])
  })

  it('says beforehand that the application may see the code, and how to avoid trouble', async () => {
    let before = ''
    await stage.run({
      answers: [
        (url) => {
          before = url
          return signIn(url)
        },
      ],
    })
    assert.notEqual(before, '')
    const { stderr } = await stage.run({ answers: [] })
    const caution = /the application there may see the code.*--redirect-uri/.exec(stderr)
    assert.ok(caution && caution.index < stderr.indexOf('/authorize?'), stderr)
  })

  for (const [scope, holder, period, shown] of [
    ['single_signature', '11111111111', 0, 'CPF ***.111.111-**\nlifetime   5 minutes'],
    ['multi_signature', '11222333000181', 0, 'CNPJ **.222.333/****-**\nlifetime   5 minutes'],
    ['signature_session', '12345678909', 900, 'CPF ***.456.789-**\nlifetime   15 minutes'],
    [
      'signature_session',
      '11222333000181',
      2_592_000,
      'CNPJ **.222.333/****-**\nlifetime   30 days',
    ],
  ] as const) {
    it(`asks for ${scope}, granted for ${shown.slice(shown.lastIndexOf('   ')).trim()}`, async () => {
      const { code, stdout } = await stage.run({
        scope,
        answers: [(url) => signIn(url, { holder, period })],
      })
      assert.ok(stdout.startsWith(`granted    ${scope}\nholder     ${shown}\n`), stdout)
      assert.equal(code, 0)
    })
  }

  it('uses the redirect URI that is named, with its query', async () => {
    const redirectUri = 'https://portal.exemplo.gov.br/ninguem?app=1'
    let address = ''
    const { code } = await stage.run({
      redirectUri,
      answers: [async (url) => (address = await signIn(url))],
    })
    assert.ok(address.startsWith(`${redirectUri}&code=`), address)
    assert.equal(code, 0)
  })

  it('asks again for an address that it cannot have ended on', async () => {
    const { code, stderr } = await stage.run({
      answers: [
        () => 'what?',
        (url) => url,
        async (url) => (await signIn(url)).replace('portal.', 'porta1.'),
        signIn,
      ],
    })
    assert.match(stderr, /not an address/)
    assert.match(stderr, /the page of the PSC itself/)
    assert.match(stderr, /at https:\/\/porta1\.exemplo\.gov\.br/)
    assert.equal(code, 0)
  })

  it('gives up after five of them', async () => {
    const { code, stderr } = await stage.run({
      answers: Array<() => string>(6).fill(() => 'what?'),
    })
    assert.equal(stderr.match(/not an address/g)?.length, 5)
    assert.equal(code, 1)
  })

  it('ends when the holder refuses', async () => {
    const { code, stderr } = await stage.run({
      answers: [(url) => signIn(url, { refuse: true }), signIn],
    })
    assert.match(stderr, /access_denied .*The holder, or the PSC, refused/)
    assert.equal(code, 1)
  })

  it('ends when standard input does', async () => {
    const { code, stderr } = await stage.run({ answers: [] })
    assert.match(stderr, /no address was given\. Begin again: psc login portal \[ERR_PSC_LOGIN\]$/)
    assert.equal(code, 1)
  })

  it('knows an address that an earlier run has used', async () => {
    let used = ''
    await stage.run({ answers: [async (url) => (used = await signIn(url))] })
    const { code, stderr } = await stage.run({ answers: [() => used] })
    assert.match(stderr, /used already: a code works once/)
    assert.equal(code, 1)
  })
})

describe('psc login, told by the PSC', () => {
  const stage = useStage()

  it('says that the secret is wrong', async () => {
    process.env.PSC_TEST_PORTAL = 'not-a-secret-old'
    const { code, stdout, stderr } = await stage.run({ answers: [signIn] })
    assert.equal(stdout, '')
    assert.match(stderr, /401 invalid_client \(.*\)\. Documented causes: /)
    assert.ok(!stderr.includes('not-a-secret-old'))
    assert.equal(code, 1)
  })

  it('says what is left when the code is not accepted', async () => {
    const { code, stderr } = await stage.run({
      answers: [async (url) => (await signIn(url)).replace(/code=[^&]*/, 'code=gone')],
    })
    assert.match(stderr, /invalid_grant .*the application at portal\.exemplo\.gov\.br/)
    assert.equal(code, 1)
  })

  it('counts a grant that is not what the document promises as a problem, and shows no token', async () => {
    const server = await startTokenServer({
      body: {
        access_token: 'not-a-secret-user-token',
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'signature_session',
        authorized_identification_type: 'CPF',
        authorized_identification: '123',
      },
    })
    stage.declare(`${server.url}/psc/v0/oauth`)
    const answer = (url: string) => {
      const query = new URL(url).searchParams
      return `${query.get('redirect_uri') ?? ''}?code=x&state=${query.get('state') ?? ''}`
    }
    const text = await stage.run({ answers: [answer] })
    const json = await stage.run({ answers: [answer], json: true })
    await server.close()
    assert.equal(text.code, 1)
    assert.equal(text.stdout.match(/^problem {4}/gm)?.length, 2)
    const { status, problems } = JSON.parse(json.stdout) as Record<string, unknown>
    assert.equal(status, 'problem')
    assert.deepEqual(problems, [
      'scope: requested authentication_session, granted "signature_session"',
      'authorized_identification is not a CPF: a CPF has exactly 11 digits',
    ])
    assert.ok(!JSON.stringify([text, json]).includes('not-a-secret-user-token'))
  })
})

describe('psc login, used wrongly', () => {
  const stage = useStage()

  for (const [what, options, words] of [
    [
      'a client that the manifest does not have',
      { client: 'portall' },
      /no client "portall": did you mean portal\?/,
    ],
    [
      'a scope that is not documented',
      { scope: 'openid' },
      /"openid" is none of those .*signature_session/,
    ],
    [
      'a redirect URI that is not registered',
      { redirectUri: 'https://x.br/' },
      /https:\/\/x\.br\/ is no redirect URI of portal: use one of .*\/callback/,
    ],
  ] as const) {
    it(`refuses ${what}, with exit code 2`, async () => {
      const { code, stdout, stderr } = await stage.run({ ...options, answers: [] })
      assert.match(stderr, words)
      assert.equal(stdout, '')
      assert.equal(code, 2)
    })
  }

  it('shows what is wrong with the manifest', async () => {
    const { code, stderr } = await stage.run({ manifest: 'there-is-none.yaml' })
    assert.match(stderr, /there-is-none\.yaml/)
    assert.equal(code, 1)
  })

  it('asks nobody to sign in while the secret is not at hand', async () => {
    delete process.env.PSC_TEST_PORTAL
    const missing = await stage.run({ answers: [signIn] })
    assert.match(
      missing.stderr,
      /^psc login: the client secret of portal is not at hand: .* PSC_TEST_PORTAL is not set here \[ERR_PSC_SECRET_UNAVAILABLE\]$/,
    )
    assert.deepEqual(missing.opened, [])
    const ofStack = await stage.run({ client: 'pilha', answers: [signIn] })
    assert.match(
      ofStack.stderr,
      /^psc login: .*the configuration of a stack \(pilhaSecret\), which only Pulumi reads/,
    )
    assert.deepEqual([missing.code, ofStack.code], [1, 1])
  })
})
