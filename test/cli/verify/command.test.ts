import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'

const certificate = { hosts: ['portal.exemplo.gov.br'] }

let folder: string
let emulator: Emulator

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psc-verify-'))
  emulator = await startEmulator({
    config: {
      pscs: {
        neoid: {
          clients: [{ clientId: 'portal', clientSecret: 'not-a-secret-portal', certificate }],
        },
        safeid: { clients: [{ clientId: 'portal', clientSecret: 'not-a-secret-portal' }] },
      },
      motorRce: { clients: [{ clientId: 'motor-rce', clientSecret: 'not-a-secret-motor' }] },
    },
  })
})

after(async () => {
  rmSync(folder, { recursive: true })
  await emulator.close()
})

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command on a manifest, as a pipeline does. */
function verify(manifest: object | string, ...flags: string[]): Promise<Run> {
  const file = join(folder, 'clients.yaml')
  writeFileSync(file, typeof manifest === 'string' ? manifest : JSON.stringify(manifest))
  const env = {
    ...process.env,
    PSC_TEST_PORTAL: 'not-a-secret-portal',
    PSC_TEST_MOTOR: 'not-a-secret-motor',
    PSC_TEST_WRONG: 'not-a-secret-wrong',
  }
  return new Promise((resolve) => {
    const args = ['cli/main.ts', 'verify', file, ...flags]
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

const client = (change: object = {}) => ({
  psc: 'neoid',
  clientId: 'portal',
  clientSecret: { env: 'PSC_TEST_PORTAL' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate,
  ...change,
})

const motorRce = (change: object = {}) => ({
  issuer: 'motor-rce',
  authBaseUrl: emulator.url,
  clientId: 'motor-rce',
  clientSecret: { env: 'PSC_TEST_MOTOR' },
  ...change,
})

const pscs = () => ({ neoid: { baseUrl: emulator.baseUrls.neoid } })

/** A JSON report without the times and addresses, which vary, and the words. */
function read({ stdout }: Run): { results: Record<string, unknown>[]; summary: unknown } {
  const report = JSON.parse(stdout) as { results: Record<string, unknown>[]; summary: unknown }
  const results = report.results.map(
    ({ milliseconds, message: _, time: __, address: ___, ...result }) => ({
      ...result,
      asked: typeof milliseconds === 'number',
    }),
  )
  return { ...report, results }
}

describe('psc verify', () => {
  it('Verify takes a client of a PSC that changes no clients', async () => {
    const { code, stdout, stderr } = await verify({
      pscs: { safeid: { baseUrl: emulator.baseUrls.safeid } },
      clients: { portal: client({ psc: 'safeid' }) },
    })
    assert.match(stdout, /1 ok, 0 failed/, stderr)
    assert.equal(code, 0)
  })

  it('Verify obtains a token for every client and credential and shows a table', async () => {
    const { code, stdout, stderr } = await verify({
      pscs: pscs(),
      clients: { portal: client() },
      credentials: { rce: motorRce() },
    })
    assert.match(
      stdout,
      /^NAME +PSC +RESULT +LIFETIME +TIME\nportal +neoid +ok +1 hour +\d+\.\d\d s\nrce +motor-rce +ok +2 hours +\d+\.\d\d s\n\n2 ok, 0 failed\n$/,
    )
    assert.equal(stderr, '')
    assert.equal(code, 0)
  })

  it('Verify fails if one of them fails, with the reason and without a secret', async () => {
    const wrong = { clientSecret: { env: 'PSC_TEST_WRONG' } }
    const run = await verify({
      pscs: pscs(),
      clients: { portal: client(), velho: client({ ...wrong, clientId: 'portal', name: 'x' }) },
    })
    // Two entries for one client: a problem of the manifest, before anybody is asked.
    assert.equal(run.code, 1)
    assert.match(run.stderr, /clients\.yaml:/)
    const { code, stdout } = await verify({
      pscs: pscs(),
      clients: { portal: client() },
      credentials: { rce: motorRce(wrong), gone: motorRce({ clientId: 'ninguem' }) },
    })
    assert.equal(code, 1)
    assert.match(stdout, /^rce +motor-rce +failed +- +\d/m)
    assert.match(stdout, /^rce, gone: \[POST\] .* 401 unauthorized_client .*compare clientSecret/m)
    assert.match(stdout, /^1 ok, 2 failed$/m)
    assert.ok(!stdout.includes('not-a-secret'))
  })

  it('Verify --json prints everything in one document', async () => {
    const run = await verify(
      {
        pscs: pscs(),
        clients: { portal: client() },
        credentials: {
          pilha: motorRce({ clientSecret: { config: 'rceSecret' } }),
          sem: motorRce({ clientSecret: { env: 'PSC_TEST_NOT_SET' } }),
        },
      },
      '--json',
    )
    assert.equal(run.code, 1)
    const { results, summary } = read(run)
    assert.deepEqual(summary, { ok: 1, failed: 1, notAsked: 0, leftOut: 0, notAvailable: 1 })
    assert.deepEqual(results, [
      {
        name: 'portal',
        kind: 'client',
        psc: 'neoid',
        clientId: 'portal',
        stack: null,
        result: 'ok',
        expiresIn: 3600,
        asked: true,
      },
      {
        name: 'pilha',
        kind: 'credential',
        psc: 'motor-rce',
        clientId: 'motor-rce',
        stack: null,
        result: 'not available here',
        expiresIn: null,
        asked: false,
        code: 'ERR_PSC_SECRET_UNAVAILABLE',
        errorCode: 'ERR_PSC_SECRET_UNAVAILABLE',
      },
      {
        name: 'sem',
        kind: 'credential',
        psc: 'motor-rce',
        clientId: 'motor-rce',
        stack: null,
        result: 'failed',
        expiresIn: null,
        asked: false,
        code: 'ERR_PSC_SECRET_UNAVAILABLE',
        errorCode: 'ERR_PSC_SECRET_UNAVAILABLE',
      },
    ])
  })

  it('Verify --json gives the code of the message, ours and that of the issuer', async () => {
    const portal = client({ clientSecret: { env: 'PSC_TEST_WRONG' } })
    const { stdout } = await verify({ pscs: pscs(), clients: { portal } }, '--json')
    const { results } = JSON.parse(stdout) as { results: Record<string, string>[] }
    const [{ code, errorCode, pscCode, message = '' } = {}] = results
    const refusal = 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH'
    assert.deepEqual([code, errorCode, pscCode], [refusal, 'ERR_PSC_REFUSED', refusal])
    assert.ok(message.endsWith(` [${refusal}]`), message)
  })

  it('Verify does not fail for a secret that only a stack has', async () => {
    const credentials = { pilha: motorRce({ clientSecret: { config: 'rceSecret' } }) }
    const { code, stdout } = await verify({ credentials })
    assert.equal(code, 0)
    assert.match(stdout, /^0 ok, 0 failed, 1 not available here$/m)
  })

  it('Verify skips a PSC at which a token has side effects, and says so', async () => {
    emulator.requests.clear()
    const profile = { baseUrl: emulator.baseUrls.neoid, tokenHasSideEffects: true }
    const { code, stdout } = await verify({
      pscs: { neoid: profile },
      clients: { portal: client() },
      credentials: { outra: { issuer: 'neoid', clientId: 'x', clientSecret: 'not-a-secret' } },
    })
    assert.match(stdout, /^portal +neoid +left out +- +-$/m)
    assert.match(stdout, /^portal, outra: .*\[WARN_PSC_TOKEN_SIDE_EFFECTS\]$/m)
    assert.match(stdout, /^0 ok, 0 failed, 2 left out$/m)
    assert.deepEqual([code, emulator.requests.list()], [0, []])
  })

  it('Verify reports a wrong manifest as lint does and exits with 1', async () => {
    const { code, stdout, stderr } = await verify('clients: { portal: { psc: neoidd } }')
    assert.match(stderr, /clients\.yaml:1:\d+: error: /)
    assert.deepEqual([code, stdout], [1, ''])
  })

  for (const [what, manifest, words] of [
    ['wrong', 'clients: { portal: { psc: neoidd } }', /clients\.yaml:1:\d+: error: /],
    ['no YAML', 'clients: {', /clients\.yaml/],
  ] as const) {
    it(`Verify --json reports a manifest that is ${what}`, async () => {
      const { code, stdout, stderr } = await verify(manifest, '--json')
      const { status, error } = JSON.parse(stdout) as {
        status: string
        error: { code: string; message: string }
      }
      assert.deepEqual([code, status, error.code, stderr], [1, 'failed', 'ERR_PSC_MANIFEST', ''])
      assert.match(error.message, words)
    })
  }

  it('Verify sends several requests at a time, and not too many', async () => {
    // So many pass before the first answer.
    const together = 3
    let open = 0
    let most = 0
    let waiting: (() => void)[] = []
    // Nobody is answered until so many are there: one after the other would never end.
    const server = createServer((request, response) => {
      open += 1
      most = Math.max(most, open)
      const answer = () => {
        open -= 1
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ access_token: 'x', token_type: 'Bearer', expires_in: 60 }))
      }
      request.resume()
      waiting.push(answer)
      if (waiting.length < together) return
      for (const release of waiting) release()
      waiting = []
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
    const entry = (_: unknown, index: number) => [
      `c${index}`,
      { issuer, clientId: `c${index}`, clientSecret: 'not-a-secret' },
    ]
    const entries = Array.from({ length: 10 * together }, entry)
    const run = await verify({ credentials: Object.fromEntries(entries) as object }, '--json')
    server.closeAllConnections()
    server.close()
    assert.deepEqual(read(run).summary, {
      ok: 30,
      failed: 0,
      notAsked: 0,
      leftOut: 0,
      notAvailable: 0,
    })
    assert.ok(most >= together && most <= 8, String(most))
    assert.deepEqual(
      read(run).results.map(({ name }) => name),
      entries.map(([name]) => name),
    )
  })
})
