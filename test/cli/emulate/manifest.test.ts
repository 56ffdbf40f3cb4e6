import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { emulate, type EmulateOptions } from '../../../cli/emulate/emulate.ts'
import { ask, postForm } from '../../emulator/support.ts'
import { manifestOf, soundEntry } from '../../manifest/support.ts'
import { folderWith, psc } from '../psc.ts'

interface Running {
  /** The lines so far: what runs, and each request. */
  readonly lines: readonly string[]
  /** The base URLs of the only environment, as the block for the stack's file has them. */
  readonly baseUrls: Readonly<Record<string, string>>
}

/** Runs the command until `use` ends. */
async function emulating(
  options: EmulateOptions,
  use: (running: Running) => Promise<void>,
): Promise<void> {
  const lines: string[] = []
  const stop = new AbortController()
  const ready = Promise.withResolvers<unknown>()
  const onLine = (line: string): void => {
    lines.push(line)
    if (line.includes('Ctrl-C')) ready.resolve(undefined)
  }
  const running = emulate({ port: 0, ...options, signal: stop.signal, onLine })
  await Promise.race([ready.promise, running])
  try {
    await use({ lines, baseUrls: blockIn(lines) })
  } finally {
    stop.abort()
    await running
  }
}

function blockIn(lines: readonly string[]): Record<string, string> {
  const start = lines.indexOf('  config:')
  const block = lines.slice(start, lines.indexOf('', start)).join('\n')
  const { config } = parse(block) as { config: { 'psc:baseUrls': Record<string, string> } }
  return config['psc:baseUrls']
}

async function tokenStatus(
  baseUrl: string | undefined,
  client_id: string,
  client_secret: string,
): Promise<number> {
  const fields = { grant_type: 'client_credentials', client_id, client_secret }
  return (await postForm(`${baseUrl ?? ''}/client_token`, fields)).status
}

async function withVariable(name: string, value: string, use: () => Promise<void>): Promise<void> {
  process.env[name] = value
  try {
    await use()
  } finally {
    Reflect.deleteProperty(process.env, name)
  }
}

const { clientId } = soundEntry

const manifest = (changes: Readonly<Record<string, string>> = {}, more = '') =>
  `${folderWith({ 'clients.yaml': manifestOf(changes) + more })}/clients.yaml`

