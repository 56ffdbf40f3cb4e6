import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { automation } from '@pulumi/pulumi'
import type { FleetSettings, KnownStack } from './protocol.ts'

/** Pulumi's Automation API on one project. */
export interface Engine {
  /** The configuration that all stacks share; undefined where each has its own. */
  readonly configFile: string | undefined
  /** The stacks that the backend has of this project. */
  list(): Promise<KnownStack[]>
  /** A stack that exists. */
  select(stack: string): Promise<automation.Stack>
  create(stack: string): Promise<automation.Stack>
  /** What a stack holds. The Automation API's own asks for its secrets in the clear. */
  export(stack: string): Promise<ExportedState>
  /** Tags a stack as one of the fleet's, so that it is found again when nothing is declared in it any more. */
  claim(stack: string): Promise<void>
  /** Whether the next run writes the state after every entry, and not once at its end. */
  setCheckpoints(areOn: boolean): void
}

/** What the Automation API itself runs commands with; the SDK's types leave it out. */
interface Cli {
  run(
    args: readonly string[],
    folder: string,
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly stdout: string }>
}

/** @throws when there is no Pulumi CLI, or the backend cannot be used. */
export async function openEngine({ project, prefix, configFile }: FleetSettings): Promise<Engine> {
  const root = engineRoot(project)
  const pulumiCommand = await automation.PulumiCommand.get(root === undefined ? {} : { root })
  const workspace = await automation.LocalWorkspace.create({
    workDir: project,
    pulumiCommand,
    envVars: {
      // The providers run in the Node that this runs in.
      PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      // Side by side, the CLI's reads of a list wait for each other for ever where the backend is PostgreSQL.
      PULUMI_DIY_BACKEND_PARALLEL: '1',
    },
  })
  const cli = pulumiCommand as unknown as Cli
  const run = (...args: string[]) => cli.run(args, project, workspace.envVars)
  // As in the Automation API's own, except that the stack that the user has selected stays selected, and that
  // nothing is asked of the backend that nobody reads.
  Object.assign(workspace, {
    selectStack: () => Promise.resolve(),
    createStack: async (stack: string) => {
      await run('stack', 'init', stack, '--no-select')
    },
    stackOutputs: () => Promise.resolve({}),
  })
  const quiet = (stack: automation.Stack) =>
    Object.assign(stack, { info: () => Promise.resolve(undefined) })
  const list = async (...args: string[]) => {
    const { stdout } = await run('stack', 'ls', '--json', ...args).catch((error: unknown) => {
      throw new Error(firstError(error), { cause: error })
    })
    return (JSON.parse(stdout) as ListedStack[]).map(({ name, resourceCount }) => ({
      name: name.slice(name.lastIndexOf('/') + 1),
      isEmpty: resourceCount === 0,
    }))
  }
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
    // Also where they are on: the user's environment may turn them off.
    setCheckpoints: (areOn) => {
      workspace.envVars.PULUMI_SKIP_CHECKPOINTS = String(!areOn)
    },
    select: async (stack) => quiet(await automation.Stack.select(stack, workspace)),
    create: async (stack) => quiet(await automation.Stack.create(stack, workspace)),
  }
}

/** The CLI writes into such a file what it misses, a salt for one, and workers would do so at the same time. */
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
 * Where the npm package `pulumi` keeps the CLI of its version. Undefined where the project has no such package, or
 * never ran it: then the CLI is the one on the PATH.
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

/** What the CLI said last, where it ended without an event that says it. */
export function firstError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [, said = text] = /^ stderr: ([\s\S]*?)^ err\?: /m.exec(text) ?? []
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const found = lines.findIndex((line) => line.startsWith('error: '))
  const told = found < 0 ? lines.slice(-3) : lines.slice(found)
  return told.join('\n').replace(/^error: /, '')
}

/** What a stack holds that has to be known before it is changed. */
export interface Findings {
  /**
   * A resource that no manifest declares. A stack may be another program's too, by its name alone or since the fleet
   * last worked on it, and a run would remove what the manifest does not declare: leaving a stack is harmless for a
   * client, not for a database.
   */
  readonly stranger?: string
  /**
   * The clients that an engine was about to change when it was killed. Whether their PSC has what was declared then,
   * nobody knows; the state does not.
   */
  readonly interrupted: readonly Resource[]
}

export interface Resource {
  readonly urn: string
  readonly type: string
}

export const nothingFound: Findings = { interrupted: [] }

const ours = /^pulumi:(pulumi:Stack|providers:pulumi-nodejs)$|^pulumi-nodejs:dynamic\/psc:/

/** Looks at a state as it was exported, its secrets encrypted. */
export function inspect({ deployment }: ExportedState): Findings {
  const { resources = [], pending_operations: pending = [] } = deployment
  const stranger = resources.find(
    ({ type }) => !ours.test(type) || /:PscRegistration(Attempt)?$/.test(type),
  )
  const urns = new Set(resources.map(({ urn }) => urn))
  // One that was being created is in the state only where it was to take the place of itself.
  const interrupted = pending
    .filter(({ type }) => type === 'updating' || type === 'creating')
    .map(({ resource }) => resource)
    .filter(({ type, urn }) => ours.test(type) && urns.has(urn))
  return { interrupted, ...(stranger && { stranger: stranger.urn }) }
}

/** The parts of an exported state that are read here. */
export interface ExportedState {
  readonly deployment: {
    readonly resources?: readonly Resource[]
    readonly pending_operations?: readonly { readonly resource: Resource; readonly type: string }[]
  }
}
