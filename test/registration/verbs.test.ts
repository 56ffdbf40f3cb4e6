import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { engineUnknown } from '../support/fixture.ts'
import { createPem, privateKey } from '../rules/support/certificate.ts'
import { byJson, certificate, keyPem, signed, useRegistrations } from './support.ts'

describe('the check of a registration', () => {
  const fixture = useRegistrations()

  it('Check accepts both ways to register and sends no request', async () => {
    assert.deepEqual(await fixture.reasons(byJson), [])
    assert.deepEqual(await fixture.reasons(signed), [])
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })

  for (const [what, change, expected] of [
    [
      'a PSC that registers by no service',
      { psc: { extends: 'safeid', registration: 'none' } },
      /^psc: safeid has no documented service that registers.*registration: application/,
    ],
    [
      'a signature for a PSC that nobody has named',
      { psc: 'safeid' },
      /^psc: safeid registers by a signed text, .* Set audience in the profile/,
    ],
    ['a PSC that is not known', { psc: 'neo-id' }, /^psc: unknown PSC "neo-id"/],
    [
      'a URI outside the certificate',
      { redirectUris: ['https://outra.exemplo.com/'] },
      /^redirectUris\[0\]: .*\[URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO\]$/,
    ],
    ['an empty name', { name: '' }, /^name: /],
    [
      'names in the place of the certificate',
      { certificate: { hosts: ['portal.exemplo.gov.br'] } },
      /^certificate: neoid registers by a certificate/,
    ],
    ['no private key', { privateKey: undefined }, /^privateKey: neoid registers by a text signed/],
    [
      'a URL as host',
      { host: 'https://portal.exemplo.gov.br/' },
      /^host: .*is a URL.*\[ERR_PSC_HOST\]$/,
    ],
    [
      'a port in the host',
      { host: 'portal.exemplo.gov.br:443' },
      /^host: .*colon.*\[ERR_PSC_HOST\]$/,
    ],
    ['a wildcard as host', { host: '*.exemplo.gov.br' }, /^host: .*wildcard.*\[ERR_PSC_HOST\]$/],
    ['a number as host', { host: 443 }, /^host: .*\[ERR_PSC_TYPE\]$/],
    ['a placeholder as host', { host: '${HOST}' }, /^host: .*\[ERR_PSC_PLACEHOLDER\]$/],
    [
      'a placeholder in the reference to the private key',
      { privateKey: { env: '${KEY}' } },
      /^privateKey\.env: .*\[ERR_PSC_PLACEHOLDER\]$/,
    ],
    ['the private key itself', { privateKey: keyPem }, /^privateKey: the value is the key itself/],
    [
      'a private key beside the certificate',
      { certificate: { pem: certificate + keyPem } },
      /^certificate: .*holds a private key/,
    ],
    ['a certificate that is none', { certificate: { pem: 'nada' } }, /^certificate: /],
    [
      'a file that is not there',
      { certificate: { file: 'absent.pem' } },
      /absent\.pem: the file does not exist.*\[ERR_PSC_FILE\]$/,
    ],
    [
      'a private key where none is needed',
      { psc: 'birdid' },
      /^privateKey: birdid registers without a signature/,
    ],
  ] as const) {
    it(`Check refuses a registration with ${what}`, async () => {
      const [reason, ...others] = await fixture.reasons({ ...signed, ...change })
      assert.match(String(reason), expected)
      assert.deepEqual(others, [])
      assert.doesNotMatch(String(reason), /PRIVATE KEY-----/)
    })
  }

  for (const [what, pem, expected] of [
    [
      "another certificate's key",
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
      /the key does not belong to the certificate/,
    ],
    ['a key of another kind', privateKey('ec'), /of the type ec, .*Give an RSA key/],
  ] as const) {
    it(`Check refuses a registration with ${what}`, async () => {
      process.env.PSC_TEST_KEY = pem.export({ type: 'pkcs8', format: 'pem' }) as string
      assert.match(String(await fixture.reasons(signed)), expected)
    })
  }

  it('Check refuses an encrypted or invalid key and repeats nothing of it', async () => {
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'not-a-secret' }
    const encrypted = privateKey('rsa').export({
      type: 'pkcs8',
      format: 'pem',
      ...cipher,
    }) as string
    process.env.PSC_TEST_KEY = encrypted
    assert.match(String(await fixture.reasons(signed)), /encrypted with a passphrase/)
    process.env.PSC_TEST_KEY = 'not-a-secret-key'
    const [reason] = await fixture.reasons(signed)
    assert.match(String(reason), /^privateKey: the text is not a private key/)
    assert.doesNotMatch(String(reason), /not-a-secret-key/)
  })

  it('Check finds the leaf in a certificate chain of any order', async () => {
    const authority = createPem({ keyType: 'ec', authority: true, dns: ['ac.exemplo.gov.br'] })
    assert.deepEqual(
      await fixture.reasons({ ...signed, certificate: { pem: authority + certificate } }),
      [],
    )
  })

  it('Check warns about a key that is not available here', async () => {
    delete process.env.PSC_TEST_KEY
    assert.deepEqual(await fixture.reasons(signed), [])
    assert.match(
      fixture.warnings.join('\n'),
      /privateKey was not tried: .*PSC_TEST_KEY is not set here/,
    )
  })

  for (const key of Object.keys(signed)) {
    it(`Check accepts an unknown ${key}`, async () => {
      assert.deepEqual(await fixture.reasons({ ...signed, [key]: engineUnknown }), [])
    })
  }

  it('Check validates an attempt only once', async () => {
    const gone = { ...signed, certificate: { file: 'absent.pem' }, attempt: 1 }
    assert.deepEqual(await fixture.reasons(gone, gone), [])
    assert.match(
      String(await fixture.reasons({ ...gone, attempt: 2 }, gone)),
      /absent\.pem: the file does not exist.*\[ERR_PSC_FILE\]$/,
    )
  })

  for (const attempt of [0, 1.5, '1', null]) {
    it(`Check refuses ${JSON.stringify(attempt)} as the number of an attempt`, async () => {
      const [reason, ...others] = await fixture.reasons({ ...byJson, attempt })
      assert.match(reason ?? '', /^attempt: .*ERR_PSC_TYPE/)
      assert.deepEqual(others, [])
    })
  }

  it('Check reports the unconfirmed values of the PSC once', async () => {
    await fixture.reasons({ ...byJson, psc: 'vaultid' })
    await fixture.reasons({ ...byJson, psc: 'vaultid', name: 'Outro' })
    assert.equal(fixture.warnings.join('\n').match(/vaultid has not confirmed/g)?.length, 1)
    assert.match(
      fixture.warnings.join('\n'),
      /registration "application" \(inferred: the same family as BirdID\)/,
    )
  })

  for (const value of ['true', '1', 'TRUE', 'yes']) {
    it(`Check fails with PULUMI_SKIP_CHECKPOINTS=${value} for new and known registrations`, async () => {
      process.env.PULUMI_SKIP_CHECKPOINTS = value
      const kept = { ...byJson, attempt: 1 }
      for (const olds of [{}, kept]) {
        const [reason] = await fixture.reasons(byJson, olds)
        assert.match(String(reason), /^PULUMI_SKIP_CHECKPOINTS is set.* once/)
        const { failures } = await fixture.provider.check(olds, kept)
        assert.match(String(failures?.[0]?.reason), /^PULUMI_SKIP_CHECKPOINTS is set/)
      }
    })
  }

  it('Check passes where PULUMI_SKIP_CHECKPOINTS says no', async () => {
    for (const value of ['', 'false', '0']) {
      process.env.PULUMI_SKIP_CHECKPOINTS = value
      assert.deepEqual(await fixture.reasons(byJson), [])
    }
  })
})

