import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pscs } from '../../../emulator/pscs.ts'
import type { Fact } from '../../../provider/psc/profiles/fact.ts'
import { knownPsc, pscNames } from '../../../provider/psc/profiles/known.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'

/** Word for word from the four API documents, DOC-ICP-17.01 and what other PSCs publish. */
const addresses = {
  neoid: 'https://psc-neoid.estaleiro.serpro.gov.br/psc/v0/oauth',
  serproid: 'https://serproid.serpro.gov.br/oauth/v0/oauth',
  vidaas: 'https://certificado.vidaas.com.br/v0/oauth',
  birdid: 'https://api.birdid.com.br/v0/oauth',
  vaultid: 'https://apicloudid.vaultid.com.br/v0/oauth',
  safeid: 'https://pscsafeweb.safewebpss.com.br/Service/Microservice/OAuth/api/v0/oauth',
}

describe('what is known of a PSC', () => {
  for (const [name, baseUrl] of Object.entries(addresses)) {
    it(`The addresses of ${name} are those of its documents`, () => {
      assert.equal(resolveProfile(name).baseUrl, baseUrl)
    })
  }

  it('Every value of a PSC has a source and says whether the PSC has confirmed it', () => {
    for (const name of pscNames) {
      const { environments, capabilities } = knownPsc(name)
      const facts: Fact<unknown>[] = [
        ...Object.values(environments),
        ...Object.values(capabilities),
      ]
      for (const { mark, source } of facts) {
        assert.notEqual(source, '', name)
        assert.ok(['quoted', 'said', 'inferred'].includes(mark), name)
      }
    }
  })

  it('The values of each PSC agree with the emulator, which was written independently', () => {
    for (const name of pscNames) {
      const profile = resolveProfile(
        name === 'standard' ? { extends: name, baseUrl: 'https://psc.exemplo.com' } : name,
      )
      const behaviour = pscs[name]
      assert.deepEqual(
        {
          maintenance: profile.maintenance,
          registered: true,
          tokenRequest: profile.tokenRequest,
          ...(profile.maintenance && { echoes: profile.echoes, rotates: profile.rotates }),
          redirectUriRule: profile.redirectUriRule,
          ownUriSchemes: profile.ownUriSchemes.map((scheme) => `${scheme}://`),
        },
        {
          maintenance: behaviour.maintenance,
          registered: behaviour.registrations.some((service) => service === profile.registration),
          tokenRequest: behaviour.tokenRequest,
          ...(profile.maintenance && {
            echoes: behaviour.echoes,
            rotates: behaviour.rotation !== 'refused',
          }),
          redirectUriRule: behaviour.redirectUriRule,
          ownUriSchemes: behaviour.addedUris,
        },
        name,
      )
    }
  })
})
