import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { authorizeUrlOf, signIn, LoginFixture, useLogin } from './fixture.ts'
import { startTokenServer } from '../../psc/support/token-server.ts'

describe('Login in a terminal', () => {
  const fixture = useLogin()

  it('Login completes a sign-in and shows what was granted', async () => {
    const { code, stdout, stderr, opened } = await fixture.run({ answers: [signIn] })
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

  it('Login takes a client of a PSC that changes no clients', async () => {
    fixture.declare(fixture.emulator.baseUrls.safeid, 'safeid')
    const { code, stdout, stderr } = await fixture.run({ answers: [signIn] })
    assert.match(stdout, /The sign-in of portal at safeid works/, stderr)
    assert.equal(code, 0)
  })

  it('Login warns first that the application may see the code, and how to avoid that', async () => {
    let before = ''
    await fixture.run({
      answers: [
        (url) => {
          before = url
          return signIn(url)
        },
      ],
    })
    assert.notEqual(before, '')
    const { stderr } = await fixture.run({ answers: [] })
    const caution = /application there may see the code[^]*--redirect-uri/.exec(stderr)
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
    it(`Login requests ${scope}, granted for ${shown.slice(shown.lastIndexOf('   ')).trim()}`, async () => {
      const { code, stdout } = await fixture.run({
        scope,
        answers: [(url) => signIn(url, { holder, period })],
      })
      assert.ok(stdout.startsWith(`granted    ${scope}\nholder     ${shown}\n`), stdout)
      assert.equal(code, 0)
    })
  }

  it('Login sends who signs in to the browser alone, and shows it only masked', async () => {
    const loginHint = '123.456.789-09'
    const { stdout, stderr, opened } = await fixture.run({ loginHint, answers: [signIn] })
    assert.equal(new URL(opened[0] ?? '').searchParams.get('login_hint'), '12345678909')
    assert.match(stderr, /completed with \*\*\*\.456\.789-\*\* at its end[^]*&login_hint=$/m)
    assert.doesNotMatch(stdout + stderr, /12345678909|123\.456/)
  })

  it('Login refuses a mistyped CPF and does not repeat it', async () => {
    const { code, stderr } = await fixture.run({ loginHint: '123.456.789-08' })
    assert.equal(code, 2)
    assert.match(stderr, /check digits are wrong[^]*ERR_PSC_USAGE/)
    assert.doesNotMatch(stderr, /456/)
  })

  it('Login uses the given redirect URI with its query', async () => {
    const redirectUri = 'https://portal.exemplo.gov.br/ninguem?app=1'
    let address = ''
    const { code } = await fixture.run({
      redirectUri,
      answers: [async (url) => (address = await signIn(url))],
    })
    assert.ok(address.startsWith(`${redirectUri}&code=`), address)
    assert.equal(code, 0)
  })

  it('Login asks again for an address on which the sign-in cannot have ended', async () => {
    const { code, stderr } = await fixture.run({
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

  it('Login fails after five wrong addresses', async () => {
    const { code, stderr } = await fixture.run({
      answers: Array<() => string>(6).fill(() => 'what?'),
    })
    assert.equal(stderr.match(/not an address/g)?.length, 5)
    assert.equal(code, 1)
  })

  it('Login ends when the holder refuses', async () => {
    const { code, stderr } = await fixture.run({
      answers: [(url) => signIn(url, { refuse: true }), signIn],
    })
    assert.match(stderr, /access_denied .*The holder or the PSC refused/)
    assert.equal(code, 1)
  })

  it('Login ends when standard input ends', async () => {
    const { code, stderr } = await fixture.run({ answers: [] })
    assert.match(stderr, /without an address/)
    assert.equal(code, 1)
  })

  it('Login refuses the address of an earlier sign-in and sends no request', async () => {
    let used = ''
    await fixture.run({ answers: [async (url) => (used = await signIn(url))] })
    fixture.emulator.requests.clear()
    const { code, stderr } = await fixture.run({ answers: [() => used] })
    assert.match(stderr, /belongs to another sign-in/)
    assert.equal(code, 1)
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })
})

describe('Login without a terminal', () => {
  const fixture = useLogin()

  it('Login --callback-url - reads the address from standard input and prints one JSON document', async () => {
    const { code, stdout, stderr, opened } = await fixture.run({
      isInteractive: false,
      callbackUrl: '-',
      json: true,
      answers: [signIn],
    })
    assert.deepEqual(JSON.parse(stdout), {
      status: 'granted',
      client: 'portal',
      psc: 'neoid',
      redirectUri: 'https://portal.exemplo.gov.br/callback',
      scope: 'authentication_session',
      identificationType: 'CPF',
      identification: '***.111.111-**',
      expiresIn: 300,
      lifetime: '5 minutes',
      problems: [],
    })
    assert.deepEqual(opened, [authorizeUrlOf(stderr)])
    assert.equal(code, 0)
  })

  it('Login without a terminal asks for --callback-url - and does not wait for input', async () => {
    const { code, stdout, stderr, opened } = await fixture.run({ isInteractive: false })
    assert.match(stderr, /--callback-url -/)
    assert.deepEqual([code, stdout, opened], [2, '', []])
  })

  it('Login reports a failure as a JSON document with the code of its message, ours and that of the PSC', async () => {
    const wrong = { isInteractive: false, callbackUrl: '-', json: true } as const
    const read = ({ code, stdout }: { code: number; stdout: string }) => {
      const { status, error } = JSON.parse(stdout) as {
        status: string
        error: { code: string; errorCode: string; pscCode?: string; message: string }
      }
      assert.ok(error.message.endsWith(` [${error.code}]`), error.message)
      return [code, status, error.code, error.errorCode, error.pscCode]
    }
    assert.deepEqual(read(await fixture.run(wrong)), [
      1,
      'failed',
      'ERR_PSC_LOGIN',
      'ERR_PSC_LOGIN',
      undefined,
    ])
    const refused = await fixture.run({
      ...wrong,
      answers: [(url) => signIn(url, { refuse: true })],
    })
    assert.deepEqual(read(refused), [
      1,
      'failed',
      'access_denied',
      'ERR_PSC_CALLBACK',
      'access_denied',
    ])
    const gone = await fixture.run({
      ...wrong,
      answers: [async (url) => (await signIn(url)).replace(/code=[^&]*/, 'code=gone')],
    })
    assert.deepEqual(read(gone), [1, 'failed', 'invalid_grant', 'ERR_PSC_REFUSED', 'invalid_grant'])
    const unknown = await fixture.run({ ...wrong, client: 'portall' })
    assert.deepEqual(read(unknown), [2, 'failed', 'ERR_PSC_USAGE', 'ERR_PSC_USAGE', undefined])
  })
})

describe('Login, when the PSC refuses', () => {
  const fixture = useLogin()

  it('Login reports a wrong secret', async () => {
    process.env.PSC_TEST_PORTAL = 'not-a-secret-old'
    const { code, stdout, stderr } = await fixture.run({ answers: [signIn] })
    assert.equal(stdout, '')
    assert.match(stderr, /401 invalid_client \(.*\)\. Documented causes: /)
    assert.ok(!stderr.includes('not-a-secret-old'))
    assert.equal(code, 1)
  })

  it('Login says that a refused secret is the name in its own reference', async () => {
    process.env.PSC_TEST_PORTAL = 'PSC_TEST_PORTAL'
    const { stderr } = await fixture.run({ answers: [signIn] })
    assert.match(stderr, /401 invalid_client .* The secret is the name in its own reference\./)
  })

  it('Login names the remaining causes when the PSC refuses the code', async () => {
    const { code, stderr } = await fixture.run({
      answers: [async (url) => (await signIn(url)).replace(/code=[^&]*/, 'code=gone')],
    })
    assert.match(stderr, /invalid_grant .*the application at portal\.exemplo\.gov\.br/)
    assert.equal(code, 1)
  })

  it('Login reports an undocumented grant as a problem and shows no token', async () => {
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
    fixture.declare(`${server.url}/psc/v0/oauth`)
    const answer = (url: string) => {
      const query = new URL(url).searchParams
      return `${query.get('redirect_uri') ?? ''}?code=x&state=${query.get('state') ?? ''}`
    }
    const text = await fixture.run({ answers: [answer] })
    const json = await fixture.run({ answers: [answer], json: true })
    await server.close()
    assert.equal(text.code, 1)
    assert.equal(text.stdout.match(/^problem {4}/gm)?.length, 2)
    const { status, problems } = JSON.parse(json.stdout) as {
      status: string
      problems: { code: string; message: string }[]
    }
    assert.equal(status, 'problem')
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['ERR_PSC_GRANT_SCOPE', 'ERR_PSC_GRANT_HOLDER'],
    )
    for (const { code, message } of problems) {
      assert.ok(message.endsWith(` [${code}]`), message)
      assert.ok(text.stdout.includes(`problem    ${message}\n`), message)
    }
    assert.ok(!JSON.stringify([text, json]).includes('not-a-secret-user-token'))
  })
})

describe('Login, used wrongly', () => {
  const fixture = useLogin()

  for (const [what, options, words] of [
    [
      'a client that the manifest does not have',
      { client: 'portall' },
      /no client "portall". Did you mean portal\?/,
    ],
    [
      'a redirect URI that is not registered',
      { redirectUri: 'https://x.br/' },
      /portal has no redirect URI https:\/\/x\.br\/\. Use one of: .*\/callback/,
    ],
  ] as const) {
    it(`Login refuses ${what} and exits with 2`, async () => {
      const { code, stdout, stderr } = await fixture.run({ ...options, answers: [] })
      assert.match(stderr, words)
      assert.equal(stdout, '')
      assert.equal(code, 2)
    })
  }

  it('Login shows the problems of the manifest', async () => {
    const { code, stderr } = await fixture.run({ manifest: 'there-is-none.yaml' })
    assert.match(stderr, /there-is-none\.yaml/)
    assert.equal(code, 1)
  })

  it('Login asks for no sign-in while the secret is not available', async () => {
    delete process.env.PSC_TEST_PORTAL
    const missing = await fixture.run({ answers: [signIn] })
    assert.match(missing.stderr, /client secret of portal is not available: .*PSC_TEST_PORTAL/)
    assert.deepEqual(missing.opened, [])
    const ofStack = await fixture.run({ client: 'pilha', answers: [signIn] })
    assert.match(ofStack.stderr, /the configuration of a stack \(pilhaSecret\)/)
    assert.deepEqual([missing.code, ofStack.code], [1, 1])
  })
})

it('Login signs in from a pipeline: a process without a terminal', async () => {
  const fixture = new LoginFixture()
  await fixture.open()
  const args = ['login', 'portal', '--manifest', fixture.manifest, '--callback-url', '-']
  const child = spawn(process.execPath, ['cli/main.ts', ...args])
  const stdout = text(child.stdout)
  let stderr = ''
  const invited = Promise.withResolvers<undefined>()
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    if (/\/authorize\?\S+\s/.test(stderr)) invited.resolve(undefined)
  })
  const closed = once(child, 'close')
  await Promise.race([invited.promise, closed])
  child.stdin.end(`${await signIn(authorizeUrlOf(stderr))}\n`)
  await closed
  await fixture.close()
  assert.match(await stdout, /^granted {4}authentication_session$/m)
  assert.equal(child.exitCode, 0)
})
