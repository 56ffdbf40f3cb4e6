import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { text } from 'node:stream/consumers'

const main = resolve(import.meta.dirname, '../../cli/main.ts')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of Node. */
  readonly node?: readonly string[]
}

/** Runs the `psc` command as a process of its own, without a terminal. */
export async function psc(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { GITHUB_WORKSPACE: _, FORCE_COLOR: __, ...env } = process.env
  const child = spawn(process.execPath, [...(options.node ?? []), main, ...args], {
    cwd: options.cwd,
    // English, on a machine of any language.
    env: { ...env, LC_ALL: 'C', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((settle, fail) => {
    child.once('error', fail).once('close', settle)
  })
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

/** A folder with files, removed after the tests. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'psc-cli-'))
  after(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}
