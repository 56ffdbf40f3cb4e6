// Runs the Pulumi CLI on a separate project: its state is in its own folder. The CLI neither reads nor changes the
// user's logins, selections and settings.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { killTree } from '../cli/processes.ts'
import { engineEnvironment } from './engine/index.ts'

/** How long the engine may take to stop, in milliseconds. */
const grace = 10_000

export interface Project {
  /** The folder of Pulumi.yaml. */
  readonly folder: string
  readonly stack: string
  /** The folder of the state. */
  readonly backend: string
  /** Added to the environment of every command. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunOptions {
  /** Receives each line of standard output and standard error at once. */
  readonly onLine?: (line: string) => void
  /** Stops the engine, and kills it if it does not end. */
  readonly signal?: AbortSignal | undefined
}

export interface Run {
  readonly code: number
  readonly output: string
}

/** Starts `pulumi` in its own process group. */
export function startPulumi(
  project: Project,
  args: readonly string[],
): ChildProcessByStdio<null, Readable, Readable> {
  // Ctrl-C must reach the engine once, by a signal. The engine takes a second one, from the terminal, for "kill".
  return spawn('pulumi', [...args, '--non-interactive', '--stack', project.stack], {
    cwd: project.folder,
    env: environment(project),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
}

/** Runs `pulumi` and waits for its end. Does not throw if the command fails. */
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
    // On Windows a signal would kill the engine. There the console passes Ctrl-C on.
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

/** Builds the environment of a project's commands. */
export function environment(project: Project): NodeJS.ProcessEnv {
  // A stopped engine leaves its pipes behind.
  const temporary = resolve(project.backend, 'tmp')
  mkdirSync(temporary, { recursive: true })
  const inherited = Object.entries(engineEnvironment()).filter(
    ([name]) => !name.startsWith('PULUMI_'),
  )
  return {
    ...Object.fromEntries(inherited),
    // No metadata files: they are not written atomically. An engine that is killed meanwhile leaves an empty one, and
    // then its state cannot be loaded.
    PULUMI_BACKEND_URL: `${pathToFileURL(project.backend).href}?metadata=skip`,
    // Each command reads the logs of all earlier ones in its home.
    PULUMI_HOME: resolve(project.backend, 'home'),
    PULUMI_CONFIG_PASSPHRASE: 'not-a-secret-passphrase',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_SUPPRESS_NEO_LINK: 'true',
    PULUMI_PSC_HOME: resolve(project.backend, 'psc'),
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    ...project.env,
  }
}
