// Where Pulumi's own download cannot be reached but Go modules can: the same CLI, built from the modules.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { runToEnd } from '../child.ts'
import { Progress } from '../progress.ts'

/** What the CLI's own go.mod asks for. A Go ≥ 1.21 fetches it by itself where GOTOOLCHAIN lets it. */
export const oldestGo = '1.25.11'

interface Step {
  readonly title: string
  readonly folder: string
  readonly package: string
  readonly version: string
  readonly replace?: string
}

/** Is there a Go on this machine's PATH? */
export function hasGo(scratch: string): boolean {
  return spawnSync('go', ['version'], { env: goEnvironment(scratch) }).status === 0
}

/**
 * Builds the CLI and the Node language host into a folder. What was done stays in Go's caches, so that a
 * run after an interrupted one goes on from there.
 * @throws what Go said, where it failed
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
  // The language host's newest version in the module proxy; it works with every later CLI of version 3.
  await buildTool(
    {
      title: 'Node language host (1 of 2)',
      folder: join(scratch, 'language-host'),
      package: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
      version: 'v3.66.0',
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

async function buildTool(step: Step, version: string, output: string): Promise<void> {
  mkdirSync(step.folder, { recursive: true })
  const replace = step.replace === undefined ? '' : `\nreplace ${step.replace}\n`
  writeFileSync(join(step.folder, 'go.mod'), `module engine\n\ngo ${oldestGo}\n${replace}`)

  const progress = new Progress(step.title)
  try {
    progress.phase('fetching modules')
    await go(step.folder, ['get', '-tool', `${step.package}@${step.version}`])
    // Without its version the CLI calls itself unknown, and the Automation API refuses it.
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

/** Runs Go and answers what it printed; each line on stderr is also given to `onLine`. */
async function go(
  folder: string,
  args: string[],
  onLine?: (line: string) => void,
): Promise<string> {
  const options = { cwd: folder, env: goEnvironment(folder), ...(onLine && { onLine }) }
  const { code, stdout, stderr } = await runToEnd('go', args, options)
  if (code === 0) return stdout
  throw new Error(`\`go ${args[0] ?? ''}\` failed:\n${stderr.slice(-15).join('\n')}`)
}

/** The user's Go as it is set up, except for what it would leave behind outside its caches. */
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
  // Go counts its runs in the user's settings folder; its own settings are read from where they are.
  if (process.platform !== 'linux') return env
  const user = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
  const goEnv = process.env.GOENV ?? join(user, 'go', 'env')
  return { ...env, GOENV: goEnv, XDG_CONFIG_HOME: settings }
}
