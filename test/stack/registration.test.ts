import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, test } from 'node:test'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { killTree } from '../../cli/processes.ts'
import { Stack } from '../support/stack.ts'

let emulator: Emulator
let stack: Stack
/** Added to the environment of every command; a test may change it. */
let env: Record<string, string>

const up = ['up', '--yes', '--skip-preview']

beforeEach(async () => {
  emulator = await startEmulator({ config: {} })
  env = {}
  stack = await Stack.create({
    files: { 'index.ts': program() },
    config: { 'psc:baseUrls': { vidaas: emulator.baseUrls.vidaas } },
    env,
  })
})

afterEach(async () => {
  stack.remove()
  await emulator.close()
})

/** A registration, and the client that it feeds. */
function program(
  registration: Record<string, unknown> = {},
  { called = 'portal', ...options }: { called?: string; aliases?: unknown[] } = {},
): string {
  const application = {
    psc: 'vidaas',
    name: 'Portal',
    comments: 'Assinatura',
    email: 'suporte@exemplo.gov.br',
    redirectUris: ['https://portal.exemplo.gov.br/callback'],
  }
  return `import { PscClient, PscRegistration } from 'pulumi-psc'
const application = ${JSON.stringify(application)}
const { clientId, clientSecret } = new PscRegistration('${called}', {
  ...application, ...${JSON.stringify(registration)}
}, ${JSON.stringify(options)})
new PscClient('portal', {
  ...application, clientId, clientSecret, comments: 'Mantida',
  certificate: { hosts: ['portal.exemplo.gov.br'] },
})
export const secret = clientSecret
`
}

const registrations = () => emulator.requests.list({ operation: 'application' }).length

test('a registration feeds a client, its secret is encrypted in the state, and no second one is made', async () => {
  const output = await stack.succeed(...up)
  const [client, ...others] = emulator.clients('vidaas')
  assert.deepEqual(others, [])
  assert.equal(client?.comments, 'Mantida')
  await stack.succeed('preview', '--expect-no-changes')
  await stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  await stack.succeed(...up, '--expect-no-changes')
  assert.equal(registrations(), 1)

  const secret = await stack.succeed('stack', 'output', 'secret', '--show-secrets')
  assert.match(secret, /^[\w-]{32}$/)
  const state = await stack.state()
  assert.doesNotMatch(JSON.stringify(state) + output, new RegExp(secret))
  const kept = state.deployment.resources?.find(({ type }) => type.endsWith(':PscRegistration'))
  // What the engine keeps in the place of a secret: its own mark and a cipher text.
  assert.deepEqual(Object.keys(kept?.outputs?.clientSecret as object), [
    '4dabf18193072939515e22adb298388d',
    'ciphertext',
  ])
  assert.equal(kept?.outputs?.clientId, client.clientId)

  const urn = 'urn:pulumi:test::psc::pulumi-nodejs:dynamic/psc:PscRegistration::portal'
  assert.match(
    await stack.fail(...up, '--replace', urn),
    /Nothing was sent.*a replacement .* is not made, because it would register a second client/,
  )
  assert.equal(registrations(), 1)

  stack.write('index.ts', program({ name: 'Outro' }))
  assert.match(await stack.fail('preview'), /is registered already, and name .*second client/)
  stack.write('index.ts', program())
  const destroyed = await stack.succeed('destroy', '--yes', '--skip-preview')
  assert.match(destroyed, /registration of "Portal" .* leaves this stack, and its secret with it/)
  assert.equal(emulator.clients('vidaas').length, 1)
})

test('a lost answer is not repeated by any later run, until the program asks for another attempt', async () => {
  emulator.faults.add({ kind: 'drop', operation: 'application', when: 'before' })
  assert.match(await stack.fail(...up), /Whether "Portal" was registered at vidaas is not known/)
  assert.match(await stack.fail('preview'), /The PSC gave no usable answer to attempt 1/)
  await stack.fail(...up)
  await stack.succeed('refresh', '--yes', '--skip-preview')
  await stack.fail(...up)
  assert.equal(registrations(), 1)
  stack.write('index.ts', program({ attempt: 2 }))
  await stack.succeed('preview')
  await stack.succeed(...up)
  await stack.succeed('preview', '--expect-no-changes')
  assert.equal(registrations(), 2)
  assert.equal(emulator.clients('vidaas').length, 1)
})

test('a run that is killed while it registers is not repeated by the next one', async () => {
  emulator.faults.add({ kind: 'hang', operation: 'application', when: 'after' })
  const child = stack.start(...up)
  const closed = once(child, 'close')
  while (registrations() === 0 && child.exitCode === null) await turn()
  assert.ok(child.pid)
  killTree(child.pid)
  await closed
  await stack.succeed('cancel', '--yes')
  emulator.faults.clear()
  const message = /made by an earlier run.*that run was cut short.*set attempt: 2/
  assert.match(await stack.fail('preview'), message)
  assert.match(await stack.fail(...up), message)

  // What it was called before is what it was attempted as.
  const type = 'pulumi-nodejs:dynamic/psc:PscRegistration'
  const urn = `urn:pulumi:test::psc::${type}::portal`
  for (const alias of [{ name: 'portal' }, { name: 'portal', type }, urn]) {
    stack.write('index.ts', program({}, { called: 'novo', aliases: [alias] }))
    assert.match(await stack.fail(...up), message)
  }

  stack.write('index.ts', 'export {}\n')
  assert.match(await stack.succeed(...up), /not known whether it took place, leaves this stack/)
  assert.equal(registrations(), 1)
  assert.equal(emulator.clients('vidaas').length, 1)
})

test('a registration that did not take place can be taken out of the stack', async () => {
  const refusal = { error: 'invalid_client_metadata', error_description: 'nome recusado' }
  emulator.faults.add({ kind: 'answer', operation: 'application', status: 400, body: refusal })
  assert.match(await stack.fail(...up), /nome recusado.*Nothing was registered/)
  await stack.succeed('destroy', '--yes', '--skip-preview')
  assert.deepEqual((await stack.state()).deployment.resources ?? [], [])
})

test('a stack with a registration does not run with PULUMI_SKIP_CHECKPOINTS', async () => {
  env.PULUMI_SKIP_CHECKPOINTS = 'true'
  for (const command of [['preview'], up]) {
    assert.match(await stack.fail(...command), /PULUMI_SKIP_CHECKPOINTS is set/)
  }
  assert.deepEqual(emulator.requests.list(), [])
})
