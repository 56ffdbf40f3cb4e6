import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { engineUnknown, openProvider, portal, refusals, useProvider } from '../support/fixture.ts'

describe('check', () => {
  const fixture = useProvider('PscClient')
  const reasons = (news: Record<string, unknown>, olds?: Record<string, unknown>) =>
    refusals(fixture.provider, news, olds)

  it('proves a new client by one token, and changes nothing', async () => {
    const { inputs, failures } = await fixture.provider.check({}, portal)
    assert.deepEqual(failures, [])
    assert.deepEqual(inputs, portal)
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('asks nothing about a client that is in the state', async () => {
    assert.deepEqual(await reasons({ ...portal, name: 'Outro Nome' }, portal), [])
    assert.deepEqual(fixture.requests(), [])
  })

  it('asks nothing about a declaration that the rules refuse', async () => {
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

  it('never names a property to the engine, which would print its value', async () => {
    const { failures = [] } = await fixture.provider.check(
      {},
      { ...portal, clientSecret: '', email: 'x' },
    )
    assert.ok(failures.length >= 2)
    assert.deepEqual(new Set(failures.map(({ property }) => property)), new Set(['']))
  })

  it('shows a wrong secret with the code, the words of the PSC and what to do', async () => {
    const [reason] = await reasons({ ...portal, clientSecret: 'not-the-secret' })
    assert.match(
      String(reason),
      /401 AUTENTICACAO_INVALIDA_CLIENT_OAUTH \(Falha na autenticidade do client_id e client_secret\.\)/,
    )
    assert.match(String(reason), /check what clientSecret refers to/)
    assert.doesNotMatch(String(reason), /not-the-secret/)
  })

  it('shows an unknown client', async () => {
    const [reason] = await reasons({ ...portal, clientId: 'desconhecido' })
    assert.match(String(reason), /412 CLIENTE_OAUTH_NAO_IDENTIFICADO/)
  })

  it('judges the known elements and leaves the unknown ones to apply', async () => {
    const redirectUris = [engineUnknown, 'http://www.aplicacao-exemplo.com/callback']
    const [reason, ...others] = await reasons({ ...portal, redirectUris })
    assert.match(String(reason), /^redirectUris\[1\]: .*\[URI_HTTPS_OBRIGATORIO\]$/)
    assert.deepEqual(others, [])
  })

  for (const key of Object.keys(portal)) {
    it(`accepts ${key} that is not known yet`, async () => {
      assert.deepEqual(await reasons({ ...portal, [key]: engineUnknown }), [])
    })
  }

  it('asks nothing when the secret is not known yet', async () => {
    await reasons({ ...portal, clientSecret: engineUnknown })
    assert.deepEqual(fixture.requests(), [])
  })

  it('passes on what only the program could see', async () => {
    const problem = 'clientId: is also the client identifier of "portal"'
    assert.deepEqual(await reasons({ ...portal, problems: [problem] }), [problem])
  })

  it('refuses a PSC that it does not know, with those that it knows', async () => {
    const [reason] = await reasons({ ...portal, psc: 'neo-id' })
    assert.match(
      reason ?? '',
      /^psc: unknown PSC "neo-id".*standard, neoid, serproid, vidaas, birdid, vaultid, safeid.* \[ERR_PSC_PROFILE\]$/,
    )
  })

  it('refuses a base URL on which a secret could be read', async () => {
    const [reason] = await reasons({
      ...portal,
      psc: { name: 'meu', extends: 'standard', baseUrl: 'http://psc.exemplo.com' },
    })
    assert.match(String(reason), /^psc: .*must be https/)
  })

  describe('of a program that says which run this is', () => {
    const applied = { ...portal, endpoints: 'https://psc.exemplo.gov.br/v0/oauth' }

    it('proves what is new in a preview, and keeps nothing of the run', async () => {
      const { inputs, failures } = await fixture.provider.check({}, { ...portal, dryRun: true })
      assert.deepEqual([inputs, failures], [portal, []])
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })

    it('leaves the proof of what is new in a preview to one that proves it', async () => {
      const { inputs, failures } = await fixture.provider.check({}, { ...portal, dryRun: 'proven' })
      assert.deepEqual([inputs, failures], [portal, []])
      assert.deepEqual(fixture.requests(), [])
    })

    it('looks for the secret of what it proves, which an apply needs here', async () => {
      const absent = { ...portal, clientSecret: { env: 'PSC_TEST_ABSENT' }, dryRun: 'proven' }
      assert.deepEqual(await reasons({ ...absent, preflight: 'off' }), [])
      assert.deepEqual(fixture.warnings, [])
      assert.deepEqual(await reasons(absent), [])
      assert.match(fixture.warnings.join('\n'), /PSC_TEST_ABSENT is not set here/)
      const [reason] = await reasons({ ...absent, preflight: 'required' })
      assert.match(String(reason), /PSC_TEST_ABSENT is not set here/)
    })

    it('proves what is changed in a preview', async () => {
      await fixture.provider.check(portal, { ...portal, name: 'Outro', dryRun: 'proven' })
      await fixture.provider.diff(portal.clientId, applied, { ...portal, name: 'Outro' })
      assert.deepEqual(fixture.requests(), ['clientToken 200'])
    })

    it('leaves the proof to the apply, which asks many at once', async () => {
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

    it('proves before an apply what is required to be', async () => {
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

    it('warns about a secret that is not available here', async () => {
      assert.deepEqual(await reasons(absent), [])
      assert.match(fixture.warnings.join('\n'), /PSC_TEST_ABSENT is not set here/)
    })

    it('fails when the proof is required', async () => {
      const [reason] = await reasons({ ...absent, preflight: 'required' })
      assert.match(String(reason), /PSC_TEST_ABSENT is not set here/)
    })

    it('warns once about a PSC that does not answer, however many clients it has', async () => {
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
        /neoid .* remaining clients .*ECONNREFUSED.* \[WARN_PSC_UNAVAILABLE\]$/,
      )
    })

    it('fails when the proof is required and the PSC does not answer', async () => {
      await fixture.emulator.close()
      fixture.provider = await openProvider('PscClient', {
        ...fixture.config,
        'psc:timeoutSeconds': '1',
        'psc:preflight': 'required',
      })
      const [reason] = await reasons(portal)
      assert.match(String(reason), /ECONNREFUSED/)
    })

    it('asks nothing when it is off', async () => {
      assert.deepEqual(
        await reasons({ ...portal, clientSecret: 'not-the-secret', preflight: 'off' }),
        [],
      )
      assert.deepEqual(fixture.requests(), [])
    })

    it('leaves a PSC alone on which a token has side effects, unless the proof is required', async () => {
      const psc = { extends: 'neoid', tokenHasSideEffects: true }
      const wrong = { ...portal, psc, clientSecret: 'not-the-secret' }
      assert.deepEqual(await reasons(wrong), [])
      assert.deepEqual(fixture.requests(), [])
      assert.match(
        fixture.warnings.join('\n'),
        /side effect at neoid, so its clients are not proven/,
      )
      assert.equal((await reasons({ ...wrong, preflight: 'required' })).length, 1)
    })
  })

  it('names the key of a configuration that cannot be used', async () => {
    fixture.provider = await openProvider('PscClient', {
      ...fixture.config,
      'psc:timeoutSeconds': 'soon',
    })
    const [reason, ...others] = await reasons(portal)
    assert.match(reason ?? '', /psc:timeoutSeconds .*1 to 3600 \[ERR_PSC_CONFIGURATION\]$/)
    assert.deepEqual(others, [])
  })
})
