import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderWith, psc } from '../psc.ts'

for (const [flag, says] of [
  ['--shards=0', /from 1 to 10000/],
  ['--shards=many', /from 1 to 10000/],
  ['--shard=9/8', /such as 3\/8/],
  ['--prefix=a b', /letters, digits/],
  ['--parallel=65', /from 1 to 64/],
  ['--lock-wait=-1', /from 0 to 86400/],
] as const) {
  test(`Fleet refuses ${flag} with exit code 2, and with --json in one document`, async () => {
    const { code, stdout, stderr } = await psc(['fleet', 'preview', flag, '--json'])
    assert.deepEqual([code, stderr], [2, ''])
    const { status, error } = JSON.parse(stdout) as {
      status: string
      error: { code: string; message: string }
    }
    assert.deepEqual([status, error.code], ['failed', 'ERR_PSC_USAGE'])
    assert.match(error.message, says)
  })
}

test('Fleet needs a project', async () => {
  const cwd = folderWith({
    'clients.yaml':
      '{ credentials: { a: { issuer: https://a.br/token, clientId: a, clientSecret: { env: A } } } }',
  })
  const { code, stderr } = await psc(['fleet', 'preview', '--shards', '1'], { cwd })
  assert.equal(code, 2)
  assert.match(stderr, /no Pulumi\.yaml.*\[ERR_PSC_USAGE\]\n$/)
})
