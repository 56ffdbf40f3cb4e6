import assert from 'node:assert/strict'
import { once } from 'node:events'
import { beforeEach, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, yamlProgram } from '../support/plugin-stack.ts'

const ids = ['good', 'rules', 'denied', 'slow', 'dependent', 'last']

const fixture = useStack({
  emulator: {
    pscs: { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } },
  },
  env: { WRONG: 'not-a-secret-and-wrong' },
  prepare: () => ensureLanguageHost('yaml'),
})

const wrong = { clientSecret: { env: 'WRONG' } }
const redirectUris = ['http://www.aplicacao-exemplo.com/a']

/** Three clients that are refused: by the rules, by the PSC at once, and by the PSC after a while. One depends on the second. */
function declare(): void {
  const of = (clientId: string, change = {}, options = {}) =>
    client({ clientId, name: `Nome ${clientId}`, ...change }, options)
  const resources = {
    good: of('good'),
    denied: of('denied', wrong),
    rules: of('rules', { redirectUris }),
    slow: of('slow', wrong),
    dependent: of('dependent', {}, { dependsOn: ['${denied}'] }),
    last: of('last'),
  }
  fixture.stack.write('Pulumi.yaml', yamlProgram(resources))
}

/** The resources that a run shows errors of, each with its codes. */
function refused(output: string): Record<string, string[]> {
  const [, shown = ''] = output.split(/^Diagnostics:$/m)
  const blocks = shown.split(/^ {2}psc:index:Client \(/m).slice(1)
  return Object.fromEntries(
    blocks.map((block) => [
      block.slice(0, block.indexOf(')')),
      Array.from(block.matchAll(/\[([A-Z_]+)\]$/gm), ([, code = '']) => code),
    ]),
  )
}

const atPsc = ['AUTENTICACAO_INVALIDA_CLIENT_OAUTH']
const byRules = ['URI_HTTPS_OBRIGATORIO']
const slowly = {
  kind: 'delay',
  delayMs: 3_000,
  operation: 'clientToken',
  clientId: 'slow',
} as const

beforeEach(() => {
  fixture.emulator.faults.clear()
  fixture.emulator.requests.clear()
  declare()
})

test('A refusal waits for that of a PSC that answers after three seconds', async () => {
  fixture.emulator.faults.add(slowly)
  const found = refused(await fixture.stack.fail('preview'))
  assert.deepEqual(found, { denied: atPsc, rules: byRules, slow: atPsc })
})

test('With --parallel 1, a preview from YAML ends at the first refused client', async () => {
  const found = refused(await fixture.stack.fail('preview', '--parallel', '1'))
  assert.equal(Object.keys(found).length, 1)
})

test('A client that is no target is not refused', async () => {
  const urn = 'urn:pulumi:test::psc::psc:index:Client::good'
  await fixture.stack.succeed('preview', '--target', urn)
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
})

test('Ctrl-C ends a preview that holds a refusal back, and shows it', async () => {
  fixture.emulator.faults.add({ kind: 'hang', operation: 'clientToken', clientId: 'slow' })
  const run = fixture.stack.start('preview')
  const output = Promise.all([text(run.stdout), text(run.stderr)])
  const ended = once(run, 'exit')
  const isAsked = () => fixture.requests().length >= 3
  while (!isAsked() && run.exitCode === null) await new Promise(setImmediate)
  run.kill('SIGINT')
  const [code] = (await ended) as [number | null]
  assert.notEqual(code, 0)
  assert.deepEqual(refused((await output).join('')).denied, atPsc)
})
