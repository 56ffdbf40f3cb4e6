import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeUnconfirmed, validateByRule } from '../../../provider/psc/profiles/capabilities.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'

const hom = 'https://hom.serproid.serpro.gov.br/oauth/v0/oauth'

describe('a profile in a declaration', () => {
  it('A profile may take an environment of the PSC that it extends', () => {
    assert.equal(resolveProfile({ extends: 'serproid', environment: 'homologation' }).baseUrl, hom)
    const named = { name: 'teste', extends: 'serproid', environment: 'homologation' }
    assert.deepEqual(
      [resolveProfile(named).name, resolveProfile(named).baseUrl, resolveProfile(named).audience],
      ['teste', hom, 'serproid'],
    )
  })

  it('The address of a profile wins over its environment, and psc:baseUrls over both', () => {
    const given = { extends: 'serproid', environment: 'homologation', baseUrl: 'https://a.exemplo' }
    assert.equal(resolveProfile(given).baseUrl, 'https://a.exemplo')
    assert.equal(
      resolveProfile(given, { serproid: 'https://b.exemplo' }).baseUrl,
      'https://b.exemplo',
    )
  })

  it('A profile may change any value of the PSC that it extends and inherits the others', () => {
    const values = {
      maintenance: false,
      echoes: true,
      rotates: false,
      registration: 'none',
      tokenRequest: 'json',
      tokenHasSideEffects: true,
      ownUriSchemes: ['app'],
      redirectUriRule: 'certificate',
      clientAuthentication: 'basic',
      deletion: 'none',
      scopeLifetimes: { request: [300], session: { CPF: [900], CNPJ: [3600] }, complete: true },
      tellsRedirectUris: true,
      audience: 'outro',
      issuer: 'https://a.exemplo',
    } as const
    const changed = resolveProfile({
      name: 'novo',
      extends: 'vidaas',
      baseUrl: 'https://a.exemplo',
      ...values,
    })
    assert.deepEqual(changed, { ...changed, ...values, name: 'novo', unconfirmed: [] })
    const same = resolveProfile({ name: 'novo', extends: 'vidaas', baseUrl: 'https://a.exemplo' })
    assert.deepEqual([same.rotates, same.ownUriSchemes, same.audience], [true, ['push'], undefined])
  })

  for (const [what, reference, message] of [
    [
      'a name that is mistyped',
      { name: 'neiod', baseUrl: 'https://a.exemplo' },
      /Did you mean neoid\?/,
    ],
    [
      'a known PSC that is not known',
      { extends: 'remoteid' },
      /extends must be one of standard, neoid/,
    ],
    [
      'a PSC of your own without an address',
      { name: 'novo', extends: 'vidaas' },
      /"novo" needs a baseUrl/,
    ],
    ['the standard without an address', 'standard', /"standard" needs a baseUrl/],
    [
      'an environment that is not known',
      { extends: 'vidaas', environment: 'teste' },
      /environment must be one of production, homologation, demonstration; for another, give its baseUrl/,
    ],
    [
      'an environment of what has none',
      { name: 'novo', extends: 'standard', environment: 'homologation' },
      /"standard" has no environments: give a baseUrl/,
    ],
    ['a key that is mistyped', { extends: 'vidaas', rotate: true }, /Did you mean rotates\?/],
    ['a text for a flag', { extends: 'vidaas', rotates: 'yes' }, /rotates must be true or false/],
    ['a scheme with a colon', { extends: 'vidaas', ownUriSchemes: ['push:'] }, /without a colon/],
    ['the scheme of every client', { extends: 'vidaas', ownUriSchemes: ['https'] }, /not https/],
    [
      'a name that is no word',
      { name: 'a\u001b[2J', extends: 'vidaas' },
      /name must be 1 to 64 letters/,
    ],
    [
      'http to a name that only a resolver takes for this machine',
      { extends: 'vidaas', baseUrl: 'http://localhost.:8080' },
      /must be https/,
    ],
    ['http', { extends: 'vidaas', baseUrl: 'http://a.exemplo' }, /must be https/],
    ...['https:/a.exemplo/x', 'https:a.exemplo', 'https:///a.exemplo', 'https://a.exemplo\\x'].map(
      (baseUrl) =>
        [
          `an address that browsers repair: ${baseUrl}`,
          { extends: 'vidaas', baseUrl },
          /slashes/,
        ] as const,
    ),
    ['a wildcard as host', { extends: 'vidaas', baseUrl: 'https://*.exemplo' }, /not a DNS name/],
    ['nothing', {}, /needs a name or a PSC to extend/],
    [
      'a rule for redirect URIs that does not exist',
      { extends: 'vidaas', redirectUriRule: 'http' },
      /redirectUriRule must be one of certificate, https, https-or-loopback/,
    ],
    [
      'a lifetime that is not a number of seconds',
      {
        extends: 'vidaas',
        scopeLifetimes: { request: ['5m'], session: { CPF: [], CNPJ: [] }, complete: true },
      },
      /scopeLifetimes must be .*lists of seconds/,
    ],
    [
      'no lifetime for a session',
      {
        extends: 'vidaas',
        scopeLifetimes: { request: [], session: { CPF: [], CNPJ: [900] }, complete: false },
      },
      /scopeLifetimes must be .*session has at least one/,
    ],
    ['a list', ['vidaas'], /must be the name of a PSC/],
    ['a key of every object', { extends: 'vidaas', toString: true }, /unknown key/],
    ['a property of every object for a PSC', 'constructor', /unknown PSC "constructor"/],
  ] as const) {
    it(`A profile is refused with ${what}`, () => {
      assert.throws(() => resolveProfile(reference), { code: 'ERR_PSC_PROFILE', message })
    })
  }

  it('A profile reports its unconfirmed values with their source until they are set', () => {
    const keys = ['maintenance', 'tokenRequest'] as const
    const said = describeUnconfirmed(resolveProfile('birdid'), keys)
    assert.match(String(said), /^birdid has not confirmed maintenance true \(inferred: docs\./)
    assert.match(String(said), /tokenRequest "json" \(said: three independent public programs\)/)
    const set = { extends: 'birdid', maintenance: true, tokenRequest: 'json' }
    assert.equal(describeUnconfirmed(resolveProfile(set), keys), undefined)
    assert.equal(describeUnconfirmed(resolveProfile('neoid'), keys), undefined)
  })

  it('A rule for redirect URIs that nobody has confirmed says how to correct it', () => {
    const client = { redirectUris: ['http://localhost:3000/'] }
    const messageAt = (psc: object) => {
      const problems = validateByRule(resolveProfile(psc), client, { now: new Date() })
      return problems.find(({ code }) => code === 'URI_HTTPS_OBRIGATORIO')?.message
    }
    const novo = { name: 'novo', extends: 'standard', baseUrl: 'https://a.exemplo' }
    assert.match(
      messageAt(novo) ?? '',
      /set redirectUriRule: https-or-loopback in its profile, or under pscs\.novo/,
    )
    assert.equal(messageAt({ ...novo, redirectUriRule: 'https-or-loopback' }), undefined)
    assert.doesNotMatch(messageAt({ ...novo, redirectUriRule: 'https' }) ?? '', /redirectUriRule/)
  })

  it('An address that is set counts as confirmed', () => {
    const sure = (reference: unknown, baseUrls = {}) =>
      describeUnconfirmed(resolveProfile(reference, baseUrls), ['baseUrl']) === undefined
    assert.equal(sure('vaultid'), false)
    assert.equal(sure('vaultid', { vaultid: 'https://a.exemplo' }), true)
    assert.equal(sure({ extends: 'vaultid', baseUrl: 'https://a.exemplo' }), true)
  })
})
