import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engineUnknown, openProvider, portal, refusals, useProvider } from '../support/fixture.ts'

describe('check', () => {
  const fixture = useProvider('PscClient')
  const reasons = (news: Record<string, unknown>, olds?: Record<string, unknown>) =>
    refusals(fixture.provider, news, olds)

  it('Check verifies a new client with one token and changes nothing', async () => {
    const { inputs, failures } = await fixture.provider.check({}, portal)
    assert.deepEqual(failures, [])
    assert.deepEqual(inputs, portal)
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('Check sends no request about a client in the state', async () => {
    assert.deepEqual(await reasons({ ...portal, name: 'Outro Nome' }, portal), [])
    assert.deepEqual(fixture.requests(), [])
  })

  it('Check sends no request about a declaration that the rules refuse', async () => {
    const [reason, ...others] = await reasons({
      ...portal,
      redirectUris: [portal.redirectUris[0], 'https://outra.exemplo.com/callback'],
    })
    assert.match(
      String(reason),
      /^redirectUris\[1\]: .*www\.aplicacao-exemplo\.com.*\[URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO\]$/,
    )
    assert.deepEqual(others, [])
    assert.deepEqual(fixture.requests(), [])
  })

  it('Check names no property to the engine, which would print its value', async () => {
    const { failures = [] } = await fixture.provider.check(
      {},
      { ...portal, clientSecret: '', email: 'x' },
    )
    assert.ok(failures.length >= 2)
    assert.deepEqual(new Set(failures.map(({ property }) => property)), new Set(['']))
  })

  it('Check reports a wrong secret with the code, the words of the PSC and a remedy', async () => {
    const [reason] = await reasons({ ...portal, clientSecret: 'not-the-secret' })
    assert.match(
      String(reason),
      /401 AUTENTICACAO_INVALIDA_CLIENT_OAUTH \(Falha na autenticidade do client_id e client_secret\.\)/,
    )
    assert.match(String(reason), /check what clientSecret refers to/)
    assert.doesNotMatch(String(reason), /not-the-secret/)
  })

  it('Check reports a client that the PSC does not know', async () => {
    const [reason] = await reasons({ ...portal, clientId: 'desconhecido' })
    assert.match(String(reason), /412 CLIENTE_OAUTH_NAO_IDENTIFICADO/)
  })

  it('Check validates the known redirect URIs and leaves unknown ones to the up', async () => {
    const redirectUris = [engineUnknown, 'http://www.aplicacao-exemplo.com/callback']
    const [reason, ...others] = await reasons({ ...portal, redirectUris })
    assert.match(String(reason), /^redirectUris\[1\]: .*\[URI_HTTPS_OBRIGATORIO\]$/)
    assert.deepEqual(others, [])
  })

  for (const key of Object.keys(portal)) {
    it(`Check accepts an unknown ${key}`, async () => {
      assert.deepEqual(await reasons({ ...portal, [key]: engineUnknown }), [])
    })
  }

  it('Check sends no request when the secret is unknown', async () => {
    await reasons({ ...portal, clientSecret: engineUnknown })
    assert.deepEqual(fixture.requests(), [])
  })

  it('Check reports the problems that only the program could find', async () => {
    const problem = 'clientId: is also the client identifier of "portal"'
    assert.deepEqual(await reasons({ ...portal, problems: [problem] }), [problem])
  })

  it('Check refuses an unknown PSC and suggests the nearest one', async () => {
    const [reason] = await reasons({ ...portal, psc: 'neo-id' })
    assert.match(
      reason ?? '',
      /^psc: unknown PSC "neo-id"\. Did you mean neoid\? Known: standard, neoid, serproid, vidaas, birdid, vaultid, safeid\. \[ERR_PSC_PROFILE\]$/,
    )
  })

  it('Check refuses a base URL that would expose a secret', async () => {
    const [reason] = await reasons({
      ...portal,
      psc: { name: 'meu', extends: 'standard', baseUrl: 'http://psc.exemplo.com' },
    })
    assert.match(String(reason), /^psc: .*must be https/)
  })

  describe('of a program that says which run this is', () => {
    const applied = { ...portal, endpoints: 'https://psc.exemplo.gov.br/v0/oauth' }

    it('Check verifies what is new in a preview and does not store which run it is', async () => {
      const { inputs, failures } = await fixture.provider.check({}, { ...portal, dryRun: true })
      assert.deepEqual([inputs, failures], [portal, []])
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })

    it('Check leaves new resources to a preview that verifies them itself', async () => {
      const { inputs, failures } = await fixture.provider.check({}, { ...portal, dryRun: 'proven' })
      assert.deepEqual([inputs, failures], [portal, []])
      assert.deepEqual(fixture.requests(), [])
    })

    it('Check looks for the secret of a verified client, because the up needs it here', async () => {
      const absent = { ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' }, dryRun: 'proven' }
      assert.deepEqual(await reasons({ ...absent, preflight: 'off' }), [])
      assert.deepEqual(fixture.warnings, [])
      assert.deepEqual(await reasons(absent), [])
      assert.match(fixture.warnings.join('\n'), /PSC_TEST_ABSENT is not set here/)
      const [reason] = await reasons({ ...absent, preflight: 'required' })
      assert.match(String(reason), /PSC_TEST_ABSENT is not set here/)
    })

    it('A preview verifies what has changed', async () => {
      await fixture.provider.check(portal, { ...portal, name: 'Outro', dryRun: 'proven' })
      await fixture.provider.diff(portal.clientId, applied, { ...portal, name: 'Outro' })
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })

    it('Before an up, check leaves the verification to the update', async () => {
      const wrong = { ...portal, clientSecret: 'not-the-secret', dryRun: false }
      const { inputs, failures } = await fixture.provider.check({}, wrong)
      assert.deepEqual([inputs, failures], [{ ...portal, clientSecret: 'not-the-secret' }, []])
      const { changes } = await fixture.provider.diff(portal.clientId, applied, {
        ...wrong,
        name: 'Outro',
      })
      assert.equal(changes, true)
      assert.deepEqual(fixture.requests(), [])
      await assert.rejects(fixture.provider.create(wrong), { message: /401 AUTENTICACAO_INVALIDA/ })
    })

    it('Before an up, check verifies what preflight requires', async () => {
      const required = { ...portal, preflight: 'required', clientSecret: 'not-the-secret' }
      const [reason] = await reasons({ ...required, dryRun: false })
      assert.match(String(reason), /401 AUTENTICACAO_INVALIDA_CLIENT_OAUTH/)
      const changed = { ...required, name: 'Outro' }
      await assert.rejects(fixture.provider.diff(portal.clientId, applied, changed), {
        message: /401 AUTENTICACAO_INVALIDA/,
      })
    })
  })

  describe('when the proof is not possible', () => {
    const absent = { ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' } }

    it('Check warns about a secret that is not available here', async () => {
      assert.deepEqual(await reasons(absent), [])
      assert.match(fixture.warnings.join('\n'), /PSC_TEST_ABSENT is not set here/)
    })

    it('Check fails when preflight is required and the secret is not available', async () => {
      const [reason] = await reasons({ ...absent, preflight: 'required' })
      assert.match(String(reason), /PSC_TEST_ABSENT is not set here/)
    })

    it('Check warns once about an unavailable PSC, even with many clients', async () => {
      await fixture.emulator.close()
      fixture.provider = await openProvider('PscClient', {
        ...fixture.config,
        'psc:timeoutSeconds': '1',
      })
      assert.deepEqual(await reasons(portal), [])
      assert.deepEqual(await reasons({ ...portal, clientId: 'vizinho' }), [])
      const warnings = fixture.warnings.filter((line) => line.startsWith('warning:'))
      assert.equal(warnings.length, 1)
      assert.match(
        String(warnings[0]),
        /neoid .* remaining clients: .*ECONNREFUSED.* \[WARN_PSC_UNAVAILABLE\]$/,
      )
    })

    it('Check fails when preflight is required and the PSC is unavailable', async () => {
      await fixture.emulator.close()
      fixture.provider = await openProvider('PscClient', {
        ...fixture.config,
        'psc:timeoutSeconds': '1',
        'psc:preflight': 'required',
      })
      const [reason] = await reasons(portal)
      assert.match(String(reason), /ECONNREFUSED/)
    })

    it('Check sends no request when preflight is off', async () => {
      assert.deepEqual(
        await reasons({ ...portal, clientSecret: 'not-the-secret', preflight: 'off' }),
        [],
      )
      assert.deepEqual(fixture.requests(), [])
    })

    it('Check sends no request where a token has side effects, unless preflight is required', async () => {
      const psc = { extends: 'neoid', tokenHasSideEffects: true }
      const wrong = { ...portal, psc, clientSecret: 'not-the-secret' }
      assert.deepEqual(await reasons(wrong), [])
      assert.deepEqual(fixture.requests(), [])
      assert.match(
        fixture.warnings.join('\n'),
        /side effect at neoid, so the preview does not check its clients/,
      )
      assert.equal((await reasons({ ...wrong, preflight: 'required' })).length, 1)
    })
  })

  it('Check names the key of an invalid setting', async () => {
    fixture.provider = await openProvider('PscClient', {
      ...fixture.config,
      'psc:timeoutSeconds': 'soon',
    })
    const [reason, ...others] = await reasons(portal)
    assert.match(reason ?? '', /psc:timeoutSeconds .*1 to 3600\. .*\[ERR_PSC_CONFIGURATION\]$/)
    assert.deepEqual(others, [])
  })
})
