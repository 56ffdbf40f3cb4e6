import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { createContext, createShared } from '../../provider/engine/context.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { openProvider, portal, type Provider, useProvider } from '../support/fixture.ts'

const { clientId, clientSecret } = portal

const credential = { issuer: 'neoid', clientId, clientSecret }

describe('a client that is a PscClient and a TokenCredential', () => {
  const fixture = useProvider('PscClient')
  let providers: readonly Provider[]
  const open = async (config: Readonly<Record<string, string>>) => {
    providers = [
      await openProvider('PscClient', config),
      await openProvider('TokenCredential', config),
    ]
  }
  const checkBoth = async () => {
    const [clients, credentials] = providers
    await clients?.check({}, portal)
    await credentials?.check({}, credential)
  }
  beforeEach(() => open(fixture.config))

  it('One token verifies a client that is a PscClient and a TokenCredential', async () => {
    await checkBoth()
    assert.deepEqual(fixture.requests(), ['clientToken 200'])
  })

  it('An unavailable PSC costs two resources of one client one wait and one warning', async () => {
    await fixture.emulator.close()
    await open({ ...fixture.config, 'psc:timeoutSeconds': '1' })
    await checkBoth()
    const warnings = fixture.warnings.filter((line) => line.startsWith('warning:'))
    assert.equal(warnings.length, 1)
    const before = fixture.warnings.length
    await checkBoth()
    assert.equal(fixture.warnings.length, before)
  })
})

describe('a value of a PSC that is not confirmed', () => {
  it('An unconfirmed value of a PSC is reported once in a process, for all resources', (t) => {
    const warnings: string[] = []
    t.mock.method(console, 'warn', (line: string) => warnings.push(line))
    const shared = createShared()
    const contexts = [1, 2].map(() => createContext(() => undefined, undefined, shared))
    const [registrations, clients] = contexts
    const profile = resolveProfile('birdid')
    registrations?.warnUnconfirmed(profile, ['maintenance', 'ownUriSchemes'])
    clients?.warnUnconfirmed(profile, ['ownUriSchemes', 'tokenRequest'])
    clients?.warnUnconfirmed(profile, ['ownUriSchemes', 'tokenRequest'])
    assert.deepEqual(
      warnings.map((line) => line.match(/maintenance|ownUriSchemes|tokenRequest/g)),
      [['maintenance', 'ownUriSchemes'], ['tokenRequest']],
    )
  })
})
