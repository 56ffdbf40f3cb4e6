import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pulumi, type Project } from '../scripts/pulumi.ts'
import { processorSeconds, watchPeakMemory } from './memory.ts'
import { filesOf, type ProgramName } from './programs.ts'
import {
  type BenchClient,
  makeFolder,
  manifestOf,
  secret,
  secretVariable,
  yamlProgramOf,
} from './workload.ts'

/** Holds the cost of a command. */
export interface Measured {
  readonly seconds: number
  /** Seconds of all processors together, child processes included; NaN if the system does not report them. */
  readonly processorSeconds: number
  /** Peak of the provider process in MiB; undefined if the system does not report it. */
  readonly peakMemory: number | undefined
}

/** Runs a program of the benchmark as a stack of the real engine, with its own file backend. */
export class BenchStack {
  readonly folder: string
  readonly #project: Project
  readonly #name: ProgramName

  constructor(name: ProgramName, baseUrl: string, env: Readonly<Record<string, string>> = {}) {
    this.folder = makeFolder(name)
    this.#project = {
      folder: this.folder,
      stack: 'bench',
      backend: join(this.folder, 'state'),
      env: { [secretVariable]: secret, ...env },
    }
    const runtime = { name: 'nodejs', options: { typescript: false } }
    const project = { name: 'psc', runtime, main: 'index.ts' }
    const config = { 'psc:baseUrls': { neoid: baseUrl } }
    this.#name = name
    this.#write('Pulumi.yaml', JSON.stringify(project))
    this.#write('Pulumi.bench.yaml', JSON.stringify({ config }))
    for (const [path, text] of Object.entries(filesOf(name, baseUrl))) this.#write(path, text)
  }

  declare(clients: readonly BenchClient[]): void {
    if (this.#name === 'plugin') this.#write('Pulumi.yaml', yamlProgramOf(clients))
    else this.#write('clients.yaml', manifestOf(clients))
  }

  async init(): Promise<void> {
    await this.measure('stack', 'init', '--no-select')
  }

  /** Runs a command of `pulumi` and waits for its end. */
  async measure(...args: readonly string[]): Promise<Measured> {
    using memory = watchPeakMemory(this.folder)
    const [began, used] = [performance.now(), processorSeconds()]
    const { code, output } = await pulumi(this.#project, args)
    const seconds = (performance.now() - began) / 1000
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')}:\n${output}`)
    return {
      seconds,
      processorSeconds: processorSeconds() - used,
      peakMemory: memory.peak().provider,
    }
  }

  /** Returns the size of the state on disk, in bytes. */
  stateBytes(): number {
    return statSync(join(this.folder, 'state', '.pulumi', 'stacks', 'psc', 'bench.json')).size
  }

  /** Counts the program's resources in the state. */
  resources(): number {
    const file = join(this.folder, 'state', '.pulumi', 'stacks', 'psc', 'bench.json')
    const state = JSON.parse(readFileSync(file, 'utf8')) as {
      checkpoint: { latest?: { resources?: { type: string }[] } }
    }
    const resources = state.checkpoint.latest?.resources ?? []
    return resources.filter(({ type }) => /^(pulumi-nodejs:dynamic|psc:)/.test(type)).length
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text)
  }
}
