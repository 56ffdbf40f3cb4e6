import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { automation } from '@pulumi/pulumi'
import { clientKey, readStoredClient, type StoredClient } from '../../provider/client/index.ts'
import type { FleetSettings, KnownStack } from './protocol.ts'

/** Runs Pulumi's Automation API on one project. */
export interface Engine {
  /** The configuration that all stacks share. Default: each has its own. */
  readonly configFile: string | undefined
  /** Lists the stacks of this project in the backend. */
  list(): Promise<KnownStack[]>
  /** Selects a stack that exists. */
  select(stack: string): Promise<automation.Stack>
  create(stack: string): Promise<void>
  /** Removes a stack without resources, with the configuration that its creation wrote. */
  remove(stack: string): Promise<void>
  /** Exports the state, secrets encrypted: the Automation API's own export asks for them in the clear. */
  export(stack: string): Promise<ExportedState>
  /** Tags a stack as one of the fleet's, to find it again when the manifest declares nothing in it any more. */
  claim(stack: string): Promise<void>
  /** Sets whether the next run saves the state after every entry, or once at its end. */
  setCheckpoints(areOn: boolean): void
}

/** Describes the Automation API's own way to run commands, which the SDK's types lack. */
interface Cli {
  run(
    args: readonly string[],
    folder: string,
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly stdout: string }>
}

/** @throws without a Pulumi CLI, or when the backend cannot be used. */
export async function openEngine({
  operation,
  project,
  prefix,
  configFile,
}: FleetSettings): Promise<Engine> {
  const root = engineRoot(project)
  const pulumiCommand = await automation.PulumiCommand.get(root === undefined ? {} : { root })
  const workspace = await automation.LocalWorkspace.create({
    workDir: project,
    pulumiCommand,
    envVars: {
      // The providers run in this Node.js.
      PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      // With a PostgreSQL backend, the CLI's parallel reads of a list deadlock.
      PULUMI_DIY_BACKEND_PARALLEL: '1',
    },
  })
  const cli = pulumiCommand as unknown as Cli
  const run = (...args: string[]) => cli.run(args, project, workspace.envVars)
  // Like the Automation API, but does not change the user's selected stack, and requests only what is used.
  Object.assign(workspace, {
    selectStack: () => Promise.resolve(),
    createStack: async (stack: string) => {
      await run('stack', 'init', stack, '--no-select')
    },
    stackOutputs: () => Promise.resolve({}),
  })
  // A preview removes the new stacks that it made. Then the CLI forgets which stack the user has selected.
  const selected =
    operation === 'preview'
      ? run('stack', '--show-name', '--non-interactive').catch(() => undefined)
      : undefined
  const quiet = (stack: automation.Stack) =>
    Object.assign(stack, { info: () => Promise.resolve(undefined) })
  const list = async (...args: string[]) => {
    const { stdout } = await run('stack', 'ls', '--json', ...args).catch((error: unknown) => {
      throw new Error(errorOf(error), { cause: error })
    })
    return (JSON.parse(stdout) as ListedStack[]).map(({ name, resourceCount }) => ({
      name: name.slice(name.lastIndexOf('/') + 1),
      isEmpty: resourceCount === 0,
      isEmptied: resourceCount === 1,
    }))
  }
  /** The new stacks whose configuration was there before them. */
  const configured = new Set<string>()
  return {
    configFile: configFile === undefined ? undefined : copyOf(configFile),
    async list() {
      const tagged = await list('--tag', `${tag}=${prefix}`)
      const ours = new Set(tagged.map(({ name }) => name))
      return (await list()).map((stack) => ({ ...stack, isOurs: ours.has(stack.name) }))
    },
    export: async (stack) => {
      const { stdout } = await run('stack', 'export', '--stack', stack)
      return JSON.parse(stdout) as ExportedState
    },
    claim: async (stack) => {
      await run('stack', 'tag', 'set', tag, prefix, '--stack', stack)
    },
    // Always set: the user's environment may turn them off.
    setCheckpoints: (areOn) => {
      workspace.envVars.PULUMI_SKIP_CHECKPOINTS = String(!areOn)
    },
    select: async (stack) => quiet(await automation.Stack.select(stack, workspace)),
    create: async (stack) => {
      if (hasConfiguration(project, stack)) configured.add(stack)
      try {
        await automation.Stack.create(stack, workspace)
      } catch (error) {
        const isShared = configFile !== undefined
        if (!isShared || error instanceof automation.StackAlreadyExistsError) throw error
        // In a read-only checkout, the CLI creates the stack, and then cannot write its Pulumi.<stack>.yaml. With a shared
        // configuration nothing reads that file.
        if (!(await list()).some(({ name }) => name === stack)) throw error
      }
    },
    remove: async (stack) => {
      const keep = configured.has(stack) ? ['--preserve-config'] : []
      await run('stack', 'rm', stack, '--yes', ...keep)
      const name = (await selected)?.stdout.trim()
      if (name !== undefined) await run('stack', 'select', name)
    },
  }
}

