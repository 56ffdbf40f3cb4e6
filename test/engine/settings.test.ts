import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test'
import * as pulumi from '@pulumi/pulumi'
import { PscClient } from '../../provider/client/resource.ts'
import { declareManifest } from '../../provider/manifest.ts'
import { proveHere } from '../../provider/proof/in-program.ts'
import { openProvider, portal } from '../support/fixture.ts'

type Config = Readonly<Record<string, string>>

const url = 'https://psc.exemplo.gov.br/v0/oauth'

/** Misspelt settings, with a part of the command that sets them right. */
const misspelt: readonly (readonly [config: Config, remedy: string])[] = [
  [{ 'psc:baseUrls.neoid': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseurls.neoid': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrl.neoid': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseurls': `{"neoid":"${url}"}` }, `config rm 'psc:baseurls'`],
  [{ 'psc:baseURLs': `{"neoid":"${url}"}` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:base_urls': `{"neoid":"${url}"}` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseURL': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrl': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrls': `{"neoID":"${url}"}` }, `config rm --path 'psc:baseUrls.neoID'`],
  [{ 'psc:baseUrls': `{"noeid":"${url}"}` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrls': `{"neo-id":"${url}"}` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:preFlight': 'off' }, 'config set psc:preflight'],
  [{ 'psc:preflights': 'off' }, 'config set psc:preflight'],
  [{ 'psc:timeoutSecond': '5' }, 'config set psc:timeoutSeconds'],
  [{ 'psc:timeout': '5' }, 'config set psc:timeoutSeconds'],
  [{ 'psc:timeout-seconds': '5' }, 'config set psc:timeoutSeconds'],
  [{ 'psc:maxConnection': '1' }, 'config set psc:maxConnections'],
  [{ 'psc:certificateExpiryWarningDay': '5' }, 'config set psc:certificateExpiryWarningDays'],
  [{ 'psc:manifst': 'outro.yaml' }, 'config set psc:manifest'],
  [{ 'psc:Manifest': 'outro.yaml' }, 'config set psc:manifest'],
  [{ 'psc:drifts': 'refresh' }, 'config set psc:drift'],
  [{ 'PSC:preflight': 'off' }, 'config set psc:preflight'],
  [{ 'pcs:preflight': 'off' }, 'config set psc:preflight'],
  [{ 'pulumi-psc:manifest': 'outro.yaml' }, 'config set psc:manifest'],
  [{ 'psc:environment': 'homologation' }, `config rm 'psc:environment'`],
  [{ 'psc:neoid': url }, `config rm 'psc:neoid'`],
  [{ 'psc:baseUrls': `{"certisign":"${url}"}` }, `config rm --path 'psc:baseUrls.certisign'`],
  [{ 'project:manifest': 'outro.yaml' }, 'config set psc:manifest'],
  [{ 'project:baseUrls': `{"neoid":"${url}"}` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'project:baseUrls.neoid': url }, `config set --path 'psc:baseUrls.neoid'`],
]

/** Unusable values of settings. */
const unusable: typeof misspelt = [
  [{ 'psc:baseUrls': url }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrls': `["${url}"]` }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:baseUrls': '{"neoid":8080}' }, `config set --path 'psc:baseUrls.neoid'`],
  [{ 'psc:preflight': 'false' }, 'config set psc:preflight'],
  [{ 'psc:preflight': 'Off' }, 'config set psc:preflight'],
  [{ 'psc:timeoutSeconds': '5s' }, 'config set psc:timeoutSeconds'],
  [{ 'psc:timeoutSeconds': '' }, 'config set psc:timeoutSeconds'],
  [{ 'psc:maxConnections': 'true' }, 'config set psc:maxConnections'],
  [{ 'psc:manifest': '{"path":"outro.yaml"}' }, 'config set psc:manifest'],
  [{ 'psc:drift': 'on' }, 'config set psc:drift'],
]

/** Settings that are right, or that are not ours. */
const right: readonly Config[] = [
  {},
  { 'psc:preflight': 'required', 'psc:timeoutSeconds': '5', 'psc:maxConnections': '1' },
  { 'psc:drift': 'refresh,apply', 'psc:certificateExpiryWarningDays': '5' },
  { 'psc:segredo': 'not-a-secret', 'project:environment': 'homologation' },
  { 'aws:region': 'sa-east-1', 'gcp:manifest': 'outro' },
]

let folder: string
let server: Server
let asked = 0
const program = process.cwd()

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psc-settings-'))
  server = createServer((_, response) => {
    asked++
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"access_token":"token","token_type":"bearer","expires_in":900}')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
after(() => {
  server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  asked = 0
})
afterEach(() => {
  mock.restoreAll()
})

/** The declared PSC, whose address counts its requests. */
function psc() {
  const { port } = server.address() as AddressInfo
  return { extends: 'neoid' as const, baseUrl: `http://127.0.0.1:${port}` }
}

describe('settings in a program', () => {
  before(async () => {
    const clients = {
      portal: { ...portal, psc: 'contada', clientSecret: { config: 'psc:segredo' } },
    }
    const manifest = { pscs: { contada: psc() }, clients }
    writeFileSync(join(folder, 'clients.yaml'), JSON.stringify(manifest))
    const newResource = ({ inputs }: pulumi.runtime.MockResourceArgs) => ({
      id: '',
      state: inputs as object,
    })
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'project', 'stack', true)
    proveHere(new AbortController().signal)
  })
  beforeEach(() => {
    process.chdir(folder)
  })
  afterEach(() => {
    process.chdir(program)
    pulumi.runtime.setAllConfig({})
  })

  for (const [config, remedy] of [...misspelt, ...unusable]) {
    it(`A program refuses ${JSON.stringify(config)} and sends no request`, async () => {
      pulumi.runtime.setAllConfig({ 'psc:segredo': 'not-a-secret', ...config })
      assert.throws(() => declareManifest(), refuses(remedy))
      await pulumi.runtime.disconnect()
      assert.equal(asked, 0)
    })
  }

  it('A key that only a later manifest names by { config } is not refused', async () => {
    for (const clientId of ['outra', 'terceira']) {
      const clientSecret = { config: `psc:${clientId}` }
      const clients = {
        [clientId]: { ...portal, psc: 'neoid', clientId, name: clientId, clientSecret },
      }
      writeFileSync(join(folder, `${clientId}.yaml`), JSON.stringify({ clients }))
    }
    pulumi.runtime.setAllConfig({
      'psc:segredo': 'not-a-secret',
      'psc:outra': 'not-a-secret',
      'psc:terceira': 'not-a-secret',
      'psc:baseUrls': JSON.stringify({ neoid: psc().baseUrl }),
    })
    new PscClient('antes', { ...portal, psc: psc(), clientSecret: { config: 'psc:segredo' } })
    declareManifest('outra.yaml')
    declareManifest('terceira.yaml')
    await pulumi.runtime.disconnect()
    assert.notEqual(asked, 0)
  })

  it('A program that declares manifests by name refuses what is nearly a setting', async () => {
    for (const key of ['psc:baseURL', 'psc:PREFLIGHT', 'psc:manifests', 'psc:timeout-second']) {
      pulumi.runtime.setAllConfig({ 'psc:segredo': 'not-a-secret', [key]: 'x' })
      assert.throws(() => declareManifest('clients.yaml'), refuses('config set'))
      assert.throws(() => new PscClient(key, { ...portal, psc: psc() }), refuses('config set'))
    }
    await pulumi.runtime.disconnect()
    assert.equal(asked, 0)
  })

  it('A program with right settings asks the PSC', async () => {
    pulumi.runtime.setAllConfig({ 'psc:segredo': 'not-a-secret', 'psc:timeoutSeconds': '5' })
    declareManifest()
    await pulumi.runtime.disconnect()
    assert.notEqual(asked, 0)
  })
})

function refuses(remedy: string) {
  return ({ message }: Error) => {
    assert.match(message, /\[ERR_PSC_CONFIGURATION\]$/)
    assert.ok(message.includes(remedy), message)
    return true
  }
}

describe('settings in a provider', () => {
  const refresh = async (config: Config) => {
    mock.method(console, 'warn', () => undefined)
    const provider = await openProvider('PscClient', config)
    return provider.read(portal.clientId, { ...portal, psc: psc() })
  }

  for (const [config, remedy] of unusable) {
    it(`A refresh refuses ${JSON.stringify(config)} and sends no request`, async () => {
      await assert.rejects(refresh(config), refuses(remedy))
      assert.equal(asked, 0)
    })
  }

  for (const config of right) {
    it(`A refresh accepts ${JSON.stringify(config)} and asks the PSC`, async () => {
      await refresh(config)
      assert.notEqual(asked, 0)
    })
  }

  it('A destroy succeeds with an unusable setting', async () => {
    mock.method(console, 'warn', () => undefined)
    const provider = await openProvider('PscClient', { 'psc:baseUrls': url })
    await provider.delete(portal.clientId, { ...portal, psc: psc() })
  })
})
