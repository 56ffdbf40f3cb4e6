// The programs that are compared.

/** Who is compared, and what shows where the engine's time goes. */
export type SubjectName = 'psc' | 'floor' | 'dynamic' | 'captured' | 'inputs' | 'bare'

/** Path → contents, beside clients.yaml. */
export type Files = Readonly<Record<string, string>>

/** This project: the root stack's program. */
const psc: Files = {
  'index.ts': `import { declareManifest } from 'pulumi-psc/manifest'

declareManifest()
`,
}

/** What every resource of this project is made of: the type's prefix, and what is left out of the SDK's notes. */
const door = new URL('../dist/provider/engine/dynamic-resource.js', import.meta.url).href

/**
 * The engine's floor: the same number of resources through this project's own door, the same inputs and outputs, and
 * verbs that do nothing. The line of provider code is as long as this project's, so that the engine has the same to
 * write.
 */
function floor(baseUrl: string): Files {
  const outputs = `{ ...inputs, endpoints: ${JSON.stringify(baseUrl)}, registered: 'as declared' }`
  return throughTheDoor('{ ...client, endpoints: undefined, registered: undefined }', outputs)
}

/** Resources that come through the same door as this project's, with verbs that do nothing. */
function throughTheDoor(inputs: string, outputs: string): Files {
  return {
    'floor-handler.js': `export const PscClient = () => ({
  check: async (olds, inputs) => ({ inputs, failures: [] }),
  diff: async (id, olds, news) => ({ changes: olds.comments !== news.comments }),
  create: async (inputs) => ({ id: inputs.clientId ?? 'client', outs: outs(inputs) }),
  update: async (id, olds, news) => ({ outs: outs(news) }),
  read: async (id, props) => ({ id, props }),
  delete: async () => {},
})
const outs = ({ __provider, ...inputs }) => (${outputs})
`,
    'index.ts': `import { readFileSync } from 'node:fs'
import { DynamicResource } from '${door}'

const code =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('./floor-handler.js').PscClient()"
const { clients } = JSON.parse(readFileSync('clients.yaml', 'utf8'))
for (const [key, client] of Object.entries(clients)) {
  const inputs = { ...${inputs}, __provider: code }
  new DynamicResource('PscClient', key, inputs)
}
`,
  }
}

/** The ordinary way, empty: a captured provider that does nothing, and no properties. */
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

/** The ordinary way with what a client has: its arguments as inputs, and again as outputs. */
const captured: Files = {
  'index.ts': `import { readFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'

class Client extends pulumi.dynamic.Resource {
  constructor(name, props) {
    const create = async (inputs) => ({ id: inputs.clientId, outs: inputs })
    super({ create }, name, props)
  }
}
const { clients } = JSON.parse(readFileSync('clients.yaml', 'utf8'))
for (const [key, client] of Object.entries(clients)) new Client(key, client)
`,
}

export function filesOf(name: SubjectName, baseUrl: string): Files {
  return {
    psc,
    floor: floor(baseUrl),
    dynamic,
    captured,
    inputs: throughTheDoor('client', '{}'),
    bare: throughTheDoor('{}', '{}'),
  }[name]
}
