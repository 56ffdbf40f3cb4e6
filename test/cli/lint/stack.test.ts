import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { manifestOf, soundEntry } from '../../manifest/support.ts'
import { createPem } from '../../rules/support/certificate.ts'
import { folderWith, type Outcome, psc } from '../psc.ts'

const project = JSON.stringify({ name: 'portal', runtime: 'nodejs' })
const own = `pscs: { novo: { extends: standard } }\n${manifestOf({ psc: 'novo' })}`

/** A project of a stack `producao` with these settings. */
function projectWith(config: object, files: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    'Pulumi.yaml': project,
    'Pulumi.producao.yaml': JSON.stringify({ config }),
    'clients.yaml': manifestOf(),
    ...files,
  })
}

const lint = (cwd: string, ...args: readonly string[]): Promise<Outcome> =>
  psc(['lint', '--stack', 'producao', ...args], { cwd })

test('Lint --stack takes the base URLs of a stack, encrypted ones too', async () => {
  const address = { novo: 'https://psc.exemplo.com.br/v0/oauth' }
  const files = { 'clients.yaml': own }
  assert.match((await lint(projectWith({}, files))).stdout, /"novo" needs a baseUrl/)
  for (const baseUrls of [address, { novo: { secure: 'v1:AAAA:AAAA' } }]) {
    const { code, stdout } = await lint(projectWith({ 'psc:baseUrls': baseUrls }, files))
    assert.equal(
      stdout,
      'Checked 1 client in 1 file and Pulumi.producao.yaml: no errors, no warnings.\n',
    )
    assert.equal(code, 0)
  }
})

test('Lint --stack takes the days of warning before a certificate ends', async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const pem = createPem({
    dns: ['portal.exemplo.gov.br'],
    notBefore: inDays(-1).replace(/\.\d+/, ''),
    notAfter: inDays(60).replace(/\.\d+/, ''),
  })
  const files = { 'clients.yaml': manifestOf({ certificate: '{ file: a.pem }' }), 'a.pem': pem }
  assert.match((await lint(projectWith({}, files))).stdout, /no warnings/)
  const days = { 'psc:certificateExpiryWarningDays': 90 }
  assert.match((await lint(projectWith(days, files))).stdout, /\[WARN_PSC_CERTIFICATE_EXPIRES\]/)
})

test('Lint --stack reports a wrong setting as a problem of the file of the stack', async () => {
  const wrong: readonly (readonly [config: object, says: RegExp])[] = [
    [{ 'psc:baseurls': {} }, /unknown setting psc:baseurls\. Did you mean psc:baseUrls/],
    [
      { 'psc:baseUrls': { neoID: 'https://a.example' } },
      /unknown PSC "neoID"\. Did you mean neoid/,
    ],
    [{ 'psc:preflight': 'of' }, /psc:preflight must be/],
    [{ 'portal:manifest': 'outro.yaml' }, /portal:manifest has no effect/],
  ]
  for (const [config, says] of wrong) {
    const { code, stdout } = await lint(projectWith(config))
    assert.match(stdout, /^ {2}Pulumi\.producao\.yaml: error: .*\[ERR_PSC_CONFIGURATION\]$/m)
    assert.match(stdout, says)
    assert.equal(code, 1)
  }
  const annotated = await lint(projectWith({ 'psc:baseurls': {} }), '--format', 'github')
  assert.match(annotated.stdout, /^::error file=Pulumi\.producao\.yaml,/)
})

test('Lint --stack reports a wrong setting beside the problems of the manifest', async () => {
  const files = { 'clients.yaml': manifestOf({ email: 'nobody' }) }
  const { stdout } = await lint(projectWith({ 'psc:baseurls': {} }, files))
  assert.match(stdout, /\[CONTATO_EMAIL_INVALIDO\]/)
  assert.match(stdout, /\[ERR_PSC_CONFIGURATION\]/)
})

test('A key under psc: may be a secret of the stack, or one that a manifest refers to', async () => {
  const clientSecret = "{ config: 'psc:segredo' }"
  const files = { 'clients.yaml': manifestOf({ clientSecret }) }
  const config = { 'psc:segredo': 'x', 'psc:outro': { secure: 'v1:AAAA:AAAA' } }
  assert.equal((await lint(projectWith(config, files))).code, 0)
  assert.equal((await lint(projectWith({ 'psc:segredo': 'x' }))).code, 1)
})

test('Lint --stack checks the manifest of the stack, wherever it runs in the project', async () => {
  const files = { 'outro.yaml': manifestOf({ email: 'nobody' }) }
  const folder = projectWith({ 'psc:manifest': 'outro.yaml' }, files)
  mkdirSync(join(folder, 'below'))
  const { stdout } = await lint(join(folder, 'below'))
  assert.match(stdout, /\.\.\/outro\.yaml:8:12: error: email/)
  assert.equal((await lint(folder, 'clients.yaml')).code, 0)
})

test('Lint --stack takes a setting of all stacks from Pulumi.yaml', async () => {
  const config = { 'psc:baseUrls': { value: { novo: 'https://psc.exemplo.com.br' } } }
  const files = {
    'Pulumi.yaml': JSON.stringify({ name: 'portal', runtime: 'nodejs', config }),
    'clients.yaml': own,
  }
  assert.equal((await lint(projectWith({}, files))).code, 0)
})

test('Lint --stack refuses a stack without a file, and names the nearest', async () => {
  const { code, stderr } = await psc(['lint', '--stack', 'producão'], { cwd: projectWith({}) })
  assert.equal(code, 2)
  assert.match(stderr, /Pulumi\.producão\.yaml\. Did you mean producao\? \[ERR_PSC_USAGE\]/)
  const cwd = folderWith({ 'clients.yaml': manifestOf() })
  assert.match((await lint(cwd)).stderr, /there is no Pulumi\.yaml/)
})

test("Lint --stack follows neither a link nor psc:manifest out of the project's folder", async () => {
  const outside = folderWith({
    'clients.yaml': manifestOf({ comments: soundEntry.comments }),
    'config.yaml': 'config: {}\n',
  })
  const manifest = projectWith({ 'psc:manifest': join(outside, 'clients.yaml') })
  const link = folderWith({ 'Pulumi.yaml': project, 'clients.yaml': manifestOf() })
  symlinkSync(join(outside, 'config.yaml'), join(link, 'Pulumi.producao.yaml'))
  for (const cwd of [manifest, link]) {
    const refused = await lint(cwd)
    assert.match(refused.stdout, /^ {2}Pulumi\.producao\.yaml: error: .*\[ERR_PSC_LINK\]$/m)
    assert.equal(refused.code, 1)
    assert.equal((await lint(cwd, '--allow-path', outside)).code, 0)
  }
})

test('Lint --stack reports a file of a stack that is not YAML', async () => {
  const cwd = projectWith({})
  writeFileSync(join(cwd, 'Pulumi.producao.yaml'), 'config: {')
  const { code, stderr } = await lint(cwd)
  assert.match(stderr, /Pulumi\.producao\.yaml: the file cannot be read as YAML/)
  assert.equal(code, 2)
})
