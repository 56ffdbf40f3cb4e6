import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useFleet } from './folder.ts'
import { clientIdOf, manifestOf } from './manifest.ts'

const fixture = useFleet({ count: 2 })

test('A client that two stacks declare is refused before any stack begins', async () => {
  const { neoid } = fixture.emulator.baseUrls
  const manifest = manifestOf(neoid, 2, { 0: { stack: 'a' }, 1: { stack: 'b' } })
  fixture.fleet.write('clients.yaml', manifest.replaceAll(clientIdOf(1), clientIdOf(0)))
  const { code, stdout, stderr } = await fixture.fleet.run('up')
  assert.equal(code, 1)
  assert.match(stderr, /client app-1[\s\S]*clientId: .*\[ERR_PSC_DUPLICATE_CLIENT\]/)
  assert.equal(stdout, '')
  assert.deepEqual(fixture.countRequests(), {})
  fixture.declare()
})

test('Entries without a stack need a number of shards', async () => {
  const { code, stderr } = await fixture.fleet.run('preview')
  assert.equal(code, 2)
  assert.match(stderr, /2 of the entries name no stack.*--shards 1/)
})

test('With --json, one document says why a run does not begin', async () => {
  fixture.fleet.write('wrong.yaml', '{ "clients": { "a": {} } }')
  for (const [args, expected, says] of [
    [['preview', 'wrong.yaml', '--shards', '1'], 1, /client a[^]*clientId/],
    [['preview', '--shards', '0'], 2, /--shards/],
    [
      ['preview', '--shards', '1', '--config-file', 'none.yaml'],
      2,
      /none\.yaml: the file does not exist/,
    ],
  ] as const) {
    const { code, stdout } = await fixture.fleet.run(...args, '--json')
    const { status, error } = JSON.parse(stdout) as { status: string; error: { message: string } }
    assert.deepEqual([code, status], [expected, 'failed'])
    assert.match(error.message, says)
  }
})

test('A misspelt setting in --config-file is refused before any stack begins', async () => {
  for (const config of [
    { 'psc:baseurls': {} },
    { 'psc:baseUrls.neoid': 'https://psc.exemplo.gov.br' },
    { 'psc:baseUrls': { certisign: 'https://psc.exemplo.gov.br' } },
    { 'psc:timeoutSeconds': 'soon' },
    { 'psc:preflight': true },
    { 'psc:ambiente': 'homologacao' },
  ]) {
    fixture.fleet.write('shared.yaml', JSON.stringify({ config }))
    const settings = ['--shards', '1', '--config-file', 'shared.yaml']
    const { code, stdout, stderr } = await fixture.fleet.run('up', ...settings)
    assert.deepEqual([code, stdout], [1, ''], JSON.stringify(config))
    assert.match(stderr, /pulumi config (set|rm) .*\[ERR_PSC_CONFIGURATION\]\n$/)
  }
  assert.deepEqual(fixture.countRequests(), {})
})
