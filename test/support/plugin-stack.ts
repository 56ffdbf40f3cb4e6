// Stacks whose resources are those of the plugin, from a program in YAML or one without an SDK in Node.js.
import { resolve } from 'node:path'
import { stringify } from 'yaml'
import { portal } from './fixture.ts'

/** A resource of a program: its type and its inputs, with the options of the engine beside them. */
export interface Declared {
  readonly type?: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly options?: Readonly<Record<string, unknown>>
}

export type Program = Readonly<Record<string, Declared>>

/** Where the engine finds the plugin: the executable of the package. */
export const plugins = { providers: [{ name: 'psc', path: resolve('node_modules', '.bin') }] }

/** A client that differs from the example of the NeoID document in this. */
export function client(change: Readonly<Record<string, unknown>> = {}, options = {}): Declared {
  const properties = { ...portal, clientSecret: { env: 'PORTAL_SECRET' }, ...change }
  return { properties, ...(Object.keys(options).length > 0 && { options }) }
}

/** Pulumi.yaml of a program in YAML. */
export function yamlProgram(
  resources: Program,
  rest: Readonly<Record<string, unknown>> = {},
): string {
  const typed = Object.entries(resources).map(([name, { type = 'psc:index:Client', ...one }]) => [
    name,
    { type, ...one },
  ])
  const project = {
    name: 'psc',
    runtime: 'yaml',
    plugins,
    resources: Object.fromEntries(typed) as unknown,
    ...rest,
  }
  // The YAML host knows no aliases.
  return stringify(project, { aliasDuplicateObjects: false })
}

/** Reads the resources that a run shows codes of at its end. The codes under the stack have an empty name. */
export function diagnosticsOf(output: string): Map<string, string[]> {
  const [, shown = ''] = output.split(/^Diagnostics:$/m)
  const found = new Map<string, string[]>()
  for (const block of shown.split(/^ {2}(?=\S+ \()/m).slice(1)) {
    const [, type = '', name = ''] = /^(\S+) \((.*)\):/.exec(block) ?? []
    const codes = Array.from(block.matchAll(/\[([A-Z_]+)\]$/gm), ([, code = '']) => code)
    if (codes.length > 0) found.set(type === 'pulumi:pulumi:Stack' ? '' : name, codes)
  }
  return found
}

/** A program in TypeScript that declares the resources of a JSON file, without a generated SDK. */
export const nodeProgram = `import { readFileSync } from 'node:fs'
import * as pulumi from '@pulumi/pulumi'

class Client extends pulumi.CustomResource {}

const program = JSON.parse(readFileSync('program.json', 'utf8'))
for (const [name, { type, properties, options }] of Object.entries(program))
  new Client(type ?? 'psc:index:Client', name, { ...properties, baseUrl: undefined }, options)
`
