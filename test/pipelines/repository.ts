import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { parse, stringify } from 'yaml'
import { pipelineFiles, writeFiles } from '../../cli/init/files.ts'
import { writeRepository } from '../../cli/init/init.ts'
import { exampleClients, type Setup } from '../../cli/init/setup.ts'
import { type Emulator, startEmulator } from '../../emulator/index.ts'
import { engineEnvironment } from '../../scripts/engine/index.ts'
import { quickStart } from '../support/quick-start.ts'

export const environments = ['homologation', 'production'] as const

/** What a step did: its exit code, and both of its outputs. */
export interface Ran {
  readonly code: number
  readonly log: string
}

/** A call of a stand-in for `gh` or `curl`: its arguments, its standard input and the report. */
export interface Call {
  readonly args: readonly string[]
  readonly input: string
  readonly body: string
}

type Environment = Readonly<Record<string, string>>

/** A repository that `init` wrote, with its PSCs, a backend, and stand-ins for npm, npx, gh and curl. */
export class Repository {
  readonly root = mkdtempSync(resolve('.psc', 'pipeline-'))
  readonly folder = join(this.root, 'repository')
  readonly clients
  readonly secrets: Environment
  readonly emulator: Emulator
  readonly pipeline: unknown

  private constructor(setup: Setup, emulator: Emulator, clients: ReturnType<typeof clientsOf>) {
    this.emulator = emulator
    this.clients = clients
    this.secrets = Object.fromEntries(clients.map(({ secret }) => [secret, valueOf(secret)]))
    mkdirSync(this.folder)
    writeRepository(this.folder, writeFiles(setup, clients, false))
    const file = setup.ci === 'none' ? '' : pipelineFiles[setup.ci]
    this.pipeline = parse(readFileSync(join(this.folder, file), 'utf8'))
    for (const name of environments) {
      const { serproid } = emulator.baseUrls
      // In one manifest, the environments of a PSC are PSCs of their own.
      const others = setup.layout === 'fleet' ? { 'serproid-homologation': serproid } : {}
      this.configure(name, { 'psc:baseUrls': { serproid, ...others } })
    }
    this.#install()
    this.#standIns()
  }

  /** Writes a repository, and makes a stack for each environment. */
  static async create(ci: 'github' | 'gitlab', layout: Setup['layout']): Promise<Repository> {
    mkdirSync('.psc', { recursive: true })
    const setup = { name: 'clients', environments, layout, ci, lang: 'en' } as const
    const clients = clientsOf(setup)
    const known = clients.map(({ clientId, secret, hosts = [] }) => ({
      clientId,
      clientSecret: valueOf(secret),
      certificate: { hosts: [...hosts] },
    }))
    const emulator = await startEmulator({ config: { pscs: { serproid: { clients: known } } } })
    const repository = new Repository(setup, emulator, clients)
    for (const stack of environments) {
      const script = `pulumi stack init --no-select ${stack}`
      const { code, log } = await repository.run(script, repository.backend)
      assert.equal(code, 0, log)
    }
    return repository
  }

  /** Adds settings to the file of a stack. */
  configure(stack: string, settings: object): void {
    const file = join(this.folder, `Pulumi.${stack}.yaml`)
    const { config } = parse(readFileSync(file, 'utf8')) as { config: object }
    writeFileSync(file, stringify({ config: { ...config, ...settings } }))
  }

  /** What a runner has beside the variables of a job. */
  get backend(): Environment {
    return {
      PULUMI_BACKEND_URL: `${pathToFileURL(join(this.root, 'state')).href}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
    }
  }

  /** Runs a script as a runner does, in one shell. */
  async run(script: string, env: Environment): Promise<Ran> {
    const file = join(this.root, 'script.sh')
    writeFileSync(file, script)
    const { PATH = '', ...machine } = engineEnvironment()
    const own = Object.entries(machine).filter(([name]) => !/^PULUMI_|^GITHUB_|^CI/.test(name))
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
      cwd: this.folder,
      env: {
        ...Object.fromEntries(own),
        ...quickStart,
        PATH: `${join(this.root, 'bin')}:${PATH}`,
        PULUMI_HOME: join(this.root, 'home'),
        PULUMI_PSC_HOME: join(this.root, 'psc'),
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        RUNNER_TEMP: this.root,
        TMPDIR: this.root,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<number>((settle) => {
      child.once('close', (code) => {
        settle(code ?? -1)
      })
    })
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ])
    return { code, log: stdout + stderr }
  }

  /** The calls of `gh` or of `curl` since the last time. */
  calls(): Call[] {
    const file = join(this.root, 'calls')
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    rmSync(file, { force: true })
    return lines.map((line) => JSON.parse(line) as Call)
  }

  /** What the stand-in for `gh` or `curl` answers from now on, instead of nothing. */
  answer(output: string): void {
    writeFileSync(join(this.root, 'answer'), output)
  }

  async close(): Promise<void> {
    await this.emulator.close()
    rmSync(this.root, { recursive: true, force: true })
  }

  #install(): void {
    mkdirSync(join(this.root, 'state'))
    const modules = join(this.folder, 'node_modules')
    mkdirSync(modules)
    symlinkSync(resolve('.'), join(modules, 'pulumi-psc'))
    symlinkSync(resolve('node_modules/@pulumi'), join(modules, '@pulumi'))
  }

  #standIns(): void {
    const bin = join(this.root, 'bin')
    mkdirSync(bin)
    const recorder = `#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const args = process.argv.slice(2)
const input = args.includes('@-') ? readFileSync(0, 'utf8') : ''
const body = args.includes('body=@report.md') || args.includes('body@report.md') ? readFileSync('report.md', 'utf8') : ''
appendFileSync('${this.root}/calls', JSON.stringify({ args, input, body }) + '\\n')
if (body === '' && existsSync('${this.root}/answer')) process.stdout.write(readFileSync('${this.root}/answer'))
`
    const command = `case $1 in pulumi) shift; exec pulumi "$@";; pulumi-psc) shift; exec node '${resolve('dist/cli/main.js')}' "$@";; esac`
    const scripts = {
      gh: recorder,
      curl: recorder,
      npm: '#!/bin/sh\ntest "$*" = ci\n',
      npx: `#!/bin/sh\n${command}\n`,
    }
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(join(bin, name), script)
      chmodSync(join(bin, name), 0o755)
    }
  }
}

function clientsOf(setup: Setup) {
  return exampleClients(setup, ['serproid'])
}

function valueOf(secret: string): string {
  // Characters that a shell would change.
  return `not-a-secret $(${secret}) "'\``
}
