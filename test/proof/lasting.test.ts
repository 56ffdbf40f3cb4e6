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
  if (times !== 0)
    emulator.faults.add({ kind: 'answer', status, body: 'x', operation: 'clientToken', times })
  const issuer = issuerOf(resolveProfile('neoid', { neoid: emulator.baseUrls.neoid }))
  const context = createContext(() => undefined)
  const proveAll = () =>
    Promise.allSettled(ids.map((clientId) => prove(context, { clientId, clientSecret }, issuer)))
  return { said, issuer, emulator, proveAll, requests: () => emulator.requests.list().length }
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

  it('A permanent 404 costs a preview three attempts and is shown in full under one client', async (t) => {
    const { proveAll, requests } = await setUp(t, 404)
    const outcomes = await proveAll()
    assert.equal(requests(), 3)
    const messages = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? String(outcome.reason) : '',
    )
    const full = messages.filter((message) => /404.*All 3 attempts got this answer/.test(message))
    assert.equal(full.length, 1)
    for (const message of messages) assert.match(message, /ERR_PSC_UNEXPECTED_ANSWER/)
  })

  it('A PSC that fails two requests loses no client', async (t) => {
    const { proveAll } = await setUp(t, 500, 2)
    for (const outcome of await proveAll()) {
      assert.deepEqual(outcome, { status: 'fulfilled', value: true })
    }
  })

  it('A 404 with an error code is about its client: verify asks all others', async (t) => {
    const { issuer, emulator } = await setUp(t, 404, 0)
    const body = { error: 'client_not_found' }
    emulator.faults.add({ kind: 'answer', status: 404, body, operation: 'clientToken', times: 5 })
    const verdicts = await verifyAll(targetsAt(issuer))
    const ok = verdicts.filter(({ result }) => result === 'ok')
    const failed = verdicts.filter(({ result }) => result === 'failed')
    assert.deepEqual([ok.length, failed.length], [15, 5])
  })

  it('A 404 with the JSON of a framework is no answer of the PSC', async (t) => {
    const { issuer, emulator, requests } = await setUp(t, 404, 0)
    const body = { status: 404, error: 'Not Found', path: '/' }
    const always = { operation: 'clientToken', times: 'always' } as const
    emulator.faults.add({ kind: 'answer', status: 404, body, ...always })
    await verifyAll(targetsAt(issuer))
    assert.equal(requests(), 3)
  })

  for (const status of [500, 404]) {
    it(`A permanent ${status} costs verify three attempts, and one line counts the clients that were not asked`, async (t) => {
      const { issuer, requests } = await setUp(t, status)
      const verdicts = await verifyAll(targetsAt(issuer))
      assert.equal(requests(), 3)
      const lines = textReport(verdicts).match(/^.*\[ERR_PSC_\w+\]$/gm)
      assert.equal(lines?.length, 2)
      assert.ok(lines.some((line) => line.includes('All 3 attempts got this answer')))
      const notAsked = verdicts.filter(({ result }) => result === 'not asked').length
      assert.ok(notAsked >= 17)
      assert.ok(lines.some((line) => line.includes(` and ${notAsked - 5} more: `)))
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
      assert.ok(outcomes.every(({ status }) => status === 'rejected'))
      const text = JSON.stringify(
        outcomes.map((outcome) => 'reason' in outcome && String(outcome.reason)),
      )
      assert.equal(text.match(/404.*?All 3 attempts got this answer/g)?.length, 1)
      assert.equal(text.includes('idp.exemplo/token'), documentStatus === 200)
    })

    it(`Many credentials there end verify after three attempts if its document answers ${documentStatus}`, async (t) => {
      const { issuer, posts } = await setUpIssuer(t, '/realms/x', documentStatus)
      const verdicts = await verifyAll(targetsAt(issuer))
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
