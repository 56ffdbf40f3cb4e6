import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const cache = join('.psc', 'keycloak')

/** A real Keycloak with the realm of `motor-rce-realm.json`. */
export interface Keycloak {
  /** What `authBaseUrl` is. */
  readonly url: string
  /** Changes a client of the realm by the admin API, as a person in the console does. */
  change(clientId: string, fields: Readonly<Record<string, unknown>>): Promise<void>
  /** Adds a scope, which a client may ask for. */
  addScope(clientId: string, scope: string): Promise<void>
  stop(): Promise<void>
}

/** Starts a Keycloak on a free port of loopback, with its database in memory; installed on first use. */
export async function startKeycloak(version: string): Promise<Keycloak> {
  const home = join(cache, `keycloak-${version}`)
  if (!existsSync(home)) await install(version, home)
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
      // The names before version 26.
      KEYCLOAK_ADMIN: admin.username,
      KEYCLOAK_ADMIN_PASSWORD: admin.password,
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
  return { url, ...administer(url), stop: () => stop(server) }
}

const admin = { username: 'admin', password: 'not-a-secret-admin' }

/** Makes the changes of the realm that the tests need, by the admin API. */
function administer(url: string): Pick<Keycloak, 'change' | 'addScope'> {
  const ask = async (path: string, options: RequestInit): Promise<Response> => {
    const response = await fetch(url + path, options)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response
  }
  const request = async (method: string, path: string, body?: object): Promise<Response> => {
    const grant = { grant_type: 'password', client_id: 'admin-cli', ...admin }
    const token = await ask('/realms/master/protocol/openid-connect/token', {
      method: 'POST',
      body: new URLSearchParams(grant),
    })
    const { access_token } = (await token.json()) as { access_token: string }
    return ask(`/admin/realms/motor-rce/${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  }
  const find = async (clientId: string): Promise<{ readonly id: string }> => {
    const found = await request('GET', `clients?clientId=${clientId}`)
    const [client] = (await found.json()) as [{ readonly id: string }]
    return client
  }
  return {
    async change(clientId, fields) {
      const client = await find(clientId)
      await request('PUT', `clients/${client.id}`, { ...client, ...fields })
    },
    async addScope(clientId, name) {
      const attributes = { 'include.in.token.scope': 'true' }
      const scope = { name, protocol: 'openid-connect', attributes }
      const { headers } = await request('POST', 'client-scopes', scope)
      const id = headers.get('location')?.split('/').at(-1) ?? ''
      const client = await find(clientId)
      await request('PUT', `clients/${client.id}/optional-client-scopes/${id}`)
    },
  }
}

/** From Maven Central, or from the repository that the machine's own settings name. */
async function install(version: string, home: string): Promise<void> {
  const unpacked = join(cache, `unpacked-${version}`)
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
