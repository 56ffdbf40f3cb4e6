import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../scripts/engine/index.ts'
import { makeFolder } from './folders.ts'
import { watchPeakMemory } from './memory.ts'
import { type BenchClient, manifestOf, secret, secretVariable } from './workload.ts'

/** How many clients a stack of a fleet has at most, as `psc fleet` advises. */
export const clientsPerStack = 500

/** What a run of `psc fleet` cost, as a whole process. */
export interface FleetCost {
  readonly seconds: number
  /** Of all processors together, with everything that it started. */
  readonly processorSeconds: number
  /** The most that everything together had in memory at once, in MiB. */
  readonly peakMemory: number | undefined
}

/** A fleet in a folder and a file backend of its own. */
export function makeFleet(clients: readonly BenchClient[], baseUrl: string): string {
  const folder = makeFolder('fleet')
  mkdirSync(join(folder, 'state'))
  const runtime = { name: 'nodejs', options: { typescript: false } }
  writeFileSync(join(folder, 'Pulumi.yaml'), JSON.stringify({ name: 'psc', runtime }))
  const manifest = JSON.parse(manifestOf(clients)) as object
  const pscs = { neoid: { baseUrl } }
  writeFileSync(join(folder, 'clients.yaml'), JSON.stringify({ pscs, ...manifest }))
  return folder
}

/** Runs `psc fleet` on these clients, the first time unless it is given the folder of another run. */
export async function runFleet(
  operation: 'up' | 'preview',
  clients: readonly BenchClient[],
  baseUrl: string,
  {
    folder = makeFleet(clients, baseUrl),
    shards = Math.ceil(clients.length / clientsPerStack),
  }: { readonly folder?: string; readonly shards?: number } = {},
): Promise<FleetCost> {
  // The shell tells what its children, and all that they have waited for, took of the processors.
  const script = '"$0" "$@" >/dev/null || exit; times'
  const command = [resolve('dist/cli/main.js'), 'fleet', operation, '--shards', String(shards)]
  using memory = watchPeakMemory(folder)
  const began = performance.now()
  const child = spawn('bash', ['-c', script, process.execPath, ...command], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...engineEnvironment(),
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, 'state')).href,
      PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
      [secretVariable]: secret,
    },
  })
  const ended = new Promise((done) => child.on('close', done))
  const [times, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  const code = await ended
  const seconds = (performance.now() - began) / 1000
  if (code !== 0) {
    throw new Error(`psc fleet ${operation} ended with ${String(code)}:\n${said.slice(-2000)}`)
  }
  const ofChildren = times.trim().split('\n').at(-1) ?? ''
  const processorSeconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest))
    .reduce((sum, part) => sum + part, 0)
  return { seconds, processorSeconds, peakMemory: memory.peak().all }
}
