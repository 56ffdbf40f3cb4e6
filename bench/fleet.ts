import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { engineEnvironment } from '../scripts/engine/index.ts'
import { processorSeconds, watchPeakMemory } from './memory.ts'
import {
  type BenchClient,
  blockManifestOf,
  makeFolder,
  secret,
  secretVariable,
} from './workload.ts'

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
  const pscs = { neoid: { baseUrl } }
  writeFileSync(join(folder, 'clients.yaml'), blockManifestOf(clients, { pscs }))
  return folder
}

/**
 * Runs `pulumi-psc fleet` on these clients.
 *
 * @param options.folder default: a new fleet.
 * @param options.jobs the parts of the stacks, such as 1/2, each by a runner of its own, all at once. Default: one runner
 *   for all.
 */
export async function runFleet(
  operation: 'up' | 'preview',
  clients: readonly BenchClient[],
  baseUrl: string,
  {
    folder = makeFleet(clients, baseUrl),
    shards = Math.ceil(clients.length / clientsPerStack),
    jobs = [],
  }: {
    readonly folder?: string
    readonly shards?: number
    readonly jobs?: readonly string[]
  } = {},
): Promise<FleetCost> {
  const args = ['fleet', operation, '--shards', String(shards)]
  using memory = watchPeakMemory(folder)
  const [began, used] = [performance.now(), processorSeconds()]
  if (jobs.length === 0) await runCommand(folder, args)
  await Promise.all(jobs.map((job) => runCommand(folder, [...args, '--shard', job])))
  return {
    seconds: (performance.now() - began) / 1000,
    processorSeconds: processorSeconds() - used,
    peakMemory: memory.peak().all,
  }
}

async function runCommand(folder: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...engineEnvironment(),
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, 'state')).href,
      PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
      [secretVariable]: secret,
    },
  })
  const ended = new Promise((done) => child.on('close', done))
  const problems = await text(child.stderr)
  const code = await ended
  if (code === 0) return
  throw new Error(
    `pulumi-psc ${args.join(' ')} ended with ${String(code)}:\n${problems.slice(-2000)}`,
  )
}
