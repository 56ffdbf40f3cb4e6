import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { en } from '../../../cli/report/en.ts'
import { pt } from '../../../cli/report/pt.ts'
import { manifestOf } from '../../manifest/support.ts'
import { createPem } from '../../rules/support/certificate.ts'
import { folderWith, psc } from '../psc.ts'
import { client, preview, resource, result, state, step } from './support.ts'

const files = () => {
  const portal = resource('portal', client())
  return {
    'clients.yaml': manifestOf({ clientId: 'portal-id', certificate: '{ file: portal.pem }' }),
    'portal.pem': createPem({
      dns: ['portal.exemplo.gov.br'],
      notAfter: new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 19) + 'Z',
    }),
    'Pulumi.yaml': '{ name: psc, runtime: nodejs }',
    'Pulumi.dev.yaml': '{ config: { psc:certificateExpiryWarningDays: 50 } }',
    'state.json': JSON.stringify(state(portal)),
    'preview.json': JSON.stringify(preview([step('delete', portal, undefined)])),
    'verify.json': JSON.stringify({ results: [result()] }),
  }
}

interface Json {
  readonly format: number
  readonly generated: string
  readonly sources: readonly { readonly kind: string; readonly file: string }[]
  readonly warningDays: number
  readonly summary: Readonly<Record<string, unknown>>
  readonly warnings: readonly {
    readonly code: string
    readonly kind: string | null
    readonly message: string | null
    readonly language: string | null
    readonly clients: readonly { readonly entry: string }[]
  }[]
  readonly clients: readonly { readonly stack: string | null; readonly status: string }[]
}

async function json(args: readonly string[], cwd = folderWith(files())): Promise<Json> {
  const { code, stdout, stderr } = await psc(['report', '--format', 'json', ...args], { cwd })
  assert.deepEqual([code, stderr], [0, ''])
  return JSON.parse(stdout) as Json
}

