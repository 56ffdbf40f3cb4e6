// Builds the CLI from its Go modules if only Pulumi's download is unreachable.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Progress } from './progress.ts'

/** The Go version in the CLI's go.mod. Go 1.21 and newer fetch it themselves if GOTOOLCHAIN allows it. */
export const oldestGo = '1.25.11'

export interface Step {
  readonly title: string
  readonly folder: string
  readonly package: string
  readonly version: string
  readonly replace?: string
}

export type Language = 'nodejs' | 'yaml' | 'python' | 'go'

const sdkModule = 'github.com/pulumi/pulumi/sdk/v3'

/** The newest language hosts in the module proxy. They work with every later CLI of version 3. */
export const languageHosts: Readonly<
  Record<Language, { readonly title: string; readonly package: string; readonly version: string }>
> = {
  nodejs: {
    title: 'Node language host',
    package: `${sdkModule}/nodejs/cmd/pulumi-language-nodejs`,
    version: 'v3.66.0',
  },
  yaml: {
    title: 'YAML language host',
    package: 'github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml',
    version: 'v1.25.0',
  },
  python: {
    title: 'Python language host',
    package: `${sdkModule}/python/cmd/pulumi-language-python`,
    version: 'v3.66.0',
  },
  go: {
    title: 'Go language host',
    package: `${sdkModule}/go/pulumi-language-go`,
    version: 'v3.66.0',
  },
}

/** Tells whether Go is on the PATH. */
export function hasGo(scratch: string): boolean {
  return spawnSync('go', ['version'], { env: goEnvironment(scratch) }).status === 0
}

/**
 * Builds the CLI and the Node.js language host into a folder. Go's caches store finished steps, so that a run continues
 * an interrupted one.
 *
 * @throws an error with Go's output
 */
export async function buildFromGo(
  version: string,
  scratch: string,
  names: { cli: string; languageHost: string },
): Promise<string> {
  const cores = availableParallelism()
  const [least, most] = [Math.ceil(1 + 7 / cores), Math.ceil(2 + 10 / cores)]
  console.log(
    `Building it with Go instead: about ${String(least)} to ${String(most)} minutes on ${String(cores)} cores, once.`,
  )
  const bin = join(scratch, 'bin')
  await buildTool(
    {
      ...languageHosts.nodejs,
      title: 'Node language host (1 of 2)',
      folder: join(scratch, 'language-host'),
    },
    version,
    join(bin, names.languageHost),
  )
  await buildTool(
    {
      title: 'Pulumi CLI (2 of 2)',
      folder: join(scratch, 'cli'),
      package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
      version: `v${version}`,
      replace:
        'github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e',
    },
    version,
    join(bin, names.cli),
  )
  return bin
}

/** Builds one program from its Go module. */
export async function buildTool(step: Step, version: string, output: string): Promise<void> {
  mkdirSync(step.folder, { recursive: true })
  const replace = step.replace === undefined ? '' : `\nreplace ${step.replace}\n`
  writeFileSync(join(step.folder, 'go.mod'), `module engine\n\ngo ${oldestGo}\n${replace}`)

  const progress = new Progress(step.title)
  try {
    progress.phase('fetching modules')
    await go(step.folder, ['get', '-tool', `${step.package}@${step.version}`])
    // The Automation API refuses a CLI without a version.
    const variable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version'
    const flags = ['-ldflags', `-s -w -X ${variable}=v${version}`]
    const stale = ['list', '-deps', ...flags, '-f', '{{if .Stale}}{{.ImportPath}}{{end}}']
    const packages = await go(step.folder, [...stale, step.package])
    progress.phase('compiling', packages.split('\n').filter(Boolean).length)
    const compile = ['build', '-v', ...flags, '-o', resolve(output), step.package]
    await go(step.folder, compile, () => {
      if (progress.advance()) progress.phase('linking')
    })
    progress.end('done')
  } catch (error) {
    progress.end('failed')
    throw error
  }
}

/** Runs Go, which ends with this process. Returns its standard output; `onLine` receives each line of standard error. */
export function go(
  folder: string,
  args: string[],
  onLine?: (line: string) => void,
): Promise<string> {
  const child = spawn('go', args, {
    cwd: folder,
    env: goEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = (): boolean => child.kill()
  process.on('exit', stop)
  let stdout = ''
  const stderr: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  createInterface(child.stderr).on('line', (line) => {
    stderr.push(line)
    onLine?.(line)
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      process.off('exit', stop)
      if (code === 0) done(stdout)
      else fail(new Error(`\`go ${args[0] ?? ''}\` failed:\n${stderr.slice(-15).join('\n')}`))
    })
  })
}

/** Builds Go's environment: the user's settings, but nothing is written outside Go's caches. */
function goEnvironment(folder: string): NodeJS.ProcessEnv {
  const temporary = resolve(folder, 'tmp')
  const settings = resolve(folder, 'settings')
  mkdirSync(temporary, { recursive: true })
  const env = {
    ...process.env,
    GOWORK: 'off',
    GOFLAGS: '-mod=mod -buildvcs=false',
    GOTMPDIR: temporary,
  }
  // Go writes telemetry into the user's settings folder. GOENV still reads the user's settings.
  if (process.platform !== 'linux') return env
  const user = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
  const goEnv = process.env.GOENV ?? join(user, 'go', 'env')
  return { ...env, GOENV: goEnv, XDG_CONFIG_HOME: settings }
}
