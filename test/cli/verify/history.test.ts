import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Emulator, startEmulator } from '../../../emulator/index.ts'
import { folderWith, psc } from '../psc.ts'

const secret = 'not-a-secret-motor'
let emulator: Emulator

before(async () => {
  emulator = await startEmulator({
    config: { motorRce: { clients: [{ clientId: 'motor-rce', clientSecret: secret }] } },
  })
})

after(() => emulator.close())

function folder(): string {
  const rce = {
    issuer: 'motor-rce',
    authBaseUrl: emulator.url,
    clientId: 'motor-rce',
    clientSecret: { env: 'PSC_TEST_MOTOR' },
    stack: 'producao',
  }
  const credentials = { rce, wrong: { ...rce, clientSecret: { env: 'PSC_TEST_WRONG' } } }
  return folderWith({ 'clients.yaml': JSON.stringify({ credentials }) })
}

const env = { PSC_TEST_MOTOR: secret, PSC_TEST_WRONG: 'not-a-secret-wrong' }

const append = (cwd: string, file = 'history.jsonl') =>
  psc(['verify', '--json', '--append', file], { cwd, env })

function linesOf(cwd: string): Record<string, unknown>[] {
  const lines = readFileSync(join(cwd, 'history.jsonl'), 'utf8').split('\n')
  assert.equal(lines.pop(), '')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('psc verify --append', () => {
  it('A history has a line for each entry: the time, the client, the address, the stack and the result', async () => {
    const cwd = folder()
    const began = new Date().toISOString()
    const { stdout } = await append(cwd)
    const lines = linesOf(cwd)
    assert.deepEqual((JSON.parse(stdout) as { results: unknown }).results, lines)
    const facts = lines.map(({ name, clientId, address, stack, result }) => [
      name,
      clientId,
      address,
      stack,
      result,
    ])
    const address = `${emulator.url}/realms/motor-rce/protocol/openid-connect/token`
    assert.deepEqual(facts, [
      ['rce', 'motor-rce', address, 'producao', 'ok'],
      ['wrong', 'motor-rce', address, 'producao', 'failed'],
    ])
    for (const { time } of lines) {
      assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      assert.ok(String(time) >= began && String(time) <= new Date().toISOString())
    }
    assert.ok(!readFileSync(join(cwd, 'history.jsonl'), 'utf8').includes('not-a-secret'))
  })

  it('A later run adds its lines, and begins a line of its own after one that was cut short', async () => {
    const cwd = folder()
    await append(cwd)
    appendFileSync(join(cwd, 'history.jsonl'), '{}')
    await append(cwd)
    assert.equal(linesOf(cwd).length, 5)
  })

  it('Only its owner can read a new history', { skip: process.platform === 'win32' }, async () => {
    const cwd = folder()
    await append(cwd)
    assert.equal(statSync(join(cwd, 'history.jsonl')).mode & 0o777, 0o600)
  })

  it('A history that cannot be written is the exit code 4, and no PSC is asked', async () => {
    emulator.requests.clear()
    const { code, stderr } = await append(folder(), 'missing/history.jsonl')
    assert.equal(code, 4)
    assert.match(stderr, /missing\/history\.jsonl.*\[ERR_PSC_OUTPUT\]\n$/)
    assert.deepEqual(emulator.requests.list(), [])
  })
})
