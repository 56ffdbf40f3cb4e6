import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { authorizeUrlOf, signIn, useStage } from './stage.ts'

describe('psc login without a terminal', () => {
  const stage = useStage()
  const waiting = () => readdirSync(stage.pending).map((name) => join(stage.pending, name))

  it('takes two runs: the first prints the address, the second gets the callback', async () => {
    const first = await stage.run()
    assert.equal(first.code, 0)
    assert.deepEqual(first.opened, [])
    assert.match(first.stderr, /psc login portal --manifest .*clients\.yaml --callback-url/)
    const second = await stage.run({ callbackUrl: await signIn(authorizeUrlOf(first.stdout)) })
    assert.match(second.stdout, /The sign-in of portal at neoid works\.$/)
    assert.equal(second.code, 0)
  })

  it('keeps what the second needs in a file that only its owner can read', async () => {
    await stage.run()
    const [file = '', ...more] = waiting()
    assert.deepEqual(more, [])
    assert.equal((statSync(file).mode & 0o777).toString(8), '600')
    assert.equal((statSync(stage.pending).mode & 0o777).toString(8), '700')
    assert.ok(!readFileSync(file, 'utf8').includes('not-a-secret-portal'))
  })

  it('forgets the verifier as soon as it is used', async () => {
    const { stdout } = await stage.run()
    await stage.run({ callbackUrl: await signIn(authorizeUrlOf(stdout)) })
    assert.deepEqual(
      waiting().map((file) => readFileSync(file, 'utf8')),
      [''],
    )
  })

  it('shows one JSON document for each step', async () => {
    const first = JSON.parse((await stage.run({ json: true })).stdout) as Record<string, string>
    assert.deepEqual(
      { ...first, authorizeUrl: '', expiresAt: '' },
      {
        status: 'waiting',
        client: 'portal',
        psc: 'neoid',
        redirectUri: 'https://portal.exemplo.gov.br/callback',
        scope: 'authentication_session',
        authorizeUrl: '',
        expiresAt: '',
      },
    )
    assert.match(String(first.expiresAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const callbackUrl = await signIn(first.authorizeUrl ?? '')
    const second = await stage.run({ json: true, callbackUrl })
    assert.deepEqual(JSON.parse(second.stdout), {
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
    const third = await stage.run({ json: true, callbackUrl })
    const { status, error } = JSON.parse(third.stdout) as {
      status: string
      error: { code: string }
    }
    assert.deepEqual([third.code, status, error.code], [1, 'failed', 'ERR_PSC_LOGIN'])
  })

  it('says that an address was used already, in one line, and asks the PSC nothing', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    await stage.run({ callbackUrl })
    stage.emulator.requests.clear()
    const { code, stderr } = await stage.run({ callbackUrl })
    assert.equal(
      stderr,
      'psc login: this address was used already: a code works once. Begin again: psc login portal [ERR_PSC_LOGIN]',
    )
    assert.equal(code, 1)
    assert.deepEqual(stage.emulator.requests.list(), [])
  })

  it('lets one of two runs at once have the code', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    const runs = await Promise.all([stage.run({ callbackUrl }), stage.run({ callbackUrl })])
    assert.deepEqual(runs.map(({ code }) => code).toSorted(), [0, 1])
    assert.equal(stage.emulator.requests.list({ operation: 'token' }).length, 1)
  })

  it('says that a sign-in has expired, and drops its verifier', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    const { code, stderr } = await stage.run({ callbackUrl, minutes: 11 })
    assert.match(
      stderr,
      /began more than 10 minutes ago and has expired\. Begin again: psc login portal \[ERR_PSC_LOGIN\]$/,
    )
    assert.equal(code, 1)
    assert.deepEqual(
      waiting().map((file) => readFileSync(file, 'utf8')),
      [''],
    )
  })

  it('forgets after a day why an address is of no use', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    await stage.run({ callbackUrl })
    const { stderr } = await stage.run({ callbackUrl, minutes: 25 * 60 })
    assert.match(stderr, /no sign-in that began here, as this user, waits for this address/)
  })

  it('keeps the sign-in for the right address when a wrong one comes', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    for (const [wrong, words] of [
      [callbackUrl.replace('portal.', 'porta1.'), /porta1/],
      [callbackUrl.replace(/state=/, 'state=x'), /no sign-in that began here/],
      [callbackUrl.replace(/&state=.*/, ''), /it has no state/],
      [callbackUrl.replace(/state=[^&]*/, 'state='), /it has no state/],
      [`${callbackUrl}&state=x`, /has state more than once/],
      ['what?', /is not an address/],
    ] as const) {
      const { code, stderr } = await stage.run({ callbackUrl: wrong })
      assert.match(stderr, words)
      assert.equal(code, 1)
    }
    assert.equal((await stage.run({ callbackUrl })).code, 0)
  })

  it('keeps it too while the secret is not at hand', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    delete process.env.PSC_TEST_PORTAL
    assert.equal((await stage.run({ callbackUrl })).code, 1)
    process.env.PSC_TEST_PORTAL = 'not-a-secret-portal'
    assert.equal((await stage.run({ callbackUrl })).code, 0)
  })

  it('ends with a refusal of the holder', async () => {
    const url = authorizeUrlOf((await stage.run()).stdout)
    const callbackUrl = await signIn(url, { refuse: true })
    assert.match((await stage.run({ callbackUrl })).stderr, /access_denied/)
    const { stderr } = await stage.run({ callbackUrl })
    assert.match(
      stderr,
      /this sign-in is over: .* without a code\. Begin again: psc login portal \[ERR_PSC_LOGIN\]$/,
    )
    assert.doesNotMatch(stderr, /used already/)
    assert.deepEqual(
      waiting().map((file) => readFileSync(file, 'utf8')),
      [''],
    )
  })

  it('takes no address of another client, nor another scope or redirect URI than the first run', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    const other = await stage.run({ callbackUrl, client: 'vizinho' })
    assert.match(other.stderr, /belongs to a sign-in of "portal", not of "vizinho"/)
    const scope = await stage.run({ callbackUrl, scope: 'signature_session' })
    assert.match(scope.stderr, /began with --scope authentication_session/)
    const redirectUri = 'https://portal.exemplo.gov.br/ninguem?app=1'
    const place = await stage.run({ callbackUrl, redirectUri })
    assert.match(
      place.stderr,
      /began with --redirect-uri https:\/\/portal\.exemplo\.gov\.br\/callback/,
    )
    assert.deepEqual([other.code, scope.code, place.code], [1, 2, 2])
    assert.equal((await stage.run({ callbackUrl, scope: 'authentication_session' })).code, 0)
  })

  it('takes no address for a client that has moved to another PSC meanwhile', async () => {
    const callbackUrl = await signIn(authorizeUrlOf((await stage.run()).stdout))
    stage.declare(`${stage.emulator.url}/outra/oauth`)
    const { code, stderr } = await stage.run({ callbackUrl })
    assert.match(stderr, /another client, or at another PSC, than before/)
    assert.equal(code, 1)
  })

  it('takes one run where the address comes by standard input', async () => {
    const { code, stdout, stderr } = await stage.run({
      callbackUrl: '-',
      input: signIn,
      json: true,
    })
    assert.equal((JSON.parse(stdout) as { status: string }).status, 'granted')
    assert.match(stderr, /read from standard input/)
    assert.equal(code, 0)
  })
})

