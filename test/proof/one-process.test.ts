import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { createContext, createShared } from '../../provider/engine/context.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { openDoor as openCredentialDoor } from '../credential/stage.ts'
import { openDoor, portal, useStage } from '../support/door.ts'

const { clientId, clientSecret } = portal

const credential = { issuer: 'neoid', clientId, clientSecret }

describe('a client that is a PscClient and a TokenCredential', () => {
  const stage = useStage()
  let doors: readonly { check: typeof stage.door.check }[]
  const open = async (config: Readonly<Record<string, string>>) => {
    doors = [await openDoor(config), await openCredentialDoor(config)]
  }
  const checkBoth = async () => {
    const [clients, credentials] = doors
    await clients?.check({}, portal)
    await credentials?.check({}, credential)
  }
  beforeEach(() => open(stage.config))

  it('is proven by one token', async () => {
    await checkBoth()
    assert.deepEqual(stage.asked(), ['POST /psc/v0/oauth/client_token'])
  })

  it('waits once for a PSC that does not answer, and is warned of it once', async () => {
    await stage.emulator.close()
    await open({ ...stage.config, 'psc:timeoutSeconds': '1' })
    await checkBoth()
    const warnings = stage.said().filter((line) => line.startsWith('warning:'))
    assert.equal(warnings.length, 1)
    const before = stage.said().length
    await checkBoth()
    assert.equal(stage.said().length, before)
  })
})

describe('a value of a PSC that is not confirmed', () => {
  it('is told once in a process, whichever resource uses it beside which others', (t) => {
    const said: string[] = []
    t.mock.method(console, 'warn', (line: string) => said.push(line))
    const shared = createShared()
    const contexts = [1, 2].map(() => createContext(() => undefined, undefined, shared))
    const [registrations, clients] = contexts
    const profile = resolveProfile('birdid')
    registrations?.warnUnconfirmed(profile, ['maintenance', 'ownUriSchemes'])
    clients?.warnUnconfirmed(profile, ['ownUriSchemes', 'tokenRequest'])
    clients?.warnUnconfirmed(profile, ['ownUriSchemes', 'tokenRequest'])
    assert.deepEqual(
      said.map((line) => line.match(/maintenance|ownUriSchemes|tokenRequest/g)),
      [['maintenance', 'ownUriSchemes'], ['tokenRequest']],
    )
  })
})
