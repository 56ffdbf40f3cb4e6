import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Stack } from '../support/stack.ts'

const secrets = {
  environment: 'not-a-secret-by-environment',
  file: 'not-a-secret-by-file',
  configuration: 'not-a-secret-by-configuration',
  inline: 'not-a-secret-inline',
}
const token = 'not-a-token-that-anyone-may-read'
const hosts = ['portal.exemplo.gov.br']

/** A PSC whose tokens the test knows. */
const psc = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (text: string) => (body += text))
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    const granted = { access_token: token, token_type: 'Bearer', expires_in: 3600 }
    response.end(request.url?.endsWith('/client_token') ? JSON.stringify(granted) : body)
  })
})

let stack: Stack
/** What a user sees, and what the engine writes when it is asked for all it has, its plugins' words included. */
const printed = { console: '', log: '' }

before(async () => {
  const baseUrl = await listen(psc)
  stack = await Stack.create({
    files: {
      'index.ts': program,
      'clients.yaml': `clients:\n${['environment', 'file', 'configuration'].map(entry).join('')}`,
      'secret.txt': secrets.file,
    },
    config: { 'psc:baseUrls': { neoid: baseUrl } },
    env: { NAMED_SECRET: secrets.environment, INLINE_SECRET: secrets.inline },
  })
  await stack.succeed('config', 'set', '--secret', 'psc:named', secrets.configuration)
  printed.console += await stack.succeed('preview', '--diff')
  printed.log += await stack.succeed('up', '--yes', '--skip-preview', ...verbose)
  printed.log += await stack.succeed('refresh', '--yes', '--skip-preview', ...verbose)
  stack.write('clients.yaml', changed(stack))
  printed.console += await stack.succeed('up', '--yes', '--diff')
})

after(async () => {
  stack.remove()
  psc.close()
  await once(psc, 'close')
})

const verbose = ['-v=11', '--logtostderr', '--logflow']
const program = `import { PscClient } from 'pulumi-psc'
import { declareManifest } from 'pulumi-psc/manifest'
declareManifest()
new PscClient('inline', {
  psc: 'neoid', clientId: 'inline', clientSecret: process.env.INLINE_SECRET ?? '', name: 'Inline',
  comments: 'Um', email: 'suporte@exemplo.gov.br', redirectUris: ['https://portal.exemplo.gov.br/inline'],
  certificate: { hosts: ${JSON.stringify(hosts)} },
})
`

function entry(kind: string): string {
  const reference = { environment: '{ env: NAMED_SECRET }', file: '{ file: secret.txt }' }[kind]
  return `  ${kind}:
    psc: neoid
    clientId: ${kind}
    clientSecret: ${reference ?? '{ config: named }'}
    name: By ${kind}
    comments: Um
    email: suporte@exemplo.gov.br
    redirectUris: [https://portal.exemplo.gov.br/${kind}]
    certificate: { hosts: [${hosts.join()}] }
`
}

function changed({ folder }: Stack): string {
  return readFileSync(join(folder, 'clients.yaml'), 'utf8').replaceAll(
    'comments: Um',
    'comments: Dois',
  )
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The canaries that a text holds, plain or in an encoding that a log may use. */
function found(text: string): string[] {
  return Object.entries({ ...secrets, token })
    .filter(([, value]) =>
      ['utf8', 'base64', 'hex'].some((encoding) =>
        text.includes(Buffer.from(value).toString(encoding as BufferEncoding)),
      ),
    )
    .map(([name]) => name)
}

function* files(folder: string): Generator<string> {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(folder, path)).isFile()) yield path
  }
}

test('the console shows no secret and no token', () => {
  assert.match(printed.console, /comments *: "Um" => "Dois"/)
  assert.deepEqual(found(printed.console), [])
})

test('the most verbose log of the engine holds no secret that is kept by reference, and no token', () => {
  assert.match(printed.log, /RegisterResource RPC finished/)
  // The SDK logs the inputs that a program gives it, and the engine the stack's configuration.
  const exposed = ['inline', 'configuration']
  assert.deepEqual(
    found(printed.log).filter((name) => !exposed.includes(name)),
    [],
  )
})

test('the exported state keeps references as references, and an inline secret encrypted', async () => {
  const state = await stack.state()
  assert.deepEqual(found(JSON.stringify(state)), [])
  const kept = (id: string): unknown =>
    state.deployment.resources?.find((resource) => resource.id === id)?.outputs?.clientSecret
  assert.deepEqual(kept('environment'), { env: 'NAMED_SECRET' })
  assert.deepEqual(kept('file'), { file: 'secret.txt' })
  assert.deepEqual(kept('configuration'), { config: 'named' })
  assert.ok(Object.hasOwn(kept('inline') as object, 'ciphertext'))
})

test('nothing that was written beside the program holds a secret, except the file that is one', () => {
  const holding = [...files(stack.folder)].filter((path) => {
    return found(readFileSync(join(stack.folder, path), 'utf8')).length > 0
  })
  assert.deepEqual(holding, ['secret.txt'])
})