describe('the command', () => {
  const stage = useStage()

  it('signs in from a pipeline: two processes, no terminal', async () => {
    const first = await psc('login', 'portal', '--manifest', stage.manifest, '--json')
    const { authorizeUrl } = JSON.parse(first.stdout) as { authorizeUrl: string }
    const callbackUrl = await signIn(authorizeUrl)
    const args = ['login', 'portal', '--manifest', stage.manifest, '--callback-url', callbackUrl]
    const second = await psc(...args)
    assert.deepEqual([first.code, second.code], [0, 0])
    assert.match(second.stdout, /^granted {4}authentication_session$/m)
    assert.equal(second.stderr, '')
    const third = await psc(...args)
    assert.deepEqual([third.code, third.stdout], [1, ''])
    assert.match(third.stderr, /^psc login: this address was used already: .*\n$/)
  })

  it('explains the two ways in its help', async () => {
    const { stdout, code } = await psc('login', '--help')
    assert.match(stdout, /--callback-url - ?: the URL is printed on stderr/)
    assert.match(stdout, /below \$XDG_STATE_HOME/)
    assert.equal(code, 0)
  })

  function psc(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { ...process.env, XDG_STATE_HOME: stage.folder, LOCALAPPDATA: stage.folder }
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ['cli/main.ts', ...args],
        { env },
        (error, stdout, stderr) => {
          resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
        },
      )
      child.stdin?.end()
    })
  }
})
