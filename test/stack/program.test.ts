import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { portal, registered, useStack } from '../support/fixture.ts'

const declared = {
  ...portal,
  clientSecret: { env: 'PORTAL_SECRET' },
  certificate: { hosts: ['portal.exemplo.gov.br', 'outro.exemplo.gov.br'] },
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
}

/** A program whose clients may depend on `later`, a resource whose output is not known before it is applied. */
const program = (declarations: string) => `
import * as pulumi from '@pulumi/pulumi'
import { PscClient } from 'pulumi-psc'

class Later extends pulumi.dynamic.Resource {
  declare readonly host: pulumi.Output<string>
  constructor(name: string) {
    super({ create: async () => ({ id: name, outs: { host: name } }) }, name, { host: undefined })
  }
}
const later = (host: string) => new Later(host).host
const portal = ${JSON.stringify(declared)} as const
${declarations}
`

const fixture = useStack({
  emulator: {
    pscs: {
      neoid: {
        clients: [{ ...registered(portal), certificate: declared.certificate }],
      },
    },
  },
  files: { 'index.ts': program('') },
})

beforeEach(() => {
  fixture.emulator.requests.clear()
})

const declare = (declarations: string) => {
  fixture.stack.write('index.ts', program(declarations))
}

test('A preview refuses a known redirect URI while another one is unknown', async () => {
  declare(`
    const host = later('portal.exemplo.gov.br')
    new PscClient('portal', { ...portal, redirectUris: [
      pulumi.interpolate\`https://\${host}/callback\`,
      'https://fora.exemplo.com/callback',
    ] })`)
  const output = await fixture.stack.fail('preview')
  assert.match(output, /redirectUris\[1\]: .*URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO/)
  assert.doesNotMatch(output, /redirectUris\[0\]/)
})

test('An up refuses a value that turns out to be wrong, and the PSC is sent nothing', async () => {
  declare(`
    const host = later('fora.exemplo.com')
    new PscClient('portal', { ...portal, redirectUris: [pulumi.interpolate\`https://\${host}/callback\`] })`)
  const output = await fixture.stack.fail('up', '--yes', '--skip-preview')
  assert.match(output, /redirectUris\[0\]: .*URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO/)
  assert.deepEqual(fixture.emulator.requests.list({ operation: 'clientMaintenance' }), [])
})

test('An up applies values that turn out to be right, such as a host of the certificate', async () => {
  declare(`
    const host = later('portal.exemplo.gov.br')
    new PscClient('portal', { ...portal,
      redirectUris: [pulumi.interpolate\`https://\${host}/callback\`],
      certificate: { hosts: [host, 'outro.exemplo.gov.br'] } })`)
  await fixture.stack.succeed('up', '--yes')
  assert.deepEqual(fixture.emulator.registered('neoid', portal.clientId)?.redirectUris, [
    'https://portal.exemplo.gov.br/callback',
  ])
})

test('A preview reports together all that the program finds: duplicates, an unreadable certificate, a wrong field', async () => {
  declare(`
    new PscClient('portal', portal)
    new PscClient('again', { ...portal, email: 'suporte', certificate: { file: 'absent.pem' } })`)
  const output = await fixture.stack.fail('preview')
  for (const problem of [
    /clientId: .*"portal"/,
    /name: .*APLICACAO_OAUTH_NOME_JA_CADASTRADO/,
    /certificate\.file: .*absent\.pem: the file does not exist/,
    /email: .*CONTATO_EMAIL_INVALIDO/,
  ]) {
    assert.match(output, new RegExp(`'again' has a problem: ${problem.source}`))
  }
  assert.doesNotMatch(output, /\bcertificate: /)
  assert.doesNotMatch(output, /\bat .*:\d+:\d+/)
})

test('A preview shows a warning once, under its resource', async () => {
  declare(
    `new PscClient('portal', { ...portal, redirectUris: ['https://PORTAL.exemplo.gov.br/callback'] })`,
  )
  const output = await fixture.stack.succeed('preview')
  const warnings = output.matchAll(
    /PscClient \(portal\):\s+warning: redirectUris\[0\]: .*https:\/\/portal\.exemplo\.gov\.br\/callback/g,
  )
  assert.equal([...warnings].length, 1)
})
