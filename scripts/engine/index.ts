// The Pulumi CLI of this repository, in the version of the npm package `pulumi`. It is in Pulumi's home, where
// `npx pulumi` and the Automation API look for it.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { download } from './download.ts'
import { buildFromGo, hasGo, oldestGo } from './from-go.ts'

const require = createRequire(import.meta.url)

/** The version of the engine, that of the npm package. */
export const pinnedVersion = (require('pulumi/package.json') as { version: string }).version

const isWindows = process.platform === 'win32'

const cli = isWindows ? 'pulumi.exe' : 'pulumi'

const languageHost = isWindows ? 'pulumi-language-nodejs.exe' : 'pulumi-language-nodejs'

/** Starts dynamic providers; a part of the SDK. */
const launcher = isWindows ? 'pulumi-resource-pulumi-nodejs.cmd' : 'pulumi-resource-pulumi-nodejs'

const scratch = resolve('node_modules', '.cache', 'pulumi-engine')

/** The folder of the engine, or of another version of it. */
export function engineFolder(version = pinnedVersion): string {
  const home = process.env.PULUMI_HOME ?? join(homedir(), '.pulumi')
  return join(home, 'versions', version, 'bin')
}

/** Builds an environment that finds this `pulumi`, its language host and the project's Node.js first. */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const path = [engineFolder(), dirname(process.execPath), process.env.PATH ?? '']
  // Pulumi's gRPC would ask the user's proxy for the engine on this machine. It reads this name alone.
  const noProxy = [process.env.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  return { ...process.env, PATH: path.join(delimiter), no_proxy: noProxy }
}

/**
 * Ensures that the engine works: takes an installed one, or downloads it as Pulumi's installer does, or builds it with Go.
 *
 * @param version default: the pinned one.
 * @throws an error with the remedies if all three fail
 */
export async function ensureEngine(version = pinnedVersion): Promise<void> {
  const folder = engineFolder(version)
  if (!isInPlace(folder, version)) {
    console.log(`The Pulumi CLI ${version} is not in ${folder} yet.`)
    const bin = await obtain(version)
    // The CLI is installed last: a process that finds it finds the rest.
    const names = readdirSync(bin).sort((a, b) => Number(a === cli) - Number(b === cli))
    for (const name of names) place(join(bin, name), folder)
    rmSync(bin, { recursive: true })
    if (!isInPlace(folder, version))
      throw new Error(waysOut(version, 'What was installed does not run.'))
    console.log(`The Pulumi CLI ${version} is in its place: npx pulumi …`)
  }
  if (!existsSync(join(folder, launcher))) {
    place(join(dirname(require.resolve('@pulumi/pulumi/package.json')), launcher), folder)
  }
}

function isInPlace(folder: string, version: string): boolean {
  if (!existsSync(join(folder, languageHost))) return false
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' }
  const asked = spawnSync(join(folder, cli), ['version'], { encoding: 'utf8', env })
  return asked.status === 0 && asked.stdout.trim() === `v${version}`
}

async function obtain(version: string): Promise<string> {
  rmSync(join(scratch, 'bin'), { recursive: true, force: true })
  const refusal = await download(version, scratch)
  if (refusal === undefined) return join(scratch, 'bin')
  console.log(`Pulumi's own download is not reachable from here: ${refusal}`)
  if (!hasGo(scratch))
    throw new Error(waysOut(version, 'Go, which could build it, is not installed either.'))
  try {
    return await buildFromGo(version, scratch, { cli, languageHost })
  } catch (error) {
    throw new Error(waysOut(version, error instanceof Error ? error.message : String(error)))
  }
}

/** Installs a file atomically, because another run may install it concurrently. */
export function place(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const name = file.slice(dirname(file).length + 1)
  const incoming = join(folder, `.${name}.${String(process.pid)}`)
  copyFileSync(file, incoming)
  renameSync(incoming, join(folder, name))
}

function waysOut(version: string, reason: string): string {
  return [
    `The Pulumi CLI ${version} could not be installed. ${reason}`,
    'Any one of these helps:',
    "  - let this machine reach Pulumi's download (HTTPS_PROXY is honoured) and run the command again;",
    `  - install Go ≥ ${oldestGo} and run it again: the CLI is then built from Go's module proxy;`,
    `  - put a Pulumi CLI ${version} with its Node language host into ${engineFolder(version)}`,
    '    (or elsewhere: PULUMI_HOME names the folder that holds versions/).',
  ].join('\n')
}