describe('the other verbs of a registration', () => {
  const fixture = useRegistrations()
  const kept = { ...byJson, clientId: 'novo', clientSecret: 'not-a-secret' }

  it('Diff finds no change in a registration or in what signed it', async () => {
    const { certificate: _, privateKey: __, ...registered } = signed
    const outs = { ...registered, clientId: 'novo', clientSecret: 'not-a-secret' }
    for (const change of [{}, { privateKey: undefined }, { certificate: { file: 'outro.pem' } }]) {
      assert.deepEqual(await fixture.provider.diff('novo', outs, { ...signed, ...change }), {
        changes: false,
      })
    }
  })

  for (const [key, value] of Object.entries({
    psc: 'birdid',
    name: 'Outro',
    comments: 'Outra',
    email: 'outro@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/callback'],
    unknown: engineUnknown,
  })) {
    it(`Diff refuses a change of ${key} and names the resource that maintains a client`, async () => {
      const change = key === 'unknown' ? { name: value } : { [key]: value }
      await assert.rejects(fixture.provider.diff('novo', kept, { ...byJson, ...change }), {
        message: /is registered already.*second client.*PscClient.*ignoreChanges: \['\w+'\]/,
      })
    })
  }

  it('Read sends no request and changes no property', async () => {
    assert.deepEqual(await fixture.provider.read('novo', kept), { id: 'novo', props: kept })
  })

  it('Delete warns and shows no secret', async () => {
    await fixture.provider.delete('novo', kept)
    assert.match(
      fixture.warnings.join('\n'),
      /"Portal do Cidadão" \(novo\) leaves this stack, and its secret with it/,
    )
    assert.match(fixture.warnings.join('\n'), /stays registered at vidaas/)
    assert.doesNotMatch(fixture.warnings.join('\n'), /not-a-secret/)
    assert.deepEqual(fixture.emulator.requests.list(), [])
  })
})
