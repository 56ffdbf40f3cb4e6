import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../scripts/engine.ts'
import { type BenchClient, manifestOf, secret, secretVariable } from './workload.ts'

/** How many clients a stack of a fleet has, as this project recommends. */
export const clientsPerStack = 250

/** Seconds of the first `psc fleet up` of these clients, as a whole process. */
export async function runFleetOnce(
  clients: readonly BenchClient[],
  baseUrl: string,
): Promise<number> {
  mkdirSync(join('.psc', 'bench'), { recursive: true })
  const folder = resolve(mkdtempSync(join('.psc', 'bench', 'fleet-')))
  const state = join(folder, 'state')
  mkdirSync(state)
  const runtime = { name: 'nodejs', options: { typescript: false } }
  writeFileSync(join(folder, 'Pulumi.yaml'), JSON.stringify({ name: 'psc', runtime }))
  const manifest = JSON.parse(manifestOf(clients)) as object
  const pscs = { neoid: { baseUrl } }
  writeFileSync(join(folder, 'clients.yaml'), JSON.stringify({ pscs, ...manifest }))
  const shards = String(Math.ceil(clients.length / clientsPerStack))
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [resolve('dist/cli/main.js'), 'fleet', 'up', '--shards', shards],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...engineEnvironment(),
        PULUMI_BACKEND_URL: pathToFileURL(state).href,
        PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
        [secretVariable]: secret,
      },
    },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
  const code = await new Promise((done) => child.on('close', done))
  const seconds = (performance.now() - began) / 1000
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0) throw new Error(`psc fleet up ended with ${String(code)}:\n${said}`)
  return seconds
}
