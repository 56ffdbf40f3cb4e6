import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { descendantsOf, killTree, type Process } from '../../../cli/processes.ts'
import { type EmulatorConfig, type Emulator, startEmulator } from '../../../emulator/index.ts'
import { ensureLanguageHost } from '../../../scripts/engine/language-host.ts'
import { environment } from '../../../scripts/pulumi.ts'
import { manifestProgram } from '../../support/fixture.ts'
import { preloaded, quickStart } from '../../support/quick-start.ts'
import {
  type Declaration,
  envOf,
  hostOf,
  idOf,
  type ManifestOptions,
  manifestOf,
  pscs,
  type StackName,
  stacks,
  yamlProgramOf,
} from './declaration.ts'
import type { Through } from './steps.ts'

export interface Ended {
  /** Null for a command that was killed. */
  readonly code: number | null
  readonly output: string
}

/** A command of `pulumi` or of `psc fleet` at work. */
export interface Command {
  readonly pid: number
  readonly ended: Promise<Ended>
  children(): Process[]
}

/** A project with two stacks of the real engine, which `pulumi` and `psc fleet` both run, and the PSCs. */
export class HistoryProject {
  readonly emulator: Emulator
  readonly folder: string
  /** All that the commands have printed. */
  readonly output: string[] = []
  /** What a command must not print, and no file may hold, by how it is called. */
  readonly secrets: ReadonlyMap<string, string>
  readonly #env: NodeJS.ProcessEnv
  readonly #through: Through
  #writes: { count: number; heard: (count: number) => void } = { count: 0, heard: () => undefined }

  static async create(through: Through = 'program'): Promise<HistoryProject> {
    if (through === 'plugin') await ensureLanguageHost('yaml')
    let onRequest = (_: string): void => undefined
    const secrets = new Map(
      pscs.flatMap((_, index) =>
        (['A', 'B'] as const).map((which) => {
          const name = envOf(index, which)
          return [name, `not-a-secret-${name.toLowerCase()}-7f3d`] as const
        }),
      ),
    )
    const emulator = await startEmulator({
      config: { pscs: configOf(secrets) },
      onRequest: (line) => {
        onRequest(line)
      },
    })
    const project = new HistoryProject(emulator, secrets, through)
    onRequest = (line) => {
      if (line.startsWith('PUT')) project.#writes.heard(++project.#writes.count)
    }
    await Promise.all(
      stacks.map(async (stack) => {
        const { code, output } = await project.start(stack, 'stack', 'init', '--no-select').ended
        if (code !== 0) throw new Error(output)
      }),
    )
    return project
  }

