import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { portal, registered, useStack } from '../support/fixture.ts'

const clients = [registered(portal)]

/** PSC → what its client declares beside the usual. */
const program = (changes: Readonly<Record<string, string>>) => `
import * as pulumi from '@pulumi/pulumi'
import { PscClient } from 'pulumi-psc'

const config = new pulumi.Config()
const portal: any = ${JSON.stringify(portal)}
${Object.entries(changes)
  .map(([psc, change]) => `new PscClient('${psc}', { ...portal, psc: '${psc}', ${change} })\n`)
  .join('')}`

const fixture = useStack({
  emulator: { pscs: { neoid: { clients }, serproid: { clients }, vidaas: { clients } } },
  files: { 'index.ts': program({}) },
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

const declare = (changes: Readonly<Record<string, string>>) => {
  fixture.stack.write('index.ts', program(changes))
}

test('An unencrypted secret of the configuration is a warning with the command that encrypts it', async () => {
  declare({
    neoid: "clientSecret: { config: 'segredos.portal' }, preflight: 'required'",
    serproid: "clientSecret: { config: 'aberto' }, preflight: 'required'",
    vidaas: "clientSecret: { config: 'abertos.portal' }, preflight: 'required'",
  })
  const output = await fixture.stack.succeed('preview')
  const commands = output.matchAll(/config set (--secret .*?'\S+').*\[WARN_PSC_SECRET_IN_CLEAR\]/g)
  assert.deepEqual([...new Set(Array.from(commands, ([, command]) => command))].toSorted(), [
    "--secret 'aberto'",
    "--secret --path 'abertos.portal'",
  ])
  assert.deepEqual(fixture.requests(), Array(3).fill('clientToken 200'))
})

test('Neither a text of an Output nor a placeholder is sent, and each names what to write instead', async () => {
  const others =
    "previousClientSecret: { config: 'segredos.portal' }, comments: `Assinatura (${pulumi.output('x')})`"
  for (const secret of ["`${config.requireSecret('novo')}`", "'${PORTAL_SECRET_NOVO}'"]) {
    declare({ vidaas: `clientSecret: ${secret}, ${others}` })
    const output = await fixture.stack.fail('up', '--yes', '--skip-preview')
    assert.match(output, /clientSecret: .*\[ERR_PSC_PLACEHOLDER\]/)
    assert.match(output, /comments: .*pulumi\.interpolate.*\[ERR_PSC_PLACEHOLDER\]/)
  }
  assert.deepEqual(fixture.requests(), [])
})

test('A rotation sets the secret of a variable without the line break at its end', async () => {
  const previous = "previousClientSecret: { config: 'segredos.portal' }"
  declare({ vidaas: `clientSecret: { env: 'NOVO' }, ${previous}` })
  await fixture.stack.succeed('up', '--yes', '--skip-preview')
  fixture.emulator.requests.clear()
  declare({ vidaas: "clientSecret: { config: 'novo' }, preflight: 'required'" })
  await fixture.stack.succeed('preview')
  assert.deepEqual(fixture.requests(), ['clientToken 200'])
})
