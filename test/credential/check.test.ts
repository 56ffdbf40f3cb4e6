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

  it('Check verifies a new credential with one token and changes no input', async () => {
    const { inputs, failures } = await fixture.provider.check({}, declared())
    assert.deepEqual([inputs, failures], [declared(), []])
    assert.deepEqual(fixture.requests(), ['motorRce 200'])
  })

  it('Before an up, check leaves the verification of a credential to the update', async () => {
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

  it('Check sends no request about a credential in the state', async () => {
    assert.deepEqual(await reasons({ clientSecret: 'x' }, declared()), [])
    assert.deepEqual(fixture.requests(), [])
  })

  it('Check reports a wrong secret with the remedy of Motor RCE, without the secret', async () => {
    const [reason, ...more] = await reasons({ clientSecret: 'not-a-secret-old' })
    assert.deepEqual(more, [])
    assert.match(
      String(reason),
      /: 401 unauthorized_client \(Invalid client or Invalid client credentials\)\. The credential is not valid: compare clientSecret/,
    )
    assert.ok(!reason?.includes('not-a-secret-old'))
  })

  for (const [what, change, words] of [
    [
      'no authBaseUrl',
      { authBaseUrl: undefined },
      /^authBaseUrl: The address of motor-rce is missing/,
    ],
    [
      'a placeholder in its authBaseUrl',
      { authBaseUrl: 'https://<host>/auth' },
      /^authBaseUrl: The address contains a placeholder of the form <x>/,
    ],
    [
      'a placeholder for its issuer',
      { issuer: '${ISSUER}', authBaseUrl: undefined },
      /^issuer: The address contains a placeholder of the form \$\{X\}/,
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
      /^authBaseUrl: .*Give only https:\/\/auth\.exemplo\.com\.br\. /,
    ],
    [
      'an issuer that is not known',
      { issuer: 'motorrce', authBaseUrl: undefined },
      /^issuer: unknown PSC "motorrce".*An issuer is motor-rce, a PSC, or the https URL.* \[ERR_PSC_ISSUER\]$/,
    ],
    [
      'no issuer',
      { issuer: undefined, authBaseUrl: undefined },
      /^issuer: must be the name of a PSC.* \[ERR_PSC_ISSUER\]$/,
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
    it(`Check refuses a credential with ${what} and sends no request`, async () => {
      assert.match(String(await reasons(change)), words)
      assert.deepEqual(fixture.requests(), [])
    })
  }

  for (const key of ['issuer', 'authBaseUrl', 'clientId', 'clientSecret'] as const) {
    it(`Check leaves an unknown ${key} to the up`, async () => {
      assert.deepEqual(await reasons({ [key]: engineUnknown }), [])
      assert.deepEqual(fixture.requests(), [])
    })
  }

  it('Check warns about an unavailable secret, and fails when preflight is required', async () => {
    const secret = { clientSecret: { env: 'PSC_TEST_NOT_SET' } }
    assert.deepEqual(await reasons(secret), [])
    assert.match(fixture.warnings.join('\n'), /PSC_TEST_NOT_SET is not set here/)
    assert.match(String(await reasons({ ...secret, preflight: 'required' })), /PSC_TEST_NOT_SET/)
  })

  it('Check warns about an unavailable issuer, and fails when preflight is required', async () => {
    await fixture.emulator.close()
    fixture.provider = await openProvider('TokenCredential', { 'psc:timeoutSeconds': '1' })
    assert.deepEqual(await reasons({}), [])
    assert.match(
      fixture.warnings.join('\n'),
      /motor-rce .*ECONNREFUSED.* \[WARN_PSC_UNAVAILABLE\]$/,
    )
    assert.match(String(await reasons({ preflight: 'required' })), /ECONNREFUSED/)
  })

  it('Check sends no request when preflight is off', async () => {
    assert.deepEqual(await reasons({ clientSecret: 'x', preflight: 'off' }), [])
    assert.deepEqual(fixture.requests(), [])
  })
})