  private constructor(emulator: Emulator, secrets: ReadonlyMap<string, string>, through: Through) {
    this.emulator = emulator
    this.secrets = secrets
    this.#through = through
    const parent = join('.psc', 'test')
    mkdirSync(parent, { recursive: true })
    this.folder = resolve(mkdtempSync(join(parent, 'history-')))
    this.#env = environment({
      folder: this.folder,
      stack: 'um',
      backend: join(this.folder, 'state'),
      env: {
        ...Object.fromEntries(secrets),
        NO_COLOR: '1',
        ...quickStart,
        ...preloaded(resolve('test/histories/support/note-providers.cjs')),
        PSC_TEST_PROVIDERS: join(this.folder, 'providers'),
      },
    })
    const runtime = { name: 'nodejs', options: { typescript: false } }
    this.write('Pulumi.yaml', JSON.stringify({ name: 'psc', runtime, main: 'index.ts' }))
    this.write('index.ts', manifestProgram)
    for (const stack of stacks) {
      mkdirSync(this.#cwd(stack), { recursive: true })
      const manifest = through === 'plugin' ? {} : { 'psc:manifest': `${stack}.yaml` }
      const config = { ...manifest, 'psc:timeoutSeconds': 20 }
      this.write(join(this.#cwd(stack), `Pulumi.${stack}.yaml`), JSON.stringify({ config }))
      if (through === 'plugin')
        this.declare(stack, [], { baseUrls: emulator.baseUrls, isReversed: false })
    }
  }

  /** Declares the clients of one stack. */
  declare(stack: StackName, declared: Declaration, options: ManifestOptions): void {
    const own = { ...options, stack }
    if (this.#through === 'plugin') {
      this.write(join(this.#cwd(stack), 'Pulumi.yaml'), yamlProgramOf(declared, own))
    } else this.write(`${stack}.yaml`, manifestOf(declared, own))
  }

  /** A program in YAML is the project's file, so each stack has a folder of its own. */
  #cwd(stack: StackName): string {
    return this.#through === 'plugin' ? join(this.folder, stack) : this.folder
  }

  write(path: string, text: string): void {
    writeFileSync(resolve(this.folder, path), text)
  }

  /** @param machine what a runner keeps between two commands; each has one of its own where it is not the same. */
  set machine(machine: string) {
    this.#env.PULUMI_PSC_HOME = join(this.folder, 'machines', machine)
  }

  /** Starts a command of `pulumi` on a stack. */
  start(stack: StackName, ...args: string[]): Command {
    const all = [...args, '--non-interactive', '--stack', stack]
    return this.#spawn('pulumi', all, this.#cwd(stack))
  }

  /** Starts `psc fleet`. */
  startFleet(...args: string[]): Command {
    const main = resolve('cli', 'main.ts')
    return this.#spawn(process.execPath, [
      main,
      'fleet',
      ...args,
      'clients.yaml',
      '--lock-wait',
      '0',
    ])
  }

  /** Calls back when the PSCs are about to answer the n-th write from now on. */
  onWrite(number: number, heard: () => void): void {
    this.#writes = {
      count: 0,
      heard: (count) => {
        if (count === number) heard()
      },
    }
  }

  /** Where another run of the file backend says that it is at a stack. */
  lockOf(stack: StackName): string {
    return join(this.folder, 'state', '.pulumi', 'locks', 'organization', 'psc', stack)
  }

  isLocked(stack: StackName): boolean {
    try {
      return readdirSync(this.lockOf(stack)).length > 0
    } catch {
      return false
    }
  }

  lock(stack: StackName): void {
    mkdirSync(this.lockOf(stack), { recursive: true })
    const lock = { pid: 1, username: 'outra', hostname: 'outra', timestamp: new Date() }
    const file = join(this.lockOf(stack), '5f5b7a1e-0d0c-4a4e-9b5e-2f1f5f0d9a31.json')
    writeFileSync(file, JSON.stringify(lock))
  }

  unlock(stack: StackName): void {
    rmSync(this.lockOf(stack), { recursive: true, force: true })
  }

  /** Whether the PSC accepts a secret of a client. */
  async accepts(index: number, secret: 'A' | 'B'): Promise<boolean> {
    const { baseUrls } = this.emulator
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: idOf(index),
      client_secret: this.secrets.get(envOf(index, secret)) ?? '',
    })
    const psc = pscs[index] ?? 'neoid'
    const answer = await fetch(`${baseUrls[psc]}/client_token`, { method: 'POST', body })
    return answer.ok
  }

  /**
   * The processes of this project that still run and that could write. A language host only starts programs, and a host
   * of dynamic providers may have loaded none: nothing of ours is in them, and Pulumi ends them later.
   */
  processes(): number[] {
    return this.#processes().filter((pid) => {
      const line = lineOf(pid)
      if (line.includes('pulumi-language-') || line.includes('pulumi-resource-pulumi')) return false
      const isHost = line.includes('dynamic-provider')
      return !isHost || existsSync(join(this.folder, 'providers', String(pid)))
    })
  }

  #processes(): number[] {
    const mark = `PULUMI_BACKEND_URL=${this.#env.PULUMI_BACKEND_URL ?? ''}`
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => ofProcess(pid, 'environ').split('\0').includes(mark))
      .map(Number)
  }

  async remove(): Promise<void> {
    for (const pid of this.#processes()) killTree(pid)
    await this.emulator.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #spawn(command: string, args: readonly string[], cwd = this.folder): Command {
    const child = spawn(command, args, {
      cwd,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const { pid } = child
    if (pid === undefined) throw new Error(`${command} did not start`)
    return { pid, ended: this.#end(child), children: () => descendantsOf(pid) }
  }

  async #end(child: ChildProcess): Promise<Ended> {
    const parts: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => parts.push(text))
    }
    const [code] = (await once(child, 'close')) as [number | null]
    const output = parts.join('')
    this.output.push(output)
    return { code, output }
  }
}

function configOf(secrets: ReadonlyMap<string, string>): NonNullable<EmulatorConfig['pscs']> {
  const clientsOf = (name: (typeof pscs)[number]) => ({
    clients: pscs.flatMap((psc, index) => {
      if (psc !== name) return []
      const clientSecret = secrets.get(envOf(index, 'A')) ?? ''
      const hosts = [hostOf(index), `www.${hostOf(index)}`]
      return [{ clientId: idOf(index), clientSecret, certificate: { hosts } }]
    }),
  })
  return { neoid: clientsOf('neoid'), standard: clientsOf('standard') }
}

const lineOf = (pid: number): string => ofProcess(pid, 'cmdline').replaceAll('\0', ' ')

/** A file of a process, empty when the process has ended. */
function ofProcess(pid: number | string, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
