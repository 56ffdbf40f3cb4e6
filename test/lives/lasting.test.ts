import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manifestOf, portal, registered, useStack } from '../support/fixture.ts'

const ids = Array.from({ length: 12 }, (_, index) => `c${index}`)

describe('The preview of new clients at a PSC that fails every request', () => {
  const fixture = useStack({
    emulator: {
      pscs: { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } },
    },
    env: { RIGHT: portal.clientSecret },
  })

  it('A preview shows a permanent 404 in one line that counts the clients, after three attempts', async () => {
    const clients = ids.map((clientId): [string, Record<string, unknown>] => [
      clientId,
      { clientId, name: `Portal ${clientId}`, clientSecret: { env: 'RIGHT' } },
    ])
    fixture.stack.write('clients.yaml', manifestOf(Object.fromEntries(clients)))
    fixture.emulator.faults.add({ kind: 'html', status: 404, times: 'always' })
    const output = await fixture.stack.fail('preview')
    assert.equal(fixture.requests().length, 3)
    const counted =
      /404.*All 3 attempts got this answer.*12 clients or credentials were not verified/g
    assert.ok((output.match(counted) ?? []).length >= 1, output)
    assert.doesNotMatch(output, /PscClient \(c\d+\):\s+error/)
  })
})
