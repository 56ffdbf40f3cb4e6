import assert from 'node:assert/strict'
import { once } from 'node:events'
import { beforeEach, test } from 'node:test'
import { text } from 'node:stream/consumers'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, diagnosticsOf, type Program, yamlProgram } from '../support/plugin-stack.ts'

const ids = ['good', 'rules', 'denied', 'slow', 'dependent', 'last', 'twice']

const fixture = useStack({
  emulator: {
    pscs: { neoid: { clients: ids.map((clientId) => ({ ...registered(portal), clientId })) } },
  },
  env: { WRONG: 'not-a-secret-and-wrong' },
  prepare: () => ensureLanguageHost('yaml'),
})

const wrong = { clientSecret: { env: 'WRONG' } }
const redirectUris = ['http://www.aplicacao-exemplo.com/a']

const of = (clientId: string, change = {}, options = {}) =>
  client({ clientId, name: `Nome ${clientId}`, ...change }, options)

/** Clients that are refused: by the rules, by the PSC at once or after a while, and a second resource of a client. */
const all: Program = {
  good: of('good'),
  denied: of('denied', wrong),
  rules: of('rules', { redirectUris }),
  slow: of('slow', wrong),
  dependent: of('dependent', {}, { dependsOn: ['${denied}'] }),
  last: of('last'),
  first: of('twice'),
  second: of('twice', { name: 'Outro nome' }),
}

function declare(names = Object.keys(all)): void {
  const chosen = Object.entries(all).filter(([name]) => names.includes(name))
  fixture.stack.write('Pulumi.yaml', yamlProgram(Object.fromEntries(chosen)))
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

test('A preview shows every refusal under its own resource, also of a PSC that answers after three seconds', async () => {
  fixture.emulator.faults.add(slowly)
  const found = diagnosticsOf(await fixture.stack.fail('preview'))
  const repeated = found.has('first') ? 'first' : 'second'
  assert.deepEqual(Object.fromEntries(found), {
    denied: atPsc,
    rules: byRules,
    slow: atPsc,
    [repeated]: ['ERR_PSC_DUPLICATE_CLIENT'],
  })
})

test('With --parallel 1, a preview from YAML ends at the first refused client', async () => {
  const found = diagnosticsOf(await fixture.stack.fail('preview', '--parallel', '1'))
  assert.equal(found.size, 1)
})

test('Ctrl-C ends a preview that holds a refusal back, and shows it', async () => {
  fixture.emulator.faults.add({ kind: 'hang', operation: 'clientToken', clientId: 'slow' })
  declare(['rules', 'slow', 'good'])
  const run = fixture.stack.start('preview')
  const output = Promise.all([text(run.stdout), text(run.stderr)])
  const ended = once(run, 'exit')
  const isAsked = () => fixture.requests().includes('clientToken 200')
  while (!isAsked() && run.exitCode === null) await new Promise(setImmediate)
  run.kill('SIGINT')
  const [code] = (await ended) as [number | null]
  assert.notEqual(code, 0)
  assert.deepEqual([...diagnosticsOf((await output).join(''))], [['rules', byRules]])
})
