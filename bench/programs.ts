// The programs that the benchmark compares.

/** The compared programs. */
export const programNames = ['psc', 'plugin', 'floor', 'requests', 'dynamic'] as const
export type ProgramName = (typeof programNames)[number]

/** Files beside clients.yaml: path → contents. */
export type Files = Readonly<Record<string, string>>

/** The program of the root stack. */
const psc: Files = {
  'index.ts': `import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
`,
}

/** The base class of this project's resources. */
const baseClass = new URL('../dist/provider/engine/dynamic-resource.js', import.meta.url).href

/** The verbs' requests with undici and nothing else: a token for a read, a token and a PUT for a write. */
const requests = (baseUrl: string) => `
let dispatcher
const send = async (method, path, headers, body) => {
  const undici = await import('undici')
  dispatcher ??= new undici.Agent({ connections: 8 })
  const url = '${baseUrl}/' + path
  const { statusCode, body: answer } = await undici.request(url, { method, headers, body, dispatcher })
  const value = await answer.json()
  if (statusCode !== 200) throw new Error(String(statusCode))
  return value
}
const token = (client) =>
  send(
    'POST',
    'client_token',
    { 'content-type': 'application/x-www-form-urlencoded' },
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: process.env[client.clientSecret.env],
    }).toString(),
  )
const put = async ({ clientId, name, comments, email, redirectUris }, { access_token }) =>
  send(
    'PUT',
    'client_maintenance',
    { 'content-type': 'application/json', authorization: 'Bearer ' + access_token },
    JSON.stringify({ client_id: clientId, name, comments, email, redirect_uris: redirectUris }),
  )
const read = token
const write = async (client) => put(client, await token(client))
`

const noRequests = `
const read = async () => {}
const write = async () => {}
`

/**
 * Builds the engine's floor: resources of the same class, with the same inputs and outputs, and verbs that do nothing else
 * than the given `read` and `write`. The line of provider code is as long as this project's, so that the engine writes as
 * much.
 */
function floor(baseUrl: string, sent: string): Files {
  return {
    'floor-handler.js': `${sent}
export const PscClient = () => ({
  check: async (olds, inputs) => ({ inputs, failures: [] }),
  diff: async (id, olds, news) => ({ changes: olds.comments !== news.comments }),
  create: async (inputs) => (await write(inputs), { id: inputs.clientId, outs: outs(inputs) }),
  update: async (id, olds, news) => (await write(news), { outs: outs(news) }),
  read: async (id, props) => (await read(props), { id, props }),
  delete: async () => {},
})
const outs = ({ __provider, ...inputs }) => (
  { ...inputs, endpoints: ${JSON.stringify(baseUrl)}, registered: 'as declared' }
)
`,
    'index.ts': `import { readFileSync } from 'node:fs'
import { DynamicResource } from '${baseClass}'

const code =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('./floor-handler.js').PscClient()"
const { clients } = JSON.parse(readFileSync('clients.yaml', 'utf8'))
for (const [key, client] of Object.entries(clients)) {
  const outputs = { endpoints: undefined, registered: undefined }
  new DynamicResource('PscClient', key, { ...client, ...outputs, __provider: code })
}
`,
  }
}

/** The usual way to write a provider, which captures its code; here with verbs that do nothing and no properties. */
const dynamic: Files = {
  'index.ts': `import { readFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'

class Empty extends pulumi.dynamic.Resource {
  constructor(name) {
    super({ create: async () => ({ id: name, outs: {} }) }, name, {})
  }
}
const { clients } = JSON.parse(readFileSync('clients.yaml', 'utf8'))
for (const key of Object.keys(clients)) new Empty(key)
`,
}

/** Returns the files of a program. */
export function filesOf(name: ProgramName, baseUrl: string): Files {
  return {
    psc,
    // Its program is the project's file.
    plugin: {},
    floor: floor(baseUrl, noRequests),
    requests: floor(baseUrl, requests(baseUrl)),
    dynamic,
  }[name]
}
