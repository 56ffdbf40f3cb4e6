import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack, type WithStack } from '../support/fixture.ts'
import { diagnosticsOf, yamlProgram } from '../support/plugin-stack.ts'

const hosts = ['www.aplicacao-exemplo.com']

/** What is declared of each client, beside what is right. */
const changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  refused: {},
  broken: {},
  busy: {},
  silent: {},
  moved: {},
  expired: { certificate: { hosts, notAfter: '2020-01-01T00:00:00.000Z' } },
  plain: { clientSecret: { config: 'psc:plainSecret' } },
  missing: { clientSecret: { env: 'NOT_SET_ANYWHERE' } },
  off: { preflight: 'off' },
  good: {},
}

const declared = (of: typeof changes) =>
  Object.fromEntries(
    Object.entries(of).map(([id, change]) => [
      id,
      {
        ...portal,
        clientId: id,
        name: `Nome ${id}`,
        clientSecret: { env: 'PORTAL_SECRET' },
        ...change,
      },
    ]),
  )

const yaml = (of: typeof changes): string =>
  yamlProgram(
    Object.fromEntries(
      Object.entries(declared(of)).map(([id, properties]) => [id, { properties }]),
    ),
  )

const program = `import { readFileSync } from 'node:fs'
import { PscClient } from 'pulumi-psc'

const clients = JSON.parse(readFileSync('clients.json', 'utf8'))
for (const [id, properties] of Object.entries(clients)) new PscClient(id, properties as never)
`

const fixture: WithStack = useStack({
  files: { 'index.ts': program },
  emulator: {
    pscs: {
      neoid: {
        clients: Object.keys(changes).map((clientId) => ({ ...registered(portal), clientId })),
      },
    },
  },
  config: () => ({ 'psc:timeoutSeconds': '2', 'psc:plainSecret': portal.clientSecret }),
  prepare: () => ensureLanguageHost('yaml'),
})

const nodejs = { name: 'nodejs', options: { typescript: false } }
const dynamic = JSON.stringify({ name: 'psc', runtime: nodejs, main: 'index.ts' })

const all = (found: Map<string, string[]>): string[] =>
  [...found.values()]
    .flat()
    .filter((code) => code !== 'ERR_PSC_NOT_PROVEN')
    .sort()

function addFaults(): void {
  const { faults } = fixture.emulator
  const at = { operation: 'clientToken', times: 'always' } as const
  const code = 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH'
  faults.clear()
  faults.add({ ...at, kind: 'error', code, clientId: 'refused' })
  faults.add({ ...at, kind: 'answer', status: 500, clientId: 'broken' })
  faults.add({ ...at, kind: 'answer', status: 429, retryAfter: 3600, clientId: 'busy' })
  faults.add({ ...at, kind: 'hang', clientId: 'silent' })
  faults.add({ ...at, kind: 'html', status: 404, clientId: 'moved' })
}

test('A preview through the plugin gives the reasons that one through the dynamic provider gives', async () => {
  addFaults()
  fixture.stack.write('Pulumi.yaml', dynamic)
  fixture.stack.write('clients.json', JSON.stringify(declared(changes)))
  const before = diagnosticsOf(await fixture.stack.fail('preview'))
  fixture.stack.write('Pulumi.yaml', yaml(changes))
  const found = diagnosticsOf(await fixture.stack.fail('preview'))
  assert.deepEqual(all(found), all(before))
  assert.deepEqual(Object.fromEntries([...found].filter(([name]) => name !== '')), {
    refused: ['AUTENTICACAO_INVALIDA_CLIENT_OAUTH'],
    broken: ['WARN_PSC_UNAVAILABLE'],
    busy: ['WARN_PSC_UNAVAILABLE'],
    silent: ['WARN_PSC_UNAVAILABLE'],
    moved: ['ERR_PSC_UNEXPECTED_ANSWER'],
    expired: ['WARN_PSC_CERTIFICATE_EXPIRED'],
    plain: ['WARN_PSC_SECRET_IN_CLEAR'],
    missing: ['WARN_PSC_SECRET_UNAVAILABLE'],
  })
})

test('A preview through the plugin ends with the number of new clients, and the address that applying writes to', async () => {
  fixture.emulator.faults.clear()
  const { good = {}, off = {} } = changes
  fixture.stack.write('Pulumi.yaml', yaml({ good, off }))
  const [, shown = ''] = (await fixture.stack.succeed('preview')).split('Diagnostics:')
  assert.match(shown, /2 new clients: 1 verified by a token, 1 not: preflight is off\./)
  assert.ok(shown.includes(`Applying writes to neoid (${fixture.emulator.baseUrls.neoid})`), shown)
})

test('A PSC that answers 404 to everything is explained once, and each client has one short line', async () => {
  fixture.emulator.faults.clear()
  fixture.emulator.faults.add({ kind: 'html', status: 404, times: 'always' })
  fixture.emulator.requests.clear()
  const ids = ['refused', 'broken', 'busy', 'silent', 'moved', 'good']
  fixture.stack.write('Pulumi.yaml', yaml(Object.fromEntries(ids.map((id) => [id, {}]))))
  const output = await fixture.stack.fail('preview')
  const [, shown = ''] = output.split('Diagnostics:')
  assert.equal(shown.split('check the base URL').length, 2, shown)
  const code = ['ERR_PSC_UNEXPECTED_ANSWER']
  assert.deepEqual(Object.fromEntries(diagnosticsOf(output)), {
    '': code,
    ...Object.fromEntries(ids.map((id) => [id, code])),
  })
  assert.equal(fixture.requests().length, 3)
})
