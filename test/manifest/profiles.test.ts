import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkManifest } from '../../provider/manifest/load.ts'
import { check, complaints, manifestOf, now, readFrom } from './support.ts'

describe('a PSC of the manifest', () => {
  const own = 'pscs:\n  minha: { extends: standard, baseUrl: https://psc.exemplo.br/v0/oauth }\n'

  test('of its own is passed on with its name and all of its values', () => {
    const { manifest, problems } = check(own + manifestOf({ psc: 'minha' }))
    assert.deepEqual(problems, [])
    assert.deepEqual(manifest?.clients[0]?.args.psc, {
      name: 'minha',
      extends: 'standard',
      baseUrl: 'https://psc.exemplo.br/v0/oauth',
    })
  })

  test('can be a known one in another environment', () => {
    const yaml = `pscs:\n  serproid: { environment: homologation }\n${manifestOf({ psc: 'serproid' })}`
    assert.deepEqual(check(yaml).manifest?.clients[0]?.args.psc, {
      extends: 'serproid',
      environment: 'homologation',
    })
  })

  test('issues the tokens of credentials', () => {
    const yaml = `${own}credentials:\n  a: { issuer: minha, clientId: b, clientSecret: { env: B } }\n`
    assert.deepEqual(check(yaml).manifest?.credentials[0]?.args.issuer, {
      name: 'minha',
      extends: 'standard',
      baseUrl: 'https://psc.exemplo.br/v0/oauth',
    })
  })

  const wrong: readonly (readonly [values: string, place: RegExp])[] = [
    ['{ baseUrl: http://psc.exemplo.br }', /^2:21 error pscs\.neoid\.baseUrl: .*https/],
    ['{ baseUrl: https://a:b@psc.exemplo.br }', /^2:21 error pscs\.neoid\.baseUrl: .*password/],
    ['{ baseUrl: https://psc.exemplo.br?a=b }', /^2:21 error pscs\.neoid\.baseUrl: .*query/],
    ['{ baseUrl: psc }', /^2:21 error pscs\.neoid\.baseUrl: .*not a URL/],
    ['{ baseURL: https://psc.exemplo.br }', /^2:12 error pscs\.neoid\.baseURL: .*mean baseUrl\?/],
    ['{ environment: mars }', /^2:25 error pscs\.neoid\.environment: /],
    ['{ echoes: 1 }', /^2:20 error pscs\.neoid\.echoes: .*true or false/],
    ['text', /^2:3 error pscs\.neoid: .*a map/],
  ]
  for (const [values, place] of wrong) {
    test(`with ${values} is refused at its place`, () => {
      const found = complaints(`pscs:\n  neoid: ${values}\n${manifestOf()}`)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', place)
    })
  }

  test('that nobody knows says which one it extends', () => {
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

  test('needs none in the manifest, and gets none there', () => {
    const { manifest, problems } = load(yaml('{ extends: standard }'))
    assert.deepEqual(problems, [])
    assert.deepEqual(manifest?.clients[0]?.args.psc, { name: 'minha', extends: 'standard' })
  })

  test('needs one where nothing is configured', () => {
    assert.match(complaints(yaml('{ extends: standard }')).join(), /pscs\.minha: .*needs a baseUrl/)
  })

  test('is passed on as it is without the configuration', () => {
    const text = `pscs:\n  neoid: { baseUrl: https://a.exemplo.br }\n${manifestOf()}`
    assert.deepEqual(load(text).manifest?.clients[0]?.args.psc, {
      extends: 'neoid',
      baseUrl: 'https://a.exemplo.br',
    })
  })

  test('is judged in all else', () => {
    const { problems } = load(yaml('{ extends: standard, echoes: 1 }'))
    assert.match(problems.map(({ message }) => message).join(), /true or false/)
  })
})

describe('the PSC of a client', () => {
  test('that nobody knows is refused with the nearest that is known', () => {
    assert.deepEqual(complaints(manifestOf({ psc: 'serpro-id' })), [
      '3:10 error clients.portal.psc: unknown PSC "serpro-id". Did you mean serproid? [ERR_PSC_PROFILE]',
    ])
  })

  test('without an address is refused', () => {
    const found = complaints(manifestOf({ psc: 'standard' }))
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^3:10 error clients\.portal\.psc: .*baseUrl/)
  })

  test('that adds a redirect URI by itself refuses it in a declaration, once', () => {
    const found = complaints(manifestOf({ psc: 'vidaas', redirectUris: '[push://portal]' }))
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0] ?? '', /redirectUris\.0: vidaas adds push:\/\/ by itself/)
  })

  test('has its clients told apart by its address', () => {
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
