import assert from 'node:assert/strict'
import { after, describe, it, type TestContext } from 'node:test'
import { startEmulator } from '../../emulator/index.ts'
import { textReport } from '../../cli/verify/report.ts'
import { verifyAll } from '../../cli/verify/verify.ts'
import { createContext } from '../../provider/engine/context.ts'
import { closeConnections } from '../../provider/http/connections.ts'
import { prove } from '../../provider/proof/prove.ts'
import { issuerOf, resolveIssuer, type TokenIssuer } from '../../provider/psc/issuers.ts'
import { resolveProfile } from '../../provider/psc/profiles/profile.ts'
import { startTokenServer } from '../psc/support/token-server.ts'

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

function targetsAt(issuer: TokenIssuer) {
  const kind = 'client' as const
  return ids.map((clientId) => ({ kind, name: clientId, issuer, clientId, clientSecret }))
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
      const verdicts = await verifyAll(targetsAt(issuer), () => undefined)
      assert.equal(requests(), 3)
      const lines = textReport(verdicts).match(/^.*\[ERR_PSC_\w+\]$/gm)
      assert.equal(lines?.length, 1)
      assert.match(lines[0], / and 15 more: .*All 3 attempts got this answer/)
      assert.ok(verdicts.every(({ result }) => result === 'failed' || result === 'not asked'))
    })
  }
})

// The request of the discovery document must not wait for the failure that it explains.
describe('an issuer whose address is not its token endpoint', { timeout: 60_000 }, () => {
  after(() => closeConnections())

  const setUpIssuer = async (t: TestContext, path: string, documentStatus: number) => {
    const server = await startTokenServer(({ method }) =>
      method === 'GET'
        ? { status: documentStatus, body: { token_endpoint: 'https://idp.exemplo/token' } }
        : { status: 404, body: '' },
    )
    t.after(() => server.close())
    const issuer = resolveIssuer(server.url + path, undefined, resolveProfile)
    const posts = () => server.asked.filter(({ method }) => method === 'POST').length
    return { issuer, posts }
  }

  for (const documentStatus of [200, 404]) {
    it(`Many credentials there end a preview after three attempts if its document answers ${documentStatus}`, async (t) => {
      const { issuer, posts } = await setUpIssuer(t, '/realms/x', documentStatus)
      const context = createContext(() => undefined)
      const outcomes = await Promise.allSettled(
        ids.map((clientId) => prove(context, { clientId, clientSecret }, issuer)),
      )
      assert.equal(posts(), 3)
      for (const outcome of outcomes) {
        assert.equal(outcome.status, 'rejected')
        assert.match(String(outcome.reason), /404.*All 3 attempts got this answer/)
        assert.equal(String(outcome.reason).includes('idp.exemplo/token'), documentStatus === 200)
      }
    })

    it(`Many credentials there end verify after three attempts if its document answers ${documentStatus}`, async (t) => {
      const { issuer, posts } = await setUpIssuer(t, '/realms/x', documentStatus)
      const verdicts = await verifyAll(targetsAt(issuer), () => undefined)
      assert.equal(posts(), 3)
      const count = (wanted: string) => verdicts.filter(({ result }) => result === wanted).length
      assert.deepEqual([count('failed'), count('not asked')], [3, ids.length - 3])
    })

    it(`Many credentials at the address of a document that answers ${documentStatus} are refused, and get no secret`, async (t) => {
      const path = '/realms/x/.well-known/openid-configuration'
      const { issuer, posts } = await setUpIssuer(t, path, documentStatus)
      const context = createContext(() => undefined)
      const outcomes = await Promise.allSettled(
        ids.map((clientId) => prove(context, { clientId, clientSecret }, issuer)),
      )
      assert.equal(posts(), 0)
      for (const outcome of outcomes) {
        assert.equal(outcome.status, 'rejected')
        assert.match(String(outcome.reason), /\[ERR_PSC_ISSUER\]/)
      }
    })
  }
})
