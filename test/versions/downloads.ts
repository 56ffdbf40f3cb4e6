// What a combination needs beside its own packages: a Node.js, a package manager, an engine. Each is fetched once, into the
// cache of this folder, so that a second run needs no network for it.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

export const cache = resolve('.psc', 'versions')

const fetched = new Map<string, Promise<string>>()

/** Fetches a package of npm once, without its install scripts. Returns its folder. */
export function fetchPackage(name: string, version: string): Promise<string> {
  const key = `${name}@${version}`
  const known = fetched.get(key) ?? fetchOnce(name, version, join(cache, 'tools', key))
  fetched.set(key, known)
  return known
}

async function fetchOnce(name: string, version: string, folder: string): Promise<string> {
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const incoming = mkdtempSync(`${folder}-`)
    writeFileSync(join(incoming, 'package.json'), '{ "private": true }\n')
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--no-save']
    await execute('npm', ['install', ...flags, `${name}@${version}`], { cwd: incoming })
    try {
      renameSync(incoming, folder)
    } catch {
      // Another run was faster.
      rmSync(incoming, { recursive: true })
    }
  }
  return join(folder, 'node_modules', name)
}

/** Fetches a Node.js. Returns the folder of its program. */
export async function fetchNode(version: string): Promise<string> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  return join(await fetchPackage(name, version), 'bin')
}

export interface Options {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a program to its end. Returns what it printed. */
export async function execute(
  command: string,
  args: readonly string[],
  options: Options,
): Promise<string> {
  const shell = process.platform === 'win32'
  const run = promisify(execFile)(command, args, { ...options, shell, maxBuffer: 1e8 })
  const { stdout, stderr } = await run.catch((error: unknown) => {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`)
  })
  return stdout + stderr
}
