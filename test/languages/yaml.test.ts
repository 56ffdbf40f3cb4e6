import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureLanguageHost } from '../../scripts/engine/language-host.ts'
import { portal, registered, useStack } from '../support/fixture.ts'
import { client, diagnosticsOf, type Program, yamlProgram } from '../support/plugin-stack.ts'

const ids = Array.from({ length: 50 }, (_, index) => `aplicacao-${index + 1}`)
const uri = (path: string): string => `https://www.aplicacao-exemplo.com/${path}`
const inline = 'not-a-secret-but-inline'

/** 50 clients; the secrets of these are wrong. The last has its secret in the program. */
function program(refused: readonly string[] = [], changes: Program = {}): string {
  const clients = ids.map((clientId, index) => {
    const secret = index === 49 ? { clientSecret: inline } : {}
    const wrong = refused.includes(clientId) ? { clientSecret: { env: 'WRONG' } } : {}
    const name = `Aplicação ${index + 1}`
    return [clientId, client({ clientId, name, ...secret, ...wrong })] as const
  })
  const outputs = { echoed: '${aplicacao-1.registered}' }
  return yamlProgram({ ...Object.fromEntries(clients), ...changes }, { outputs })
}

const fixture = useStack({
  emulator: {
    pscs: {
      neoid: {
        clients: ids.map((clientId, index) => ({
          ...registered(portal),
          clientId,
          ...(index === 49 && { clientSecret: inline }),
        })),
      },
    },
  },
  env: { WRONG: 'not-a-secret-and-wrong' },
  prepare: () => ensureLanguageHost('yaml'),
})

const { run, fail, succeed, write } = {
  run: (...args: string[]) => fixture.stack.run(...args),
  fail: (...args: string[]) => fixture.stack.fail(...args),
  succeed: (...args: string[]) => fixture.stack.succeed(...args),
  write: (text: string) => {
    fixture.emulator.requests.clear()
    fixture.stack.write('Pulumi.yaml', text)
  },
}

/** The operation of each request, with the number of its answers. */
function counted(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const request of fixture.requests()) counts[request] = (counts[request] ?? 0) + 1
  return counts
}

// One life, in order: each test goes on from the one before it.

test('A preview from YAML shows each of five refused clients under its own resource, and fails', async () => {
  const refused = ids.filter((_, index) => index % 10 === 3)
  write(program(refused))
  const reasons = diagnosticsOf(await fail('preview'))
  const code = 'AUTENTICACAO_INVALIDA_CLIENT_OAUTH'
  assert.deepEqual([...reasons].sort(), refused.map((id) => [id, [code]] as const).sort())
  assert.deepEqual(counted(), { 'clientToken 200': 45, 'clientToken 401': 5 })
})

test('The first up from YAML is one token and one PUT for each client', async () => {
  write(program())
  await succeed('up', '--yes', '--skip-preview')
  assert.deepEqual(counted(), { 'clientToken 200': 50, 'clientMaintenance 200': 50 })
  assert.deepEqual(
    fixture.emulator.registered('neoid', 'aplicacao-7')?.redirectUris,
    portal.redirectUris,
  )
})

test('The state holds an inline secret encrypted only, and a reference readable', async () => {
  const { deployment } = await fixture.stack.state()
  const text = JSON.stringify(deployment)
  assert.ok(!text.includes(inline))
  assert.ok(!text.includes(portal.clientSecret))
  const first = deployment.resources?.find(({ urn }) => urn.endsWith('::aplicacao-1'))
  assert.deepEqual(first?.outputs?.clientSecret, { env: 'PORTAL_SECRET' })
  assert.deepEqual(first.inputs?.clientSecret, { env: 'PORTAL_SECRET' })
  assert.equal(first.id, 'aplicacao-1')
})

test('A preview from YAML without a change sends no request, and knows every output of a client', async () => {
  write(program())
  const shown = await succeed('preview', '--diff', '--expect-no-changes')
  assert.doesNotMatch(shown, /unknown/)
  assert.deepEqual(counted(), {})
})

test('A change from YAML is shown element by element, with what disappears under its resource', async () => {
  const redirectUris = [portal.redirectUris[0], uri('novo')]
  const name = 'Aplicação 2'
  write(program([], { 'aplicacao-2': client({ clientId: 'aplicacao-2', name, redirectUris }) }))
  const shown = await succeed('preview', '--diff')
  const old = portal.redirectUris[1] ?? ''
  assert.ok(shown.includes(`[1]: "${old}" => "${uri('novo')}"`), shown)
  assert.match(shown, /1 to update\n\s+50 unchanged/)
  assert.deepEqual(counted(), { 'clientToken 200': 1 })
  const reasons = diagnosticsOf(await succeed('up', '--yes', '--skip-preview'))
  assert.deepEqual([...reasons], [['aplicacao-2', ['WARN_PSC_URI_REMOVED']]])
  assert.deepEqual(counted(), { 'clientToken 200': 2, 'clientMaintenance 200': 1 })
})

test('A refresh from YAML verifies each client and changes nothing', async () => {
  fixture.emulator.requests.clear()
  await succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  assert.deepEqual(counted(), { 'clientToken 200': 50 })
})

test('The targets of a preview from YAML are verified alone, also where another client is refused', async () => {
  const comments = 'Outra descrição'
  const changed = {
    'aplicacao-1': client({ clientId: 'aplicacao-1', name: 'Aplicação 1', comments }),
  }
  write(program(['aplicacao-9'], changed))
  const { code, output } = await run(
    'preview',
    '--target',
    'urn:pulumi:test::psc::psc:index:Client::aplicacao-1',
  )
  assert.equal(code, 0, output)
  assert.deepEqual(counted(), { 'clientToken 200': 1 })
})

test('The import of a client ends in a sentence that says what to do instead', async () => {
  write(program())
  const output = await fail('import', 'psc:index:Client', 'outra', 'aplicacao-4', '--yes')
  assert.match(output, /pulumi up.*\[ERR_PSC_IMPORT\]/)
})

test('A destroy from YAML sends no request and says that each client stays registered', async () => {
  fixture.emulator.requests.clear()
  const reasons = diagnosticsOf(await succeed('destroy', '--yes', '--skip-preview'))
  assert.equal(reasons.size, 50)
  assert.deepEqual(reasons.get('aplicacao-1'), ['WARN_PSC_STAYS_REGISTERED'])
  assert.deepEqual(counted(), {})
})
