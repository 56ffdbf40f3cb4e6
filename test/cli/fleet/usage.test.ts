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

test('Fleet says which variable keeps the connections of Pulumi on this machine out of a proxy', async () => {
  const cwd = folderWith({ 'Pulumi.yaml': '{ name: psc, runtime: nodejs }' })
  const env = { https_proxy: 'http://127.0.0.1:9', no_proxy: '', no_grpc_proxy: '' }
  const { code, stderr } = await psc(['fleet', 'preview', '--shards', '1'], { cwd, env })
  assert.equal(code, 1)
  assert.match(stderr, /^pulumi-psc fleet: .*no_proxy=127\.0\.0\.1,localhost.*\[ERR_PSC_PROXY\]\n$/)
})

test('Fleet says where to install the package that the provider does not find', async () => {
  const cwd = folderWith({ 'Pulumi.yaml': '{ name: psc, runtime: nodejs }' })
  const env = { https_proxy: '', http_proxy: '', grpc_proxy: '' }
  const { code, stderr } = await psc(['fleet', 'preview', '--shards', '1'], { cwd, env })
  assert.equal(code, 1)
  assert.match(stderr, /`npm install pulumi-psc` in that folder\. \[ERR_PSC_NOT_INSTALLED\]\n$/)
})
