import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useStack } from '../support/fixture.ts'
import { program } from '../support/registration-program.ts'

const fixture = useStack({ emulator: {}, files: { 'index.ts': program() } })

const up = ['up', '--yes', '--skip-preview']

const registrations = () => fixture.emulator.requests.list({ operation: 'application' }).length

const clients = () => fixture.emulator.clients('vidaas')

/** Lets the PSC refuse the next registration. */
const refuse = (status: number, body: Readonly<Record<string, string>>) =>
  fixture.emulator.faults.add({ kind: 'answer', operation: 'application', status, body })

/** What the up has printed that registered the client. */
let output: string

// One life, in order: each test goes on from the one before it.

test('A registration whose response was lost is sent again only for another attempt of the program', async () => {
  fixture.emulator.faults.add({ kind: 'drop', operation: 'application', when: 'before' })
  assert.match(await fixture.stack.fail(...up), /unknown whether vidaas registered "Portal"/)
  await fixture.stack.succeed('refresh', '--yes', '--skip-preview')
  assert.match(await fixture.stack.fail(...up), /The PSC gave no usable answer to attempt 1/)
  assert.equal(registrations(), 1)
  fixture.stack.write('index.ts', program({ attempt: 2 }))
  output = await fixture.stack.succeed(...up)
  assert.equal(registrations(), 2)
  assert.equal(clients().length, 1)
})

test('A registration feeds a client, its secret is encrypted in the state, and no second one is made', async () => {
  const [client] = clients()
  assert.equal(client?.comments, 'Mantida')
  await fixture.stack.succeed('refresh', '--yes', '--skip-preview', '--expect-no-changes')
  await fixture.stack.succeed(...up, '--expect-no-changes')

  const secret = await fixture.stack.succeed('stack', 'output', 'secret', '--show-secrets')
  assert.match(secret, /^[\w-]{32}$/)
  const state = await fixture.stack.state()
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
    await fixture.stack.fail(...up, '--replace', urn),
    /The request was not sent.*A replacement would register a second client/,
  )
  assert.equal(registrations(), 2)
})

test('A destroy says that a registration leaves with its secret, and the client stays registered', async () => {
  const destroyed = await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
  assert.match(destroyed, /registration of "Portal" .* leaves this stack, and its secret with it/)
  assert.equal(clients().length, 1)
})

test('A destroy removes a registration that the PSC refused', async () => {
  refuse(400, { error: 'invalid_client_metadata', error_description: 'nome recusado' })
  fixture.stack.write('index.ts', program({ name: 'Recusado' }))
  assert.match(await fixture.stack.fail(...up), /nome recusado.*Nothing was registered/)
  await fixture.stack.succeed('destroy', '--yes', '--skip-preview')
  assert.deepEqual((await fixture.stack.state()).deployment.resources ?? [], [])
})

test('A registration that the PSC refused is made when its declaration is corrected', async () => {
  refuse(200, { status: 'error', message: 'nome recusado' })
  assert.match(await fixture.stack.fail(...up), /nome recusado.*Nothing was registered/)
  fixture.emulator.requests.clear()
  fixture.stack.write('index.ts', program({ name: 'Outro' }))
  await fixture.stack.succeed(...up)
  assert.equal(registrations(), 1)
  assert.equal(clients().length, 2)
})
