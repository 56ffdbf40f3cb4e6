import { spawn, type SpawnOptions } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Ended {
  readonly code: number
  readonly stdout: string
  /** The lines of standard error. */
  readonly stderr: readonly string[]
}

export interface ChildOptions extends Pick<SpawnOptions, 'cwd' | 'env'> {
  /** Receives each line of standard error at once. */
  readonly onLine?: (line: string) => void
}

/** Runs a program to its end. If a signal ends this process only, the program ends with it. */
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
