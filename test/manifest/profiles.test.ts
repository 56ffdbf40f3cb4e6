import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkManifest } from '../../provider/manifest/load.ts'
import { check, complaints, manifestOf, now, readFrom } from './support.ts'

describe('a PSC of the manifest', () => {
  const own = 'pscs:\n  minha: { extends: standard, baseUrl: https://psc.exemplo.br/v0/oauth }\n'

  test('A PSC of the manifest is passed on with its name and all its values', () => {
    const { build, problems } = check(own + manifestOf({ psc: 'minha' }))
    assert.deepEqual(problems, [])
    assert.deepEqual(build?.().clients[0]?.args.psc, {
      name: 'minha',
      extends: 'standard',
      baseUrl: 'https://psc.exemplo.br/v0/oauth',
    })
  })

  test('A PSC of the manifest may be a known one in another environment', () => {
    const yaml = `pscs:\n  serproid: { environment: homologation }\n${manifestOf({ psc: 'serproid' })}`
    assert.deepEqual(check(yaml).build?.().clients[0]?.args.psc, {
      extends: 'serproid',
      environment: 'homologation',
    })
  })

  test('A PSC of the manifest can issue the tokens of credentials', () => {
    const yaml = `${own}credentials:\n  a: { issuer: minha, clientId: b, clientSecret: { env: B } }\n`
    assert.deepEqual(check(yaml).build?.().credentials[0]?.args.issuer, {
      name: 'minha',
      extends: 'standard',
      baseUrl: 'https://psc.exemplo.br/v0/oauth',
    })
  })

  const wrong: readonly (readonly [values: string, place: RegExp])[] = [
    ['{ baseUrl: http://psc.exemplo.br }', /^2:21 error pscs\.neoid\.baseUrl: .*https/],
    ['{ baseUrl: https://a:b@psc.exemplo.br }', /^2:21 error pscs\.neoid\.baseUrl: .*password/],
    ['{ baseUrl: https://psc.exemplo.br?a=b }', /^2:21 error pscs\.neoid\.baseUrl: .*query/],
    ['{ baseUrl: "https://${HOST}/psc" }', /^2:21 error pscs\.neoid\.baseUrl: .*\$\{X\}/],
    ['{ baseUrl: "https://psc.br,https://b.br" }', /^2:21 error pscs\.neoid\.baseUrl: .*several/],
    ['{ baseUrl: "https://psc.br/\u200Bpsc" }', /pscs\.neoid\.baseUrl: .*U\+200B ZERO WIDTH SPACE/],
    ['{ baseUrl: psc }', /^2:21 error pscs\.neoid\.baseUrl: .*not a URL/],
    ['{ baseURL: https://psc.exemplo.br }', /^2:12 error pscs\.neoid\.baseURL: .*mean baseUrl\?/],
    ['{ environment: mars }', /^2:25 error pscs\.neoid\.environment: /],
    ['{ echoes: 1 }', /^2:20 error pscs\.neoid\.echoes: .*true or false/],
    [
      '{ scopeLifetimes: { request: [], session: { CPF: [900], CNPJ: [] }, complete: false } }',
      /pscs\.neoid\.scopeLifetimes.*at least one/,
    ],
    ['text', /^2:3 error pscs\.neoid: .*a map/],
  ]
  for (const [values, place] of wrong) {
    test(`A PSC of the manifest with ${values} is refused at its place`, () => {
      const found = complaints(`pscs:\n  neoid: ${values}\n${manifestOf()}`)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', place)
    })
  }

  test('A PSC of the manifest with an unknown name must say which PSC it extends', () => {
    const found = complaints(`pscs:\n  neoidd: { baseUrl: https://a.br }\n${manifestOf()}`)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /error pscs\.neoidd/)
  })
})

describe('a PSC whose address is configured', () => {
  const yaml = (values: string) => `pscs:\n  minha: ${values}\n${manifestOf({ psc: 'minha' })}`
  const baseUrls = { minha: 'https://psc.exemplo.br/v0/oauth', neoid: 'https://a.exemplo.br' }
  const load = (text: string) =>
    checkManifest('clients.yaml', { now, baseUrls, readFile: readFrom({ 'clients.yaml': text }) })

  test('A PSC whose address is configured gets no address from the manifest', () => {
    const { build, problems } = load(yaml('{ extends: standard }'))
    assert.deepEqual(problems, [])
    assert.deepEqual(build?.().clients[0]?.args.psc, { name: 'minha', extends: 'standard' })
  })

  test('A PSC without an address anywhere needs one', () => {
    assert.match(complaints(yaml('{ extends: standard }')).join(), /pscs\.minha: .*needs a baseUrl/)
  })

  test('Without configuration, a PSC is passed on as the manifest has it', () => {
    const text = `pscs:\n  neoid: { baseUrl: https://a.exemplo.br }\n${manifestOf()}`
    assert.deepEqual(load(text).build?.().clients[0]?.args.psc, {
      extends: 'neoid',
      baseUrl: 'https://a.exemplo.br',
    })
  })

  test('A PSC whose address is configured is validated in everything else', () => {
    const { problems } = load(yaml('{ extends: standard, echoes: 1 }'))
    assert.match(problems.map(({ message }) => message).join(), /true or false/)
  })
})

describe('the PSC of a client', () => {
  test('An unknown PSC of a client is refused with the nearest known name', () => {
    assert.deepEqual(complaints(manifestOf({ psc: 'serpro-id' })), [
      '3:10 error clients.portal.psc: unknown PSC "serpro-id". Did you mean serproid? [ERR_PSC_PROFILE]',
    ])
  })

  test('A client at a PSC without an address is refused', () => {
    const found = complaints(manifestOf({ psc: 'standard' }))
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^3:10 error clients\.portal\.psc: .*baseUrl/)
  })

  test('A redirect URI that the PSC adds itself gets one warning and no error', () => {
    const found = complaints(manifestOf({ psc: 'vidaas', redirectUris: '[push://portal]' }))
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(
      found[0] ?? '',
      /warning .*redirectUris\.0: vidaas adds push:\/\/ by itself.*WARN_PSC_URI_OF_PSC/,
    )
  })

  test('Clients with one id at two addresses are different clients', () => {
    const second = manifestOf({ psc: 'outra' }).replace('clients:\n', '').replace('portal:', 'b:')
    const yaml = (address: string) =>
      `pscs:\n  outra: { extends: neoid, baseUrl: ${address} }\n${manifestOf()}${second}`
    assert.deepEqual(complaints(yaml('https://outra.exemplo.br')), [])
    const same = complaints(yaml('https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth'))
    assert.equal(same.length, 2, same.join('\n'))
    assert.match(same[0] ?? '', /clients\.b\.clientId/)
    assert.match(same[1] ?? '', /clients\.b\.name/)
  })
})
