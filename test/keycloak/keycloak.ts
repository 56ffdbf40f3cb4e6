import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const version = '26.4.0'
const cache = join('.psc', 'keycloak')
const home = join(cache, `keycloak-${version}`)

/** A real Keycloak with the realm of `motor-rce-realm.json`. */
export interface Keycloak {
  /** What `authBaseUrl` is. */
  readonly url: string
  /** Changes a client of the realm by the admin API, as a person in the console does. */
  change(clientId: string, fields: Readonly<Record<string, unknown>>): Promise<void>
  stop(): Promise<void>
}

/** Starts Keycloak on a free port of loopback, with its database in memory; installed on first use. */
export async function startKeycloak(): Promise<Keycloak> {
  if (!existsSync(home)) await install()
  const imported = join(home, 'data', 'import')
  mkdirSync(imported, { recursive: true })
  copyFileSync('test/keycloak/motor-rce-realm.json', join(imported, 'motor-rce-realm.json'))
  const port = await freePort()
  const args = ['start-dev', '--import-realm', '--db=dev-mem', '--http-host=127.0.0.1']
  // A process group of its own: kc.sh leaves the server to a process that it starts.
  const server = spawn(join(home, 'bin', 'kc.sh'), [...args, `--http-port=${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
      JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx768m',
      // It lives for a minute: compiling less costs less than it saves.
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    },
    detached: true,
  })
  // It is no child of the terminal's process group: it ends with the tests, however they end.
  process.once('exit', () => {
    kill(server)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  try {
    await listening(server)
  } catch (error) {
    await stop(server)
    throw error
  }
  const url = `http://127.0.0.1:${port}`
  return { url, change: (...args) => changeClient(url, ...args), stop: () => stop(server) }
}

const admin = { username: 'admin', password: 'not-a-secret-admin' }

async function changeClient(
  url: string,
  clientId: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const ask = async (path: string, options: RequestInit): Promise<unknown> => {
    const response = await fetch(url + path, options)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.status === 204 ? undefined : response.json()
  }
  const grant = { grant_type: 'password', client_id: 'admin-cli', ...admin }
  const { access_token: token } = (await ask('/realms/master/protocol/openid-connect/token', {
    method: 'POST',
    body: new URLSearchParams(grant),
  })) as { access_token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const clients = '/admin/realms/motor-rce/clients'
  const found = await ask(`${clients}?clientId=${clientId}`, { headers })
  const [client] = found as [{ readonly id: string }]
  const body = JSON.stringify({ ...client, ...fields })
  await ask(`${clients}/${client.id}`, { method: 'PUT', headers, body })
}

/** From Maven Central, or from the repository that the machine's own settings name. */
async function install(): Promise<void> {
  const unpacked = join(cache, 'unpacked')
  rmSync(unpacked, { recursive: true, force: true })
  mkdirSync(unpacked, { recursive: true })
  const maven = spawn(
    'mvn',
    [
      '--batch-mode',
      '--quiet',
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack',
      `-Dartifact=org.keycloak:keycloak-quarkus-dist:${version}:zip`,
      `-DoutputDirectory=${join(process.cwd(), unpacked)}`,
    ],
    // Outside the repository there is no pom.xml to look for.
    { stdio: ['ignore', 'inherit', 'inherit'], cwd: unpacked },
  )
  const [code] = (await once(maven, 'close')) as [number | null]
  if (code !== 0)
    throw new Error(`mvn could not fetch Keycloak ${version} (exit code ${String(code)})`)
  chmodSync(join(unpacked, `keycloak-${version}`, 'bin', 'kc.sh'), 0o755)
  // Last, so that what is there is whole.
  renameSync(join(unpacked, `keycloak-${version}`), home)
  rmSync(unpacked, { recursive: true })
}

/** Resolves when Keycloak says that it listens; rejects with what it said when it ends before. */
function listening(server: ChildProcess): Promise<void> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    if (!server.stdout) throw new Error('there is no output to read')
    createInterface(server.stdout).on('line', (line) => {
      said.push(line)
      if (line.includes('Listening on:')) resolve()
    })
    server.on('error', reject)
    server.on('close', () => {
      reject(new Error(`Keycloak has ended:\n${said.slice(-20).join('\n')}`))
    })
  })
}

async function stop(server: ChildProcess): Promise<void> {
  const closed = once(server, 'close')
  if (kill(server)) await closed
}

/** The whole group, at once: there is nothing to save. Tells whether there was something to end. */
function kill({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false
  process.kill(-pid, 'SIGKILL')
  return true
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
