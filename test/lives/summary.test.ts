import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { createPem } from '../rules/support/certificate.ts'
import { manifestOf, manifestProgram, portal, registered, useStack } from '../support/fixture.ts'

describe('The preview of a manifest', () => {
  const fixture = useStack({
    emulator: {
      pscs: {
        neoid: {
          clients: ['um', 'dois'].map((clientId) => ({
            ...registered(portal),
            clientId,
            name: clientId,
          })),
        },
      },
    },
    env: { RIGHT: portal.clientSecret },
  })
  before(() => {
    const client = (name: string, env: string) => ({ clientId: name, name, clientSecret: { env } })
    const clients = { um: client('um', 'RIGHT'), dois: client('dois', 'MISSING') }
    fixture.stack.write('clients.yaml', manifestOf(clients))
  })

  it('A preview tells where new clients are written to, and how many were verified', async () => {
    const output = await fixture.stack.succeed('preview')
    const { neoid } = fixture.emulator.baseUrls
    const said = `2 new clients: 1 verified by a token, 1 not: no secret here. Applying writes to neoid (${neoid}).`
    assert.ok(output.includes(said), output)
  })

  it('Pulumi stack output tells client ids, authorize addresses and the ends of certificates', async () => {
    const pem = createPem({ dns: portal.certificate.hosts, notAfter: '2031-01-02T03:04:05Z' })
    const client = { clientId: 'um', name: 'um', clientSecret: { env: 'RIGHT' } }
    fixture.stack.write('clients.yaml', manifestOf({ um: { ...client, certificate: { pem } } }))
    const program = manifestProgram.replace('declareManifest()\n', '')
    fixture.stack.write('index.ts', `${program}export const clients = declareManifest().outputs\n`)
    const authorize = `${fixture.emulator.baseUrls.neoid}/authorize`
    const preview = await fixture.stack.succeed('preview')
    assert.ok(preview.includes(`"${authorize}"`), 'a preview knows the address of a new client')
    await fixture.stack.succeed('up', '--yes', '--skip-preview')
    const output = await fixture.stack.succeed('stack', 'output', '--json')
    assert.deepEqual(JSON.parse(output), {
      clients: {
        um: {
          psc: 'neoid',
          clientId: 'um',
          authorize,
          certificateEnds: '2031-01-02T03:04:05.000Z',
        },
      },
    })
  })

  it('A program that begins to export its outputs changes no client', async () => {
    fixture.stack.write('index.ts', manifestProgram)
    await fixture.stack.succeed('up', '--yes', '--skip-preview')
    const program = manifestProgram.replace('declareManifest()\n', '')
    fixture.stack.write('index.ts', `${program}export const clients = declareManifest().outputs\n`)
    await fixture.stack.succeed('preview', '--expect-no-changes')
  })
})
