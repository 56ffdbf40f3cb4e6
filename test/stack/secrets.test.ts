import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { portal, registered, useStack } from '../support/fixture.ts'

const clients = [registered(portal)]

const program = (psc: string, changes: string) => `
import * as pulumi from '@pulumi/pulumi'
import { PscClient } from 'pulumi-psc'

const config = new pulumi.Config()
new PscClient('portal', { ...${JSON.stringify(portal)}, psc: '${psc}', ${changes} } as any)
`

const fixture = useStack({
  emulator: { pscs: { neoid: { clients }, vidaas: { clients } } },
  files: { 'index.ts': program('neoid', '') },
  env: { NOVO: 'not-a-secret-novo\n' },
  async prepare(stack) {
    const set = (...args: string[]) => stack.succeed('config', 'set', ...args)
    await set('--secret', '--path', 'segredos.portal', portal.clientSecret)
    await set('--secret', 'novo', 'not-a-secret-novo')
    await set('aberto', portal.clientSecret)
    await set('--path', 'abertos.portal', portal.clientSecret)
  },
})

beforeEach(() => {
  fixture.emulator.requests.clear()
})

const declare = (psc: string, changes: string) => {
  fixture.stack.write('index.ts', program(psc, changes))
}

test('A text of an Output in a comment is refused, with the name of what to write instead', async () => {
  declare('neoid', "comments: `Assinatura (${pulumi.output('x')})`")
  const output = await fixture.stack.fail('preview')
  assert.match(output, /comments: .*pulumi\.interpolate.*\[ERR_PSC_PLACEHOLDER\]/)
})

test('A secret inside of an object of the configuration is found, and is encrypted', async () => {
  declare('neoid', "clientSecret: { config: 'segredos.portal' }")
  const output = await fixture.stack.succeed('preview')
  assert.doesNotMatch(output, /WARN_PSC_SECRET/)
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
})

test('An unencrypted secret of the configuration is a warning with the command that encrypts it', async () => {
  declare('neoid', "clientSecret: { config: 'aberto' }")
  const output = await fixture.stack.succeed('preview')
  assert.match(output, /config set --secret 'aberto'.*\[WARN_PSC_SECRET_IN_CLEAR\]/)
  declare('neoid', "clientSecret: { config: 'abertos.portal' }")
  const nested = await fixture.stack.succeed('preview')
  assert.match(nested, /--secret --path 'abertos\.portal'.*\[WARN_PSC_SECRET_IN_CLEAR\]/)
})

test('A rotation sets neither the text of an Output nor a placeholder', async () => {
  const previous = "previousClientSecret: { config: 'segredos.portal' }"
  for (const secret of ["`${config.requireSecret('novo')}`", "'${PORTAL_SECRET_NOVO}'"]) {
    declare('vidaas', `clientSecret: ${secret}, ${previous}`)
    const output = await fixture.stack.fail('up', '--yes', '--skip-preview')
    assert.match(output, /clientSecret: .*\[ERR_PSC_PLACEHOLDER\]/)
  }
  assert.deepEqual(fixture.requests(), [])
})

test('A rotation sets the secret of a variable without the line break at its end', async () => {
  declare(
    'vidaas',
    "clientSecret: { env: 'NOVO' }, previousClientSecret: { config: 'segredos.portal' }",
  )
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  fixture.emulator.requests.clear()
  declare('vidaas', "clientSecret: { config: 'novo' }, preflight: 'required'")
  await fixture.stack.succeed('preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
})
