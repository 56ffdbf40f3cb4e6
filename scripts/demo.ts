// The project of `npm start`: a copy of the example that it can edit.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Project } from './pulumi.ts'

const example = join('examples', 'manifest')
const folder = join('.psc', 'demo')
const manifest = join(folder, 'clients.yaml')

interface Clients {
  readonly clients: Record<string, { clientId: string; clientSecret: { env: string } }>
}
interface Registered {
  readonly pscs: Record<string, { clients: { clientId: string; clientSecret: string }[] }>
}

/** The emulator's configuration for the example. */
export const emulatorConfig = join(example, 'emulator.yaml')

/** Makes the project, and removes that of an earlier run. */
export function createDemo(baseUrls: Readonly<Record<string, string>>): Project {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(example, folder, { recursive: true })
  const root = readFileSync('Pulumi.yaml', 'utf8')
  writeFileSync(join(folder, 'Pulumi.yaml'), root.replace(/^main: .*$/m, 'main: index.ts'))
  const config = JSON.stringify({ config: { 'psc:baseUrls': baseUrls } })
  writeFileSync(join(folder, 'Pulumi.demo.yaml'), config)
  return { folder, stack: 'demo', backend: join(folder, 'state'), env: secrets() }
}

/** Replaces a string in the project's manifest. */
export function editManifest(from: string, to: string): void {
  const text = readFileSync(manifest, 'utf8')
  if (!text.includes(from)) throw new Error(`${manifest} has no ${from}`)
  writeFileSync(manifest, text.replace(from, to))
}

/** Reads the clients' environment variables from the manifest, and their secrets from the emulator's configuration. */
function secrets(): Record<string, string> {
  const { clients } = parse(readFileSync(join(example, 'clients.yaml'), 'utf8')) as Clients
  const { pscs } = parse(readFileSync(emulatorConfig, 'utf8')) as Registered
  const registered = Object.values(pscs).flatMap((psc) => psc.clients)
  return Object.fromEntries(
    Object.values(clients).map(({ clientId, clientSecret }) => [
      clientSecret.env,
      registered.find((client) => client.clientId === clientId)?.clientSecret ?? '',
    ]),
  )
}
