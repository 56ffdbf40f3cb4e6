import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engineUnknown, openProvider, useProvider } from '../support/fixture.ts'
import { declare, tokenPath } from './support.ts'

describe('the check of a credential', () => {
  const fixture = useProvider('TokenCredential')
  const declared = () => declare(fixture)
  const reasons = async (
    change: Record<string, unknown>,
    olds: Record<string, unknown> = {},
  ): Promise<string[]> => {
    const { failures = [] } = await fixture.provider.check(olds, { ...declared(), ...change })
    assert.ok(failures.every(({ property }) => property === ''))
    return failures.map(({ reason }) => reason)
  }

  it('proves a new one with one token, and rewrites nothing', async () => {
    const { inputs, failures } = await fixture.provider.check({}, declared())
    assert.deepEqual([inputs, failures], [declared(), []])
    assert.deepEqual(fixture.requests(), ['motorRce 200'])
  })

  it('leaves the proof to the apply, where the program says that it is one', async () => {
    const wrong = { ...declared(), clientSecret: 'not-a-secret-old' }
    const { inputs, failures } = await fixture.provider.check({}, { ...wrong, dryRun: false })
    assert.deepEqual([inputs, failures], [wrong, []])
    const { changes } = await fixture.provider.diff('motor-rce', declared(), wrong)
    assert.equal(changes, true)
    assert.deepEqual(fixture.requests(), [])
    await assert.rejects(fixture.provider.create(wrong), { message: /401 unauthorized_client/ })
    const [reason] = await reasons({ ...wrong, preflight: 'required', dryRun: false })
    assert.match(String(reason), /401 unauthorized_client/)
  })

  it('asks nothing about one that is in the state', async () => {
    assert.deepEqual(await reasons({ clientSecret: 'x' }, declared()), [])
    assert.deepEqual(fixture.requests(), [])
  })

  it('refuses a wrong secret, in words that fit Motor RCE, without the secret', async () => {
    const [reason, ...more] = await reasons({ clientSecret: 'not-a-secret-old' })
    assert.deepEqual(more, [])
    assert.match(
      String(reason),
      /: 401 unauthorized_client \(Invalid client or Invalid client credentials\)\. The credential is not valid: compare clientSecret/,
    )
    assert.ok(!reason?.includes('not-a-secret-old'))
  })

  it('explains the same body with 400 for what it is', async () => {
    fixture.emulator.faults.add({
      kind: 'answer',
      operation: 'motorRce',
      status: 400,
      body: {
        error: 'unauthorized_client',
        error_description: 'Invalid client or Invalid client credentials',
      },
    })
    assert.match(
      String(await reasons({})),
      /: 400 unauthorized_client \(.*\)\. With 400 these words mean that a required field did not arrive/,
    )
  })

  for (const [what, change, words] of [
    [
      'no authBaseUrl',
      { authBaseUrl: undefined },
      /^authBaseUrl: The address of motor-rce is missing/,
    ],
    [
      'an authBaseUrl that is no text',
      { authBaseUrl: 1 },
      /^authBaseUrl: The address of motor-rce must be a URL/,
    ],
    [
      'an authBaseUrl that is no URL',
      { authBaseUrl: 'auth.exemplo.com.br' },
      /^authBaseUrl: The address is not a URL/,
    ],
    [
      'plain http',
      { authBaseUrl: 'http://auth.exemplo.com.br' },
      /^authBaseUrl: The address must be https/,
    ],
    [
      'the whole token URL',
      { authBaseUrl: `https://auth.exemplo.com.br${tokenPath}` },
      /^authBaseUrl: .*only what comes before \/realms/,
    ],
    [
      'an issuer that is not known',
      { issuer: 'motorrce', authBaseUrl: undefined },
      /^issuer: Unknown PSC "motorrce".*An issuer is motor-rce, a PSC, or the https URL/,
    ],
    [
      'no issuer',
      { issuer: undefined, authBaseUrl: undefined },
      /^issuer: Must be the name of a PSC/,
    ],
    [
      'authBaseUrl at a PSC',
      { issuer: 'neoid' },
      /^authBaseUrl: Only the issuer motor-rce has an authBaseUrl/,
    ],
    [
      'a token URL in plain http',
      { issuer: 'http://auth.exemplo.com.br/token', authBaseUrl: undefined },
      /^issuer: The address must be https/,
    ],
    ['an empty client id', { clientId: '' }, /^clientId: /],
    [
      'a secret that is no reference',
      { clientSecret: { vault: 'x' } },
      /^clientSecret: .*exactly one of env, file and config/,
    ],
    ['an unknown preflight', { preflight: 'yes' }, /^preflight: /],
  ] as const) {
    it(`refuses ${what}, and asks nobody`, async () => {
      assert.match(String(await reasons(change)), words)
      assert.deepEqual(fixture.requests(), [])
    })
  }

  for (const key of ['issuer', 'authBaseUrl', 'clientId', 'clientSecret'] as const) {
    it(`leaves ${key} to the apply while it is not known`, async () => {
      assert.deepEqual(await reasons({ [key]: engineUnknown }), [])
      assert.deepEqual(fixture.requests(), [])
    })
  }

  it('warns of a secret that is not available here, and fails when the proof is required', async () => {
    const secret = { clientSecret: { env: 'PSC_TEST_NOT_SET' } }
    assert.deepEqual(await reasons(secret), [])
    assert.match(fixture.warnings.join('\n'), /PSC_TEST_NOT_SET is not set here/)
    assert.match(String(await reasons({ ...secret, preflight: 'required' })), /PSC_TEST_NOT_SET/)
  })

  it('warns of an issuer that is down, and fails when the proof is required', async () => {
    await fixture.emulator.close()
    fixture.provider = await openProvider('TokenCredential', { 'psc:timeoutSeconds': '1' })
    assert.deepEqual(await reasons({}), [])
    assert.match(
      fixture.warnings.join('\n'),
      /motor-rce .*ECONNREFUSED.* \[WARN_PSC_UNAVAILABLE\]$/,
    )
    assert.match(String(await reasons({ preflight: 'required' })), /ECONNREFUSED/)
  })

  it('proves nothing when it is switched off', async () => {
    assert.deepEqual(await reasons({ clientSecret: 'x', preflight: 'off' }), [])
    assert.deepEqual(fixture.requests(), [])
  })
})
