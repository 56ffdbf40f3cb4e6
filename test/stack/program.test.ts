import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { Stack } from '../support/stack.ts'

const hosts = ['portal.exemplo.gov.br', 'outro.exemplo.gov.br']
const client = (clientId: string) => ({
  clientId,
  clientSecret: 'not-a-secret-portal',
  certificate: { hosts },
})

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
const portal = {
  psc: 'neoid',
  clientId: 'portal',
  clientSecret: { env: 'PORTAL_SECRET' },
  name: 'Portal do Cidadão',
  comments: 'Assinatura de requerimentos',
  email: 'suporte@exemplo.gov.br',
  redirectUris: ['https://portal.exemplo.gov.br/callback'],
  certificate: { hosts: ${JSON.stringify(hosts)} },
} as const
${declarations}
`

describe('a program', () => {
  let emulator: Emulator
  let stack: Stack
  const writes = () => emulator.requests.list({ operation: 'clientMaintenance' })

  before(async () => {
    emulator = await startEmulator({
      config: { pscs: { neoid: { clients: [client('portal'), client('outro')] } } },
    })
    stack = await Stack.create({
      files: { 'index.ts': program('') },
      config: { 'psc:baseUrls': emulator.baseUrls },
      env: { PORTAL_SECRET: client('').clientSecret },
    })
  })
  after(async () => {
    stack.remove()
    await emulator.close()
  })
  beforeEach(() => {
    emulator.requests.clear()
  })
  const declare = (declarations: string) => {
    stack.write('index.ts', program(declarations))
  }

  it('is refused at preview for what is known, while other elements are not', async () => {
    declare(`
      const host = later('portal.exemplo.gov.br')
      new PscClient('portal', { ...portal, redirectUris: [
        pulumi.interpolate\`https://\${host}/callback\`,
        'https://fora.exemplo.com/callback',
      ] })`)
    const output = await stack.fail('preview')
    assert.match(
      output,
      /redirectUris\[1\]: .*\[URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO\]/,
    )
    assert.doesNotMatch(output, /redirectUris\[0\]/)
  })

  it('is refused at apply for what turns out to be wrong, and nothing is written', async () => {
    declare(`
      const host = later('fora.exemplo.com')
      new PscClient('portal', { ...portal, redirectUris: [pulumi.interpolate\`https://\${host}/callback\`] })`)
    await stack.succeed('preview')
    const output = await stack.fail('up', '--yes', '--skip-preview')
    assert.match(
      output,
      /redirectUris\[0\]: .*\[URI_NAO_CORRESPONDE_SUBJECT_ALT_NAME_CERTIFICADO\]/,
    )
    assert.deepEqual(writes(), [])
  })

  it('applies what turns out to be right, host of the certificate included', async () => {
    declare(`
      const host = later('portal.exemplo.gov.br')
      new PscClient('portal', { ...portal,
        redirectUris: [pulumi.interpolate\`https://\${host}/callback\`],
        certificate: { hosts: [host, 'outro.exemplo.gov.br'] } })`)
    await stack.succeed('preview')
    await stack.succeed('up', '--yes', '--skip-preview')
    assert.deepEqual(emulator.registered('neoid', 'portal')?.redirectUris, [
      'https://portal.exemplo.gov.br/callback',
    ])
    await stack.succeed('preview', '--expect-no-changes')
  })

  // The engine stops at the first resource that is refused.
  for (const [twice, other, problem] of [
    ['client', "name: 'Outro Nome'", /'again' has a problem: clientId: .*"portal"/],
    [
      'name',
      "clientId: 'outro'",
      /'again' has a problem: name: APLICACAO_OAUTH_NOME_JA_CADASTRADO/,
    ],
  ] as const) {
    it(`is refused when it declares a ${twice} twice at one PSC`, async () => {
      declare(`
        new PscClient('portal', portal)
        new PscClient('again', { ...portal, ${other} })`)
      assert.match(await stack.fail('preview'), problem)
    })
  }

  it('is refused for a certificate that cannot be read, beside its other mistakes', async () => {
    declare(`
      new PscClient('portal', { ...portal, email: 'suporte', certificate: { file: 'absent.pem' } })`)
    const output = await stack.fail('preview')
    assert.match(
      output,
      /'portal' has a problem: certificate\.file: absent\.pem cannot be read \(ENOENT\)/,
    )
    assert.match(output, /'portal' has a problem: email: CONTATO_EMAIL_INVALIDO/)
    assert.doesNotMatch(output, /\bcertificate: /)
    assert.doesNotMatch(output, /\bat .*:\d+:\d+/)
  })

  it('sees its warnings under the resource, once', async () => {
    declare(
      `new PscClient('portal', { ...portal, redirectUris: ['https://PORTAL.exemplo.gov.br/callback'] })`,
    )
    const output = await stack.succeed('preview')
    assert.match(
      output,
      /PscClient \(portal\):\s+warning: redirectUris\[0\]: .*https:\/\/portal\.exemplo\.gov\.br\/callback/,
    )
  })

  it('fails for a changed secret that the PSC refuses, and shows no secret', async () => {
    declare(`new PscClient('portal', { ...portal, clientSecret: 'not-the-secret-either' })`)
    const output = await stack.fail('preview', '--diff')
    assert.match(output, /401 AUTENTICACAO_INVALIDA_CLIENT_OAUTH/)
    assert.doesNotMatch(output, /not-the-secret-either|\bat .*:\d+:\d+/)
  })
})