describe('psc report', () => {
  it('Without a file, a report shows the manifest', async () => {
    const { format, generated, sources, clients } = await json([])
    assert.equal(format, 1)
    assert.match(generated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.deepEqual(sources, [{ kind: 'manifest', file: 'clients.yaml' }])
    assert.deepEqual(
      clients.map(({ stack, status }) => [stack, status]),
      [[null, 'declared']],
    )
  })

  it('States and previews need no manifest', async () => {
    const args = ['--state', 'state.json', '--preview', 'preview.json', '--verify', 'verify.json']
    const { sources, clients, summary } = await json(args)
    assert.deepEqual(
      sources.map(({ kind }) => kind),
      ['state', 'preview', 'verify'],
    )
    assert.deepEqual(
      clients.map(({ status }) => status),
      ['leaves'],
    )
    assert.deepEqual([summary.leavingClients, summary.verified], [1, 1])
  })

  it('A manifest and a state of one client are one row, and a difference is a warning', async () => {
    const { clients, warnings } = await json(['clients.yaml', '--state', 'state.json'])
    assert.equal(clients.length, 1)
    // Another certificate, so another fingerprint.
    assert.ok(warnings.length > 0)
  })

  it('A client whose PSC differs from what was applied is a warning', async () => {
    const cwd = folderWith({
      ...files(),
      'clients.yaml': manifestOf({
        clientId: 'portal-id',
        psc: 'serproid',
        certificate: '{ hosts: [portal.exemplo.gov.br] }',
      }),
    })
    const { warnings } = await json(['clients.yaml', '--state', 'state.json'], cwd)
    const differs = warnings.filter(({ kind }) => kind === 'differs')
    assert.deepEqual(
      differs.map(({ clients }) => clients.map(({ entry }) => entry)),
      [['portal']],
    )
  })

  it("A warning of the manifest that a preview repeats stands once, in the reader's language, with its client", async () => {
    const lines = (path: string, code: string) =>
      `client portal\n  clients.yaml:5:9: warning: ${path}: in English. [${code}]\n     5 | name: x\n       |       ^`
    const { urn } = resource('portal', client(), {}, { stack: 'dev' })
    const diagnostics = [
      lines('name', 'WARN_PSC_PLACEHOLDER'),
      lines('certificate.file', 'WARN_PSC_CERTIFICATE_EXPIRES'),
      lines('email', 'WARN_PSC_MOVED'),
    ].map((text) => ({ urn, severity: 'warning', message: `<{%reset%}>warning: \n${text}\n` }))
    const cwd = folderWith({
      ...files(),
      'clients.yaml': manifestOf({
        clientId: 'portal-id',
        name: 'TODO',
        certificate: '{ file: portal.pem }',
      }),
      'warned.json': JSON.stringify(preview([], diagnostics)),
    })
    const args = ['clients.yaml', '--preview', 'warned.json', '--lang', 'pt', '--stack', 'dev']
    const { warnings } = await json(args, cwd)
    assert.deepEqual(
      warnings.map(({ code, language, clients }) => [code, language, clients[0]?.entry]),
      [
        ['WARN_PSC_CERTIFICATE_EXPIRES', null, 'portal'],
        ['WARN_PSC_PLACEHOLDER', 'pt', 'portal'],
        ['WARN_PSC_MOVED', 'en', 'portal'],
      ],
    )
    assert.equal(warnings[2]?.message, 'email: in English. [WARN_PSC_MOVED]')
    const { stdout } = await psc(['report', '--format', 'md', '--preview', 'warned.json'], { cwd })
    assert.doesNotMatch(stdout, /\\u\{A\}|\^/)
  })

  it('With a stack, its settings and its name apply', async () => {
    const { warningDays, warnings, clients } = await json(['--stack', 'dev'])
    assert.equal(warningDays, 50)
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['WARN_PSC_CERTIFICATE_EXPIRES'],
    )
    assert.deepEqual(
      clients.map(({ stack }) => stack),
      ['dev'],
    )
    const { warnings: without } = await json([])
    assert.deepEqual(without, [])
  })

  it('A file of another kind is one error with a code, and exits with 1', async () => {
    const cwd = folderWith(files())
    const { code, stdout, stderr } = await psc(['report', '--preview', 'state.json'], { cwd })
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^pulumi-psc report: --preview state\.json: .*\[ERR_PSC_REPORT_FILE\]\n$/)
  })

  it('Output to a file replaces it whole, and leaves nothing beside it', async () => {
    const cwd = folderWith(files())
    writeFileSync(join(cwd, 'report.html'), 'before')
    const before = readdirSync(cwd)
    const { code, stdout } = await psc(['report', '--output', 'report.html', '--lang', 'pt'], {
      cwd,
    })
    assert.deepEqual([code, stdout, readdirSync(cwd)], [0, '', before])
    assert.match(readFileSync(join(cwd, 'report.html'), 'utf8'), /^<!doctype html>[^]*<\/html>\n$/)
  })

  it('A file that cannot be written is the exit code 4', async () => {
    const cwd = folderWith(files())
    const { code, stderr } = await psc(['report', '--output', 'none/report.html'], { cwd })
    assert.equal(code, 4)
    assert.match(stderr, /none\/report\.html.*\[ERR_PSC_OUTPUT\]\n$/)
    assert.ok(!existsSync(join(cwd, 'none')))
  })

  for (const args of [
    ['--time-zone', 'Brasilia'],
    ['--lang', 'es'],
    ['--format', 'pdf'],
  ]) {
    it(`Wrong usage exits with 2: ${args.join(' ')}`, async () => {
      const { code } = await psc(['report', ...args], { cwd: folderWith(files()) })
      assert.equal(code, 2)
    })
  }

  it('No sentence of the Portuguese catalogue is left in English', () => {
    const same = Object.entries(en).filter(([key, value]) => {
      const other: unknown = pt[key as keyof typeof pt]
      return typeof value === 'string' && value === other
    })
    assert.deepEqual(
      same.map(([key]) => key),
      // The word is the same.
      ['total'],
    )
  })
})