describe('psc emulate with manifests', () => {
  test('Emulate serves the clients of a manifest as declared', () =>
    emulating({ files: [manifest()] }, async ({ lines, baseUrls }) => {
      const { origin } = new URL(baseUrls.neoid ?? '')
      const { body } = await ask(`${origin}/_emulator/state`)
      const { neoid } = (body as { pscs: { neoid: unknown } }).pscs
      assert.deepEqual(neoid, {
        clients: [
          {
            clientId,
            name: 'Portal do Cidadão',
            comments: 'Assinatura de requerimentos',
            email: 'suporte@exemplo.gov.br',
            redirectUris: ['https://portal.exemplo.gov.br/callback'],
            certificate: { hosts: ['portal.exemplo.gov.br'] },
            revision: 0,
          },
        ],
      })
      const set = `npx pulumi config set --path 'psc:baseUrls.neoid' ${baseUrls.neoid ?? ''}`
      assert.ok(lines.includes(`  ${set}`), lines.join('\n'))
    }))

  test('Emulate takes a stand-in for each secret that is not available, and prints it', () => {
    const more = manifestOf({ clientId: 'b', name: 'B', clientSecret: '{ file: no such/b }' })
      .replace('clients:\n', '')
      .replace('portal:', 'b:')
      .concat(
        manifestOf({ clientId: 'c', name: 'C', clientSecret: '{ config: c.d }' })
          .replace('clients:\n', '')
          .replace('portal:', 'c:'),
      )
    return emulating({ files: [manifest({}, more)] }, async ({ lines, baseUrls }) => {
      const told = lines.join('\n')
      assert.match(told, /^ {2}export PORTAL_SECRET=not-a-secret-portal-secret$/m)
      assert.match(told, /^ {2}printf %s (not-a-secret-\S+no-such-b) > '.*no such\/b'$/m)
      assert.match(told, /^ {2}npx pulumi config set --secret --path c\.d not-a-secret-c-d$/m)
      const [, ofFile = ''] = /printf %s (\S+)/.exec(told) ?? []
      for (const [id, secret] of [
        [clientId, 'not-a-secret-portal-secret'],
        ['b', ofFile],
        ['c', 'not-a-secret-c-d'],
      ] as const) {
        assert.equal(await tokenStatus(baseUrls.neoid, id, secret), 200, id)
      }
    })
  })

  test('Emulate takes a secret that is set, and never prints it', () =>
    withVariable('PORTAL_SECRET', 'the-one-that-is-set', () =>
      emulating({ files: [manifest()] }, async ({ lines, baseUrls }) => {
        assert.equal(await tokenStatus(baseUrls.neoid, clientId, 'the-one-that-is-set'), 200)
        assert.equal(await tokenStatus(baseUrls.neoid, clientId, 'not-a-secret-portal-secret'), 401)
        assert.doesNotMatch(lines.join('\n'), /the-one-that-is-set|stand-in/)
      }),
    ))

  test('Emulate registers the previous secret while a client rotates', () => {
    const file = manifest({
      psc: 'vidaas',
      clientSecret: '{ env: PSC_TEST_NEW }',
      previousClientSecret: '{ env: PSC_TEST_OLD }',
    })
    return emulating({ files: [file] }, async ({ baseUrls }) => {
      assert.equal(await tokenStatus(baseUrls.vidaas, clientId, 'not-a-secret-psc-test-old'), 200)
    })
  })

  test('Emulate plays a profile of the manifest by its own values', () => {
    const profile = `pscs:
  my.psc: { extends: safeid, baseUrl: https://psc.exemplo.com.br, clientAuthentication: basic, maintenance: true }
`
    const file = manifest({ psc: 'my.psc' }, profile)
    return emulating({ files: [file] }, async ({ lines, baseUrls }) => {
      const url = baseUrls['my.psc'] ?? ''
      assert.equal(await tokenStatus(url, clientId, 'not-a-secret-portal-secret'), 401)
      assert.equal((await ask(`${url}/client_maintenance`, { method: 'PUT' })).status, 415)
      assert.ok(lines.some((line) => line.includes(`'psc:baseUrls["my.psc"]' ${url}`)))
    })
  })

  test('Emulate serves the credentials too, and names those that it does not play', () => {
    const credentials = `credentials:
  a: { issuer: neoid, clientId: a, clientSecret: { env: PSC_TEST_A } }
  rce: { issuer: motor-rce, authBaseUrl: https://rce.exemplo.com.br, clientId: r, clientSecret: { env: PSC_TEST_R } }
  other: { issuer: https://idp.exemplo.com.br/token, clientId: o, clientSecret: { env: PSC_TEST_O } }
`
    return emulating({ files: [manifest({}, credentials)] }, async ({ lines, baseUrls }) => {
      assert.equal(await tokenStatus(baseUrls.neoid, 'a', 'not-a-secret-psc-test-a'), 200)
      const told = lines.join('\n')
      const [, url = ''] = /authBaseUrl: (\S+)/.exec(told) ?? []
      const token = `${url}/realms/motor-rce/protocol/openid-connect/token`
      const fields = { grant_type: 'client_credentials', client_id: 'r' }
      const client_secret = 'not-a-secret-psc-test-r'
      assert.equal((await postForm(token, { ...fields, client_secret })).status, 200)
      assert.match(told, /does not play the issuer of the credential other/)
    })
  })

  test('Emulate gives each PSC of each manifest a port of its own, and says whose a request is', async () => {
    const one = manifest()
    const two = manifest({ psc: 'serproid' })
    await emulating({ files: [one, two] }, async ({ lines }) => {
      const pages = /clients and requests: (.*) · Ctrl-C stops/.exec(lines.at(-1) ?? '')?.[1] ?? ''
      const urls = pages.split(' ')
      assert.equal(new Set(urls).size, 2)
      const [first = ''] = urls
      const { status, text } = await ask(first)
      assert.equal(status, 200)
      assert.ok(text.includes(`<a href="${urls[1] ?? ''}">`), text)
      await postForm(`${first}psc/v0/oauth/client_token`, {})
      assert.equal(lines.at(-1), `${one}: POST /psc/v0/oauth/client_token 412 (neoid)`)
    })
  })

  test('Emulate reports every problem of a manifest', async () => {
    const file = manifest({ email: 'nobody', redirectUris: '[http://portal.exemplo.gov.br/]' })
    await assert.rejects(emulate({ files: [file] }), {
      code: 'ERR_PSC_MANIFEST',
      message: /CONTATO_EMAIL_INVALIDO[^]*URI_HTTPS_OBRIGATORIO/,
    })
  })

  test('Emulate --stack plays the manifests of stacks with their entries', async () => {
    const stack = (manifest: string) => JSON.stringify({ config: { 'psc:manifest': manifest } })
    const ofStack = (name: string) => `    stack: ${name}\n`
    const cwd = folderWith({
      'Pulumi.yaml': JSON.stringify({ name: 'portal', runtime: 'nodejs' }),
      'Pulumi.dev.yaml': stack('all.yaml'),
      'Pulumi.prod.yaml': stack('all.yaml'),
      'all.yaml':
        manifestOf() +
        ofStack('dev') +
        manifestOf({ clientId: 'b', psc: 'serproid' })
          .replace('clients:\n', '')
          .replace('portal:', 'b:') +
        ofStack('prod'),
    })
    const before = process.cwd()
    process.chdir(cwd)
    try {
      await emulating({ stacks: ['dev', 'prod'] }, ({ lines }) => {
        const told = lines.join('\n')
        assert.match(told, /^dev:\n {2}neoid +http:\S+ +1 client\n/)
        assert.match(told, /^prod:\n {2}serproid +http:\S+ +1 client$/m)
        assert.match(told, /config set --stack prod --path 'psc:baseUrls\.serproid'/)
        assert.match(told, /^The same as a part of Pulumi\.prod\.yaml:$/m)
        return Promise.resolve()
      })
    } finally {
      process.chdir(before)
    }
  })

  test('Emulate refuses a configuration of the emulator beside a manifest', async () => {
    const cwd = folderWith({ 'emulator.yaml': 'pscs: {}', 'clients.yaml': manifestOf() })
    const { code, stderr } = await psc(['emulate', 'clients.yaml', 'emulator.yaml'], { cwd })
    assert.match(stderr, /emulator\.yaml is not a manifest\. .*\[ERR_PSC_USAGE\]/)
    assert.equal(code, 2)
  })
})