function hasConfiguration(project: string, stack: string): boolean {
  return ['yaml', 'yml', 'json'].some((end) => existsSync(join(project, `Pulumi.${stack}.${end}`)))
}

/** Copies the file. The CLI adds missing values to it, such as a salt, and the workers would do so concurrently. */
function copyOf(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'psc-fleet-'))
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  const copy = join(folder, basename(file))
  writeFileSync(copy, readFileSync(file), { mode: 0o600 })
  return copy
}

interface ListedStack {
  readonly name: string
  readonly resourceCount?: number
}

/** The tag of a fleet's stacks; its value is the fleet's prefix. */
const tag = 'psc:fleet'

/**
 * Finds the CLI of the npm package `pulumi`. Undefined if the project lacks the package or never ran it. Then the CLI on
 * the PATH is used.
 */
function engineRoot(project: string): string | undefined {
  try {
    const { version } = createRequire(join(project, 'package.json'))('pulumi/package.json') as {
      version: string
    }
    const home = process.env.PULUMI_HOME ?? join(homedir(), '.pulumi')
    const root = join(home, 'versions', version)
    const names = ['pulumi', 'pulumi.exe']
    return names.some((name) => existsSync(join(root, 'bin', name))) ? root : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads why a command of the CLI failed without an event: its output from `error: ` on, or its last three lines.
 */
export function errorOf(error: unknown): string {
  const lines = stderrOf(error)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const found = lines.findIndex((line) => line.startsWith('error: '))
  const shown = found < 0 ? lines.slice(-3) : lines.slice(found)
  return shown.join('\n').replace(/^error: /, '')
}

/** Reads the standard error of a failed command. The SDK's types lack the result of its error. */
function stderrOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (!('commandResult' in error)) return error.message
  return (error.commandResult as { readonly stderr: string }).stderr
}

/** Holds what a run must know of a stack before it changes the stack. */
export interface Findings {
  /**
   * A resource that no manifest declares: another program uses the stack too. A run would remove it, which is harmless
   * for a client and not for a database.
   */
  readonly foreign?: string
  /**
   * The clients in the state that an engine was about to write when it was killed, under this name or another. It is not
   * known whether the PSC has the change; the state has not.
   */
  readonly interrupted: readonly HeldClient[]
  /** Every client in the state. */
  readonly held: readonly HeldClient[]
  /** The clients whose creation was interrupted. The engine remembers them until it is told to forget them. */
  readonly created: readonly HeldClient[]
}

interface Resource {
  readonly urn: string
  readonly type: string
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
}

/** Describes a client in a state. */
export interface HeldClient {
  readonly urn: string
  readonly client: StoredClient
}

export const nothingFound: Findings = { interrupted: [], held: [], created: [] }

const ours = /^pulumi:(pulumi:Stack|providers:pulumi-nodejs)$|^pulumi-nodejs:dynamic\/psc:/

/** Inspects an exported state. */
export function inspect({ deployment }: ExportedState): Findings {
  const { resources = [], pending_operations: pending = [] } = deployment
  const foreign = resources.find(
    ({ type }) => !ours.test(type) || /:PscRegistration(Attempt)?$/.test(type),
  )
  const held = clientsOf(resources)
  const begun = (type: string) =>
    clientsOf(pending.filter((operation) => operation.type === type).map((each) => each.resource))
  const created = begun('creating')
  const doubtful = new Set(
    [...created, ...begun('updating')].map(({ client }) => clientKey(client)),
  )
  const interrupted = held.filter(({ client }) => doubtful.has(clientKey(client)))
  return { interrupted, held, created, ...(foreign && { foreign: foreign.urn }) }
}

/** Picks the clients. One whose creation was interrupted has inputs only. */
function clientsOf(resources: readonly Resource[]): HeldClient[] {
  return resources
    .filter(({ type }) => type.endsWith(':PscClient'))
    .map(({ urn, inputs, outputs }) => ({
      urn,
      client: readStoredClient({ ...inputs, ...outputs }),
    }))
}

/** The parts of an exported state that this command reads. */
export interface ExportedState {
  readonly deployment: {
    readonly resources?: readonly Resource[]
    readonly pending_operations?: readonly { readonly resource: Resource; readonly type: string }[]
  }
}
