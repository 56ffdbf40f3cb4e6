import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ClientOutputs } from '../../provider/client/inputs.ts'
import { clientReader } from '../../provider/client/state.ts'
import { portal } from '../support/fixture.ts'

const baseUrl = 'https://psc.exemplo.gov.br/v0/oauth'
const { clientId, name, comments, email, redirectUris } = portal
const outputs: ClientOutputs = {
  ...portal,
  psc: 'neoid',
  endpoints: {
    authorize: `${baseUrl}/authorize`,
    token: `${baseUrl}/token`,
    clientToken: `${baseUrl}/client_token`,
    clientMaintenance: `${baseUrl}/client_maintenance`,
  },
  registered: { clientId, name, comments, email, redirectUris },
}

describe('the stored form of a client', () => {
  it('The state holds the base URL in place of the addresses, and no echo that equals the arguments', () => {
    const { endpoints, registered } = clientReader.stored(outputs)
    assert.deepEqual([endpoints, registered], [baseUrl, 'as declared'])
  })

  it('The state holds an echo that differs, and null where the PSC echoes nothing', () => {
    const differs = { clientId, name, comments, email, redirectUris: ['https://outro.exemplo.com'] }
    assert.equal(clientReader.stored({ ...outputs, registered: differs }).registered, differs)
    assert.equal(clientReader.stored({ ...outputs, registered: null }).registered, null)
  })

  it('The provider reads from the state what it stored', () => {
    const stored = { ...clientReader.stored(outputs), __provider: 'exports.handler=…' }
    assert.deepEqual(clientReader.outputs(stored), outputs)
  })
})
