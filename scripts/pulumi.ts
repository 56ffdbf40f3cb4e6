// Runs the Pulumi CLI on a project of its own: its state in its own folder, none of the user's logins,
// selections or settings of Pulumi read or changed.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { killTree } from '../cli/processes.ts'
import { engineEnvironment } from './engine/index.ts'

/** How long the engine may take to let go of its resources once it is asked to stop, in milliseconds. */
const grace = 10_000

export interface Project {
  /** The folder of Pulumi.yaml. */
  readonly folder: string
  readonly stack: string
  /** Where the state is kept. */
  readonly backend: string
  /** Added to the environment of every command. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunOptions {
  /** Gets every line as it is printed, standard output and standard error alike. */
  readonly onLine?: (line: string) => void
  /** Stops the engine: gently at first, with force when it does not end. */
  readonly signal?: AbortSignal | undefined
}

export interface Run {
  readonly code: number
  readonly output: string
}

/** Starts `pulumi` with these arguments, in a process group of its own. */
export function startPulumi(
  project: Project,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  // Ctrl-C reaches the engine through a signal, once, and not a second time from the terminal, which the engine
  // would take for "at once".
  return spawn('pulumi', [...args, '--non-interactive', '--stack', project.stack], {
    cwd: project.folder,
    env: environment(project),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
}

/** Runs `pulumi` with these arguments and answers when it has ended, also if it failed. */
export async function pulumi(
  project: Project,
  args: readonly string[],
  { onLine, signal }: RunOptions = {},
): Promise<Run> {
  const child = startPulumi(project, args)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      onLine?.(line)
    })
  }
  let force: NodeJS.Timeout | undefined
  const stop = (): void => {
    // On Windows this would be the engine's end at once; there the console tells it of Ctrl-C.
    if (process.platform !== 'win32') child.kill('SIGINT')
    force = setTimeout(() => {
      if (child.pid !== undefined) killTree(child.pid)
    }, grace)
  }
  signal?.addEventListener('abort', stop)
  try {
    return await new Promise((done, fail) => {
      child.on('error', fail)
      child.on('close', (code) => {
        done({ code: code ?? 1, output: lines.join('\n') })
      })
      if (signal?.aborted === true) stop()
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    clearTimeout(force)
  }
}

/** The environment of every command of a project. */
export function environment(project: Project): NodeJS.ProcessEnv {
  // An engine that is stopped leaves its pipes behind.
  const temporary = resolve(project.backend, 'tmp')
  mkdirSync(temporary, { recursive: true })
  const inherited = Object.entries(engineEnvironment()).filter(
    ([name]) => !name.startsWith('PULUMI_') || name === 'PULUMI_HOME',
  )
  return {
    ...Object.fromEntries(inherited),
    // Without the files beside each file, which are not written at one stroke: an engine that is killed in
    // between leaves one empty, and with it a state that cannot be loaded.
    PULUMI_BACKEND_URL: `${pathToFileURL(project.backend).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_SUPPRESS_NEO_LINK: 'true',
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    ...project.env,
  }
}
