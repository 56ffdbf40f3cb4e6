import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../scripts/engine/index.ts'
import { watchPeakMemory } from './memory.ts'
import { type BenchClient, manifestOf, secret, secretVariable, makeFolder } from './workload.ts'

/** The number of clients that `pulumi-psc fleet` advises for a stack. */
export const clientsPerStack = 500

/** Holds the cost of a run of `pulumi-psc fleet` with all its processes. */
export interface FleetCost {
  readonly seconds: number
  /** Seconds of all processors together, child processes included. */
  readonly processorSeconds: number
  /** Peak of the memory of all processes together, in MiB. */
  readonly peakMemory: number | undefined
}

/** Makes a fleet with its own folder and file backend. */
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

/** Runs `pulumi-psc fleet` on these clients. Default for `folder`: a new fleet. */
export async function runFleet(
  operation: 'up' | 'preview',
  clients: readonly BenchClient[],
  baseUrl: string,
  {
    folder = makeFleet(clients, baseUrl),
    shards = Math.ceil(clients.length / clientsPerStack),
  }: { readonly folder?: string; readonly shards?: number } = {},
): Promise<FleetCost> {
  // The shell reports the processor time of its children and of the processes that they waited for.
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
  const [times, problems] = await Promise.all([text(child.stdout), text(child.stderr)])
  const code = await ended
  const seconds = (performance.now() - began) / 1000
  if (code !== 0) {
    throw new Error(
      `pulumi-psc fleet ${operation} ended with ${String(code)}:\n${problems.slice(-2000)}`,
    )
  }
  const ofChildren = times.trim().split('\n').at(-1) ?? ''
  const processorSeconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest))
    .reduce((sum, part) => sum + part, 0)
  return { seconds, processorSeconds, peakMemory: memory.peak().all }
}
