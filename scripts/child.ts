import { spawn, type SpawnOptions } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Ended {
  readonly code: number
  readonly stdout: string
  /** Line by line. */
  readonly stderr: readonly string[]
}

export interface ChildOptions extends Pick<SpawnOptions, 'cwd' | 'env'> {
  /** Gets every line of standard error as it comes. */
  readonly onLine?: (line: string) => void
}

/** Runs a program that ends by itself, or with this process where only this one is told to stop. */
export function runToEnd(
  command: string,
  args: readonly string[],
  { onLine, ...options }: ChildOptions = {},
): Promise<Ended> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
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
      done({ code: code ?? 1, stdout, stderr })
    })
  })
}
