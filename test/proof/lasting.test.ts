import assert from 'node:assert/strict'
import { after, describe, it, type TestContext } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { textReport } from '../../cli/verify/report.ts'
import { verifyAll } from '../../cli/verify/verify.ts'
import { createContext } from '../../provider/engine/context.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { prove } from '../../provider/proof/prove.ts'
import { issuerOf } from '../../provider/psc/issuers.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'

const ids = Array.from({ length: 20 }, (_, index) => `c${index}`)

const clientSecret = 'not-a-secret'

/** A PSC with twenty clients that answers every token request with a status, and then no more of them. */
async function setUp(t: TestContext, status: number, times: number | 'always' = 'always') {
  const said: string[] = []
  t.mock.method(console, 'warn', (line: string) => said.push(line))
  const certificate = { hosts: ['portal.exemplo.gov.br'] }
  const clients = ids.map((clientId) => ({ clientId, clientSecret, certificate, name: clientId }))
  const emulator = await startEmulator({ config: { pscs: { neoid: { clients } } } })
  t.after(() => emulator.close())
  emulator.faults.add({ kind: 'answer', status, body: 'x', operation: 'clientToken', times })
  const issuer = issuerOf(resolveProfile('neoid', { neoid: emulator.baseUrls.neoid }))
  const context = createContext(() => undefined)
  const proveAll = () =>
    Promise.allSettled(ids.map((clientId) => prove(context, { clientId, clientSecret }, issuer)))
  return { said, issuer, proveAll, requests: () => emulator.requests.list().length }
}

describe('a PSC that fails every request', () => {
  after(() => closeConnections())

  it('A permanent 500 costs a preview three attempts and one warning that counts them', async (t) => {
    const { said, proveAll, requests } = await setUp(t, 500)
    for (const { status } of await proveAll()) assert.equal(status, 'fulfilled')
    assert.equal(requests(), 3)
    const warnings = said.filter((line) => line.endsWith('[WARN_PSC_UNAVAILABLE]'))
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /All 3 attempts got this answer/)
  })

  it('A permanent 404 costs a preview three attempts and gives every client the same error', async (t) => {
    const { proveAll, requests } = await setUp(t, 404)
    const outcomes = await proveAll()
    assert.equal(requests(), 3)
    const reasons = outcomes.map((outcome): unknown =>
      outcome.status === 'rejected' ? outcome.reason : undefined,
    )
    assert.equal(new Set(reasons).size, 1)
    assert.match(String(reasons[0]), /404.*All 3 attempts got this answer/)
  })

  it('A PSC that fails two requests loses no client', async (t) => {
    const { proveAll } = await setUp(t, 500, 2)
    for (const outcome of await proveAll()) {
      assert.deepEqual(outcome, { status: 'fulfilled', value: true })
    }
  })

  for (const status of [500, 404]) {
    it(`A permanent ${status} costs verify three attempts and gives one line that counts the clients`, async (t) => {
      const { issuer, requests } = await setUp(t, status)
      const targets = ids.map((clientId) => ({
        kind: 'client' as const,
        name: clientId,
        issuer,
        clientId,
        clientSecret,
      }))
      const verdicts = await verifyAll(targets, () => undefined)
      assert.equal(requests(), 3)
      const lines = textReport(verdicts).match(/^.*\[ERR_PSC_\w+\]$/gm)
      assert.equal(lines?.length, 1)
      assert.match(lines[0], / and 15 more: .*All 3 attempts got this answer/)
      assert.ok(verdicts.every(({ result }) => result === 'failed' || result === 'not asked'))
    })
  }
})
