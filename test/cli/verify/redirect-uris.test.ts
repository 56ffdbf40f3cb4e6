import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, it, mock } from 'node:test'
import { isFailed, type Target, verifyAll } from '../../../cli/verify/verify.ts'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { closeConnections } from '../../../provider/http/connections.ts'
import { issuerOf, resolveProfile } from '../../../provider/psc/index.ts'

const uri = (path: string) => `https://portal.exemplo.gov.br/${path}`
const certificate = { hosts: ['portal.exemplo.gov.br'] }
const clientSecret = 'not-a-secret-portal'

let folder: string
let emulator: Emulator

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'psc-verify-'))
})
beforeEach(async () => {
  const clients = ['portal', 'agenda'].map((clientId) => ({
    clientId,
    clientSecret,
    certificate,
    redirectUris: [uri(clientId)],
  }))
  emulator = await startEmulator({
    config: {
      pscs: { neoid: { clients }, serproid: { behaviour: { authorizeErrors: 'pages' }, clients } },
    },
  })
})
after(() => {
  rmSync(folder, { recursive: true })
})

const client = (clientId: string, change: object = {}) => ({
  psc: 'neoid',
  clientId,
  clientSecret: { env: 'PSC_TEST_PORTAL' },
  name: clientId,
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: [uri(clientId)],
  certificate,
  ...change,
})

const neoidHere = () => resolveProfile('neoid', emulator.baseUrls)

async function closeAll(): Promise<void> {
  mock.restoreAll()
  await closeConnections()
  await emulator.close()
}

const targetWith = (redirectUris: readonly string[]): Target => ({
  kind: 'client',
  name: 'portal',
  issuer: issuerOf(neoidHere()),
  clientId: 'portal',
  clientSecret,
  profile: neoidHere(),
  redirectUris,
})

/** Runs `verify --redirect-uris` on the clients, and closes the emulator. */
async function verify(
  clients: Readonly<Record<string, object>>,
  ...flags: string[]
): Promise<{ code: number; stdout: string }> {
  const { neoid, serproid } = emulator.baseUrls
  const pscs = {
    neoid: { baseUrl: neoid },
    serproid: { baseUrl: serproid },
    calado: { extends: 'neoid', baseUrl: neoid, tellsRedirectUris: false },
  }
  const file = join(folder, 'clients.yaml')
  writeFileSync(file, JSON.stringify({ pscs, clients }))
  const env = { ...process.env, PSC_TEST_PORTAL: clientSecret }
  const run = await new Promise<{ code: number; stdout: string }>((resolve) => {
    const args = ['cli/main.ts', 'verify', file, '--redirect-uris', ...flags]
    execFile(process.execPath, args, { env }, (error, stdout) => {
      resolve({ code: error ? Number(error.code) : 0, stdout })
    })
  })
  await emulator.close()
  return run
}

it('Verify --redirect-uris shows each redirect URI and succeeds if no one is missing', async () => {
  const other = client('portal', { psc: 'serproid' })
  const { code, stdout } = await verify({ portal: client('portal'), outro: other })
  assert.match(
    stdout,
    /^NAME +PSC +RESULT +REDIRECT URI\nportal +neoid +registered +https:\/\/portal\.exemplo\.gov\.br\/portal\noutro +serproid +not told +https:.*\n$/m,
  )
  assert.match(stdout, /^outro: cannot find out .* at serproid: .*\[WARN_PSC_URI_NOT_TOLD\]$/m)
  assert.match(stdout, /^redirect URIs: 1 registered, 0 not registered, 1 not told$/m)
  assert.equal(code, 0)
})

it('Verify --redirect-uris exits with 1 for a redirect URI that the PSC does not have', async () => {
  // The only URI of the first client: the second client shows that the PSC tells.
  emulator.change('neoid', 'portal', { redirectUris: [uri('novo')] })
  const clients = { portal: client('portal'), agenda: client('agenda') }
  const { code, stdout } = await verify(clients, '--json')
  const { results, summary } = JSON.parse(stdout) as {
    results: { redirectUris: { uri: string; result: string; code?: string; message?: string }[] }[]
    summary: Record<string, number>
  }
  assert.deepEqual(
    results.map(({ redirectUris: [first] }) => [first?.uri, first?.result, first?.code]),
    [
      [uri('portal'), 'not registered', 'ERR_PSC_URI_NOT_REGISTERED'],
      [uri('agenda'), 'registered', undefined],
    ],
  )
  // A refresh alone uses the settings of the last up.
  const remedy =
    /`pulumi config set psc:drift refresh`, `pulumi refresh --run-program` and `pulumi up`/
  assert.match(results[0]?.redirectUris[0]?.message ?? '', remedy)
  assert.deepEqual([summary.ok, summary.registered, summary.notRegistered], [2, 1, 1])
  assert.equal(code, 1)
})

it('Verify --redirect-uris keeps a missing redirect URI beside one that cannot be checked, and asks no second time', async () => {
  const target = targetWith([uri('portal'), uri('outro'), 'push://'])
  // Two URIs, a random path, and the twelve that show that the second URI is missing.
  const needed = 2 + 1 + 12
  const silence = { status: 429, retryAfter: 3600, skip: needed, times: 'always' } as const
  emulator.faults.add({ kind: 'answer', operation: 'authorize', ...silence })
  const { requests } = emulator
  const verdicts = await verifyAll([target], { withUris: true })
  await closeConnections()
  await emulator.close()
  assert.deepEqual(
    verdicts[0]?.redirectUris?.map(({ result }) => result),
    ['registered', 'not registered', 'not told'],
  )
  assert.ok(verdicts.every(isFailed))
  assert.equal(requests.list({ operation: 'authorize' }).length, needed)
})

it('Verify --redirect-uris sends nothing to authorize where the profile says that it does not tell', async () => {
  const { stdout } = await verify({ portal: client('portal', { psc: 'calado' }) })
  assert.match(stdout, /^portal +calado +not told /m)
  assert.deepEqual(emulator.requests.list({ operation: 'authorize' }), [])
})

it('The time of a client is that of its token, without the wait for a connection behind the redirect URIs of others', async (t) => {
  t.after(closeAll)
  const { requests } = emulator
  // A second passes with each authorize request, and none otherwise.
  const seconds = () => requests.list({ operation: 'authorize' }).length
  mock.method(performance, 'now', () => seconds() * 1000)
  // More than are verified at once, over one connection.
  const targets = Array.from({ length: 20 }, () => targetWith([uri('portal')]))
  const get = (key: string) => (key === 'psc:maxConnections' ? '1' : undefined)
  const verdicts = await verifyAll(targets, { withUris: true, get })
  assert.ok(seconds() > targets.length)
  assert.deepEqual(new Set(verdicts.map(({ milliseconds }) => milliseconds)), new Set([0]))
})

it('Verify --redirect-uris sends no authorize request to a PSC that does not answer', async (t) => {
  t.after(closeAll)
  const { requests } = emulator
  emulator.faults.add({ kind: 'drop', operation: 'clientToken', times: 'always' })
  const targets = Array.from({ length: 3 }, () => targetWith([uri('portal')]))
  const get = (key: string) => (key === 'psc:timeoutSeconds' ? '1' : undefined)
  const verdicts = await verifyAll(targets, { withUris: true, get })
  assert.equal(requests.list({ operation: 'authorize' }).length, 0)
  assert.deepEqual(
    verdicts.map(({ redirectUris }) => redirectUris?.map(({ result, doubt }) => [result, doubt])),
    verdicts.map(() => [['not told', 'unanswered']]),
  )
})
