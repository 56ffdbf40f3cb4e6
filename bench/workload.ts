// The clients of the benchmark, the same for every program.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'

/** The inputs of a client. */
export interface BenchClient {
  readonly psc: 'neoid'
  readonly clientId: string
  readonly clientSecret: { readonly env: string }
  readonly name: string
  readonly comments: string
  readonly email: string
  readonly redirectUris: readonly string[]
  readonly certificate: { readonly hosts: readonly string[] }
}

export const secret = 'not-a-secret-bench'
export const secretVariable = 'PORTAL_SECRET'

const hosts = ['www.aplicacao-exemplo.com']

/** Makes clients with two redirect URIs each, as long as those of the API document's example. */
export function clientsOf(count: number): BenchClient[] {
  return Array.from({ length: count }, (_, index) => ({
    psc: 'neoid',
    clientId: `64e587fa-4f30-487d-96f0-${String(index).padStart(12, '0')}`,
    clientSecret: { env: secretVariable },
    name: `Nome da Aplicação ${index}`,
    comments: 'Descrição da Aplicação',
    email: 'suporte@aplicacao-exemplo.com',
    redirectUris: [
      'https://www.aplicacao-exemplo.com/callback/certificado_nuvem',
      'https://www.aplicacao-exemplo.com/outro-callback',
    ],
    certificate: { hosts },
  }))
}

/** Copies the clients and changes the description of the first. */
export function withOneChange(clients: readonly BenchClient[]): BenchClient[] {
  return clients.map((client, index) =>
    index === 0 ? { ...client, comments: 'Outra descrição' } : client,
  )
}

/** Writes a manifest in JSON, which is YAML: the floor's program reads it with `JSON.parse`. */
export function manifestOf(clients: readonly BenchClient[]): string {
  const entries = clients.map((client, index) => [`client-${index}`, client] as const)
  return JSON.stringify({ clients: Object.fromEntries(entries) })
}

/** Writes the same clients as a program in YAML, whose resources are the plugin's. */
export function yamlProgramOf(clients: readonly BenchClient[]): string {
  const resources = clients.map((properties, index) => [
    `client-${index}`,
    { type: 'psc:index:Client', properties },
  ])
  const plugins = { providers: [{ name: 'psc', path: resolve('node_modules', '.bin') }] }
  return JSON.stringify({
    name: 'psc',
    runtime: 'yaml',
    plugins,
    resources: Object.fromEntries(resources) as unknown,
  })
}

/**
 * Writes a manifest in block style, as people do. It may have a million characters; JSON has twice as many.
 *
 * @param rest other sections.
 */
export function blockManifestOf(clients: readonly BenchClient[], rest: object = {}): string {
  const manifest = JSON.parse(manifestOf(clients)) as object
  return stringify({ ...rest, ...manifest }, { lineWidth: 0 })
}

export function emulatorConfigOf(clients: readonly BenchClient[]): string {
  const registered = clients.map(({ clientId, name }) => ({
    clientId,
    clientSecret: secret,
    name,
    certificate: { hosts },
  }))
  return JSON.stringify({ pscs: { neoid: { clients: registered } } })
}

const made = new Set<string>()

/** Makes a folder inside the repository, so that its programs find `pulumi-psc`. */
export function makeFolder(name: string): string {
  const parent = join('.psc', 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = resolve(mkdtempSync(join(parent, `${name}-`)))
  made.add(folder)
  return folder
}

/** Removes the folders of this run only. */
export function removeFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
  made.clear()
}
