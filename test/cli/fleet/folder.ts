import { type ChildProcess, spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Counts, FleetProblem, FleetWarning } from '../../../cli/fleet/outcomes.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../emulator/index.ts'
import { engineEnvironment, engineFolder } from '../../../scripts/engine/index.ts'
import { pulumi } from '../../../scripts/pulumi.ts'
import { quickStart } from '../../support/quick-start.ts'
import { emulatorOf, type FleetClient, manifestOf, secret } from './manifest.ts'

/** What `psc fleet … --json` prints. */
export interface FleetReport {
  readonly summary: Counts & { readonly notReached: number }
  readonly stacks: readonly (Counts & {
    readonly stack: string
    readonly outcome: string
    readonly problems: readonly FleetProblem[]
    readonly warnings: readonly FleetWarning[]
  })[]
}

export interface FleetRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface FleetFolderOptions {
  /** Default: a file backend in the folder. */
  readonly backend?: string
  /** For runs that are killed: without the small file beside each state that the engine does not write at one stroke. */
  readonly isKilled?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** A project of a fleet, in a folder of its own inside the repository so that `pulumi-psc` is found. */
export class FleetFolder {
  readonly path: string
  readonly #backend: string
  readonly #env: NodeJS.ProcessEnv

  constructor(options: FleetFolderOptions = {}) {
    const parent = join('.psc', 'test')
    mkdirSync(parent, { recursive: true })
    this.path = resolve(mkdtempSync(join(parent, 'fleet-')))
    const state = join(this.path, 'state')
    mkdirSync(state)
    // Each command of the engine reads the logs of all earlier ones in its home.
    const home = join(this.path, 'home')
    mkdirSync(home)
    symlinkSync(resolve(engineFolder(), '..', '..'), join(home, 'versions'), 'junction')
    const query = options.isKilled === true ? '?metadata=skip' : ''
    this.#backend = options.backend ?? `${pathToFileURL(state).href}${query}`
    const inherited = Object.entries(engineEnvironment()).filter(
      ([name]) => !name.startsWith('PULUMI_'),
    )
    this.#env = {
      ...Object.fromEntries(inherited),
      PULUMI_BACKEND_URL: this.#backend,
      PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_HOME: home,
      PULUMI_PSC_HOME: join(this.path, 'psc'),
      ...quickStart,
      NO_COLOR: '1',
      ...options.env,
    }
    const runtime = { name: 'nodejs', options: { typescript: false } }
    this.write('Pulumi.yaml', JSON.stringify({ name: 'psc', runtime }))
  }

  write(path: string, text: string): void {
    const file = join(this.path, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  /** Starts `psc fleet`, in a process group of its own, as a shell would. */
  start(...args: string[]): { readonly process: ChildProcess; readonly ended: Promise<FleetRun> } {
    const child = spawn(process.execPath, [resolve('cli', 'main.ts'), 'fleet', ...args], {
      cwd: this.path,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = new Promise<FleetRun>((done, fail) => {
      child.on('error', fail)
      child.on('close', (code) => {
        done({ code: code ?? -1, stdout, stderr })
      })
    })
    return { process: child, ended }
  }

  run(...args: string[]): Promise<FleetRun> {
    return this.start(...args).ended
  }

  /** Runs `psc fleet … --json` and answers what it printed. */
  async report(...args: string[]): Promise<FleetReport & { readonly code: number }> {
    const { code, stdout, stderr } = await this.run(...args, '--json')
    if (!stdout.startsWith('{')) throw new Error(`no report (exit code ${code}): ${stderr}`)
    return { ...(JSON.parse(stdout) as FleetReport), code }
  }

  /** Runs `pulumi` on one of the stacks. */
  async pulumi(stack: string, ...args: string[]): Promise<string> {
    const { PULUMI_BACKEND_URL = '', ...rest } = this.#env
    const env = { ...rest, PULUMI_BACKEND_URL } as Record<string, string>
    const project = { folder: this.path, stack, backend: join(this.path, 'cli'), env }
    const { code, output } = await pulumi(project, args)
    if (code !== 0) throw new Error(output)
    return output
  }

  /** The names of the clients in each stack's state; of the file backend alone. */
  states(): Record<string, string[]> {
    const folder = join(this.path, 'state', '.pulumi', 'stacks', 'psc')
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return Object.fromEntries(
      files.map((name) => {
        const { checkpoint } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
          checkpoint: { latest?: { resources?: { urn: string; type: string }[] } }
        }
        const clients = (checkpoint.latest?.resources ?? [])
          .filter(({ type }) => type.endsWith(':PscClient'))
          .map(({ urn }) => urn.slice(urn.lastIndexOf('::') + 2))
        return [name.slice(0, -'.json'.length), clients.sort()]
      }),
    )
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

export interface WithFleet {
  emulator: Emulator
  fleet: FleetFolder
  /** Writes the manifest: as many clients as the PSC knows, or the first of them. */
  declare: (special?: Readonly<Record<number, FleetClient>>, count?: number) => void
  /** How often each operation was requested since this was last called. */
  countRequests: () => Record<string, number>
}

export interface UseFleetOptions extends FleetFolderOptions, Pick<EmulatorOptions, 'onRequest'> {
  /** How many clients the PSC knows. */
  readonly count: number
  /** More keys of the PSC's configuration in the emulator. */
  readonly psc?: object
}

/** A fleet and the emulator that knows its clients, for all tests of a file. */
export function useFleet({ count, psc, onRequest, ...options }: UseFleetOptions): WithFleet {
  const fixture = {} as WithFleet
  fixture.declare = (special, declared = count) => {
    const { neoid } = fixture.emulator.baseUrls
    fixture.fleet.write('clients.yaml', manifestOf(neoid, declared, special))
  }
  fixture.countRequests = () => {
    const { requests } = fixture.emulator
    const counts: Record<string, number> = {}
    for (const { operation } of requests.list()) {
      counts[String(operation)] = (counts[String(operation)] ?? 0) + 1
    }
    requests.clear()
    return counts
  }
  before(async () => {
    fixture.emulator = await startEmulator({
      config: emulatorOf(count, psc),
      ...(onRequest && { onRequest }),
    })
    fixture.fleet = new FleetFolder({ ...options, env: { PORTAL_SECRET: secret, ...options.env } })
    fixture.declare()
  })
  after(async () => {
    fixture.fleet.remove()
    await fixture.emulator.close()
  })
  return fixture
}
